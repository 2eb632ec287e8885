package io.vigie.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vigie.events.DeadLetter;
import io.vigie.events.Kind;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import java.util.function.Supplier;

/** Every meter of the topology. A transaction that is rolled back and done again is counted twice here, never in topics. */
final class TopologyMetrics {
    private final MeterRegistry meters;
    private final Timer classification;

    TopologyMetrics(MeterRegistry meters) {
        this.meters = meters;
        // There from the start: what rises from nothing to one is seen only by whoever has seen the nothing.
        for (Kind kind : Kind.values()) {
            unassigned(kind);
            unlabelled(kind);
        }
        this.classification = Timer.builder("vigie.classification")
                .description("Time to understand one text")
                .register(meters);
    }

    <T> T timed(Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        classification.record(System.nanoTime() - start, java.util.concurrent.TimeUnit.NANOSECONDS);
        return result;
    }

    void classified(Verbatim verbatim) {
        Counter.builder("vigie.verbatims.classified")
                .description("Verbatims understood")
                .tag("kind", label(verbatim.getKind()))
                .tag("intent", label(verbatim.getIntent()))
                .tag("language", verbatim.getLanguage())
                .register(meters)
                .increment();
        if (verbatim.getOfferId().equals(Topics.UNASSIGNED)) {
            unassigned(verbatim.getKind()).increment();
        }
        if (verbatim.getThemes().isEmpty()) {
            unlabelled(verbatim.getKind()).increment();
        }
    }

    private Counter unassigned(Kind kind) {
        return Counter.builder("vigie.verbatims.unassigned")
                .description("Verbatims understood whose offer is not known")
                .tag("kind", label(kind))
                .register(meters);
    }

    private Counter unlabelled(Kind kind) {
        return Counter.builder("vigie.verbatims.unlabelled")
                .description("Verbatims understood in which no theme was found")
                .tag("kind", label(kind))
                .register(meters);
    }

    void duplicate(Kind kind) {
        Counter.builder("vigie.events.duplicates")
                .description("Events seen before within the deduplication window, and left out")
                .tag("kind", label(kind))
                .register(meters)
                .increment();
    }

    void erased(Kind kind) {
        Counter.builder("vigie.events.erased")
                .description("Events of customers who were erased since, and left out")
                .tag("kind", label(kind))
                .register(meters)
                .increment();
    }

    void erasureRefused(String reason) {
        Counter.builder("vigie.erasures.refused")
                .description("Requests to erase a customer that could not be read")
                .tag("reason", reason)
                .register(meters)
                .increment();
    }

    void dead(DeadLetter letter) {
        dead(meters, letter);
    }

    static void dead(MeterRegistry meters, DeadLetter letter) {
        Counter.builder("vigie.dead.letters")
                .description("Records that could not be used")
                .tag("stage", letter.stage())
                .tag("reason", letter.reason())
                .register(meters)
                .increment();
    }

    void offerRefused(String reason) {
        Counter.builder("vigie.offers.refused")
                .description("Records of the offer catalogue that could not be used")
                .tag("reason", reason)
                .register(meters)
                .increment();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }
}
