package io.vigie.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the streams of a process once their state is found to be theirs: at once when Kafka answers, and otherwise when it
 * does, while the process is up and says what it waits for.
 */
final class StreamStarts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StreamStarts.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);

    private final KeptState kafka;
    private final StreamAdmission admission;
    private final Set<Reset> reset;
    private final Consumer<StartingStream> begin;
    private volatile Optional<Thread> waiting = Optional.empty();

    /** @param kafka closed with this */
    StreamStarts(KeptState kafka, Path directory, Set<Reset> reset, Consumer<StartingStream> begin) {
        this.kafka = kafka;
        this.admission = new StreamAdmission(kafka, directory);
        this.reset = Set.copyOf(reset);
        this.begin = begin;
    }

    /**
     * Asks once, and goes on asking in the background when Kafka does not answer.
     *
     * @throws CommandFailedException when a stream may not start
     */
    void start(List<StartingStream> streams, Consumer<String> onRefused) {
        if (!tried(streams)) {
            waiting = Optional.of(Thread.ofPlatform().name("streams-start").start(() -> wait(streams, onRefused)));
        }
    }

    private void wait(List<StartingStream> streams, Consumer<String> onRefused) {
        try {
            do {
                Thread.sleep(ASK_EVERY);
            } while (!tried(streams));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Refused, or Kafka or the disk failed otherwise: nobody else would be told.
            log.error("the streams do not start", e);
            onRefused.accept(String.valueOf(e.getMessage()));
        }
    }

    /** All or none: what counts must not go on while what makes searchable cannot, or the other way round. */
    boolean tried(List<StartingStream> streams) {
        try {
            for (StartingStream stream : streams) {
                if (reset.contains(stream.applicant().reset())) {
                    admission.reset(stream.applicant());
                }
            }
            streams.forEach(stream -> admission.admit(stream.applicant()));
        } catch (KafkaAwayException e) {
            log.warn("the streams wait for Kafka; start it, or set kafka.bootstrap.servers: {}", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        streams.forEach(begin);
        return true;
    }

    @Override
    public void close() {
        waiting.ifPresent(Thread::interrupt);
        try {
            if (waiting.isPresent()) {
                waiting.get().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kafka.close();
    }
}
