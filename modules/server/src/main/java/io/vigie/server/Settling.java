package io.vigie.server;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Waits for a write, so that its writer reads what he wrote.
 *
 * @param acknowledgeMax longest wait for Kafka
 * @param seen waits until a write is seen in memory, for so long at most
 */
record Settling(Duration acknowledgeMax, BiPredicate<RecordMetadata, Duration> seen) {
    private static final int RETRY_SECONDS = 5;
    /** How long a writer waits to read its own write; beyond, the write is safe and merely not yet shown. */
    private static final Duration SEEN_MAX = Duration.ofSeconds(2);

    /** Returns once Kafka has it and, when that comes soon enough, once it is seen. */
    void settle(String what, CompletableFuture<RecordMetadata> written) throws Refusal {
        try {
            var _ = seen.test(written.get(acknowledgeMax.toMillis(), TimeUnit.MILLISECONDS), SEEN_MAX);
        } catch (ExecutionException e) {
            throw unavailable("Kafka did not take the " + what + ": "
                    + Objects.requireNonNullElse(e.getCause(), e).getMessage());
        } catch (TimeoutException e) {
            throw unavailable("Kafka did not acknowledge the " + what + " within " + acknowledgeMax.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the server is stopping");
        }
    }

    private static Refusal unavailable(String detail) {
        return new Refusal(Problem.of(Fault.UNAVAILABLE, detail).retryAfter(RETRY_SECONDS));
    }
}
