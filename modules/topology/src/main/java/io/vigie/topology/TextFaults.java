package io.vigie.topology;

import io.vigie.events.DeadLetter;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Answers a fault of our own that is met in a text by the second stream: a dead letter says which verbatim goes without what
 * was looked for in it, and when that happens with one after the other the stream stops; see {@link CircuitBreaker}. The
 * letter has no value: the verbatim is in {@code voc.verbatims} still, where an erasure finds it.
 */
final class TextFaults {
    private final String sought;
    private final InsightMetrics metrics;
    private final CircuitBreaker breaker = new CircuitBreaker();

    /** @param sought what is looked for in texts, for messages */
    TextFaults(String sought, InsightMetrics metrics) {
        this.sought = sought;
        this.metrics = metrics;
    }

    /** What became of a text. */
    sealed interface Reading<T> {
        record Done<T>(T found) implements Reading<T> {}

        record Failed<T>(DeadLetter letter) implements Reading<T> {}
    }

    /**
     * Has the text of the current record read.
     *
     * @param work writes nothing anywhere
     * @throws UnderstandingFailedException when the stream must stop at this record
     */
    <T> Reading<T> read(ProcessingContext context, Supplier<T> work) {
        T found;
        try {
            found = work.get();
        } catch (KafkaException e) {
            // Met in a store and not in the text.
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return new Reading.Failed<>(letter(context, e));
        }
        breaker.understood();
        return new Reading.Done<>(found);
    }

    /** The fault's message could quote the customer, so it goes nowhere. */
    private DeadLetter letter(ProcessingContext context, Throwable fault) {
        var origin = context.recordMetadata().orElseThrow();
        if (breaker.opensAt(context.currentSystemTimeMs())) {
            throw new UnderstandingFailedException(
                    "verbatim",
                    origin,
                    fault,
                    "start once with --reset insights, which reads those again that were left out");
        }
        var letter = new DeadLetter(
                "insights",
                Understanding.NOT_UNDERSTOOD,
                "looking for " + sought + " in it failed with "
                        + fault.getClass().getName() + "; the verbatim is counted and searchable without them",
                origin.topic(),
                origin.partition(),
                origin.offset());
        metrics.dead(letter);
        return letter;
    }
}
