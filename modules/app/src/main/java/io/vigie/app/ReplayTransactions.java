package io.vigie.app;

import io.vigie.events.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Sends records back to where they came from, each in one transaction with the mark that says so: whatever is killed in
 * between, both are there or neither. Transactions are short, since readers of the raw topics wait for their end.
 */
final class ReplayTransactions {
    static final int RECORDS_MAX = 500;
    static final long BYTES_MAX = 4L * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final String marks;
    private final SentBack sentBack;
    private final Pace pace;
    private final InstantSource clock;
    private final List<Chosen> batch = new ArrayList<>();
    private long batchBytes;
    private long sent;

    private record Chosen(DeadLetter letter, ConsumerRecord<byte[], byte[]> copy) {}

    /** How fast it may go. */
    interface Pace {
        /** Most records of one transaction. */
        int atOnce();

        /** Waits until more may be sent. */
        void sent(long total) throws InterruptedException;
    }

    /**
     * Sends nothing yet.
     *
     * @param producer whose transactions are initialised: what another one with the same id had begun is undone by then
     * @param marks the topic of marks
     */
    ReplayTransactions(
            Producer<byte[], byte[]> producer, String marks, SentBack sentBack, Pace pace, InstantSource clock) {
        this.producer = producer;
        this.marks = marks;
        this.sentBack = sentBack;
        this.pace = pace;
        this.clock = clock;
    }

    /** At most so many a second. */
    static Pace perSecond(int rate) {
        long started = System.nanoTime();
        return new Pace() {
            @Override
            public int atOnce() {
                return Math.min(rate, RECORDS_MAX);
            }

            @Override
            public void sent(long total) throws InterruptedException {
                long due = started + Duration.ofSeconds(1).toNanos() / rate * total;
                Duration wait = Duration.ofNanos(due - System.nanoTime());
                if (wait.isPositive()) {
                    Thread.sleep(wait);
                }
            }
        };
    }

    /** Takes one to be sent; a full batch is sent at once. */
    void add(DeadLetter letter, ConsumerRecord<byte[], byte[]> copy) {
        batch.add(new Chosen(letter, copy));
        batchBytes += copy.serializedKeySize() + copy.serializedValueSize();
        if (batch.size() >= pace.atOnce() || batchBytes >= BYTES_MAX) {
            send();
        }
    }

    /**
     * Sends what was taken and not sent yet.
     *
     * @return how many were sent in all
     */
    long end() {
        send();
        return sent;
    }

    private void send() {
        if (batch.isEmpty()) {
            return;
        }
        try {
            producer.beginTransaction();
            batch.forEach(this::send);
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new CommandFailedException(
                    "another vigie dead-letters replay has taken over; " + sent + " were sent by this one", e);
        } catch (KafkaException e) {
            throw new CommandFailedException(
                    "sending back stopped after " + sent + " dead letters: " + e
                            + "; run the same again, none is sent twice",
                    e);
        }
        sent += batch.size();
        batch.clear();
        batchBytes = 0;
        try {
            pace.sent(sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted after " + sent + " dead letters were sent back", e);
        }
    }

    private void send(Chosen chosen) {
        var letter = chosen.letter;
        var copy = chosen.copy;
        // Where it was, so that its doubles meet it there; by its key when the topic has no such partition any more.
        boolean there = letter.partition() >= 0
                && letter.partition() < producer.partitionsFor(letter.topic()).size();
        var position = new Position(copy.partition(), copy.offset());
        var _ = producer.send(
                new ProducerRecord<>(letter.topic(), there ? letter.partition() : null, copy.key(), copy.value()));
        var _ = producer.send(new ProducerRecord<>(
                marks, sentBack.mark(position), clock.instant().toString().getBytes(StandardCharsets.UTF_8)));
    }
}
