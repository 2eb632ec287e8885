package io.vigie.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.DeadLetter;

/** The meters of the second topology. A transaction that is rolled back and done again is counted twice here. */
final class InsightMetrics {
    private final MeterRegistry meters;
    private final Counter unchanged;

    InsightMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.unchanged = Counter.builder("vigie.verbatims.unchanged")
                .description("Records of verbatims that change nothing that is counted, and were left out")
                .register(meters);
    }

    void unchanged() {
        unchanged.increment();
    }

    void dead(DeadLetter letter) {
        TopologyMetrics.dead(meters, letter);
    }
}
