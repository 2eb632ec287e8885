package io.vigie.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.DeadLetter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of the second topology. A transaction that is rolled back and done again is counted twice here. */
final class InsightMetrics {
    /** Offers beyond these are counted together as {@code other}. */
    private static final int OFFERS_MAX = 200;

    private final MeterRegistry meters;
    private final Counter unchanged;
    private final Set<String> offers = ConcurrentHashMap.newKeySet();

    InsightMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.unchanged = Counter.builder("vigie.verbatims.unchanged")
                .description("Records of verbatims that change nothing that is counted, and were left out")
                .register(meters);
    }

    void unchanged() {
        unchanged.increment();
    }

    /** @param result one of a few: written, assigned, outdated, undone */
    void reassignment(String result) {
        Counter.builder("vigie.reassignments")
                .description("Requests to write a verbatim again under another offer, and what became of them")
                .tag("result", result)
                .register(meters)
                .increment();
    }

    void signal(String offerId) {
        boolean named = offers.contains(offerId) || (offers.size() < OFFERS_MAX && offers.add(offerId));
        Counter.builder("vigie.signals")
                .description("Weak signals raised")
                .tag("offer", named ? offerId : "other")
                .register(meters)
                .increment();
    }

    void dead(DeadLetter letter) {
        TopologyMetrics.dead(meters, letter);
    }
}
