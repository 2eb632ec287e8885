package io.vigie.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.DeadLetter;
import io.vigie.events.RevisionReason;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of the second topology. A transaction that is rolled back and done again is counted twice here. */
final class InsightMetrics {
    /** Offers beyond these are counted together as {@code other}. */
    private static final int OFFERS_MAX = 200;

    private final MeterRegistry meters;
    private final Counter unchanged;
    private final Counter overtaken;
    private final Counter crossed;
    private final Set<String> offers = ConcurrentHashMap.newKeySet();

    InsightMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.unchanged = Counter.builder("vigie.verbatims.unchanged")
                .description("Records of verbatims that change nothing that is counted, and were left out")
                .register(meters);
        this.overtaken = Counter.builder("vigie.revisions.overtaken")
                .description("Verbatims written anew that were not counted, because a newer writing follows")
                .register(meters);
        this.crossed = Counter.builder("vigie.revisions.crossed")
                .description(
                        "Verbatims that came while their revision was on its way, and were written again behind it")
                .register(meters);
    }

    void unchanged() {
        unchanged.increment();
    }

    void revision(RevisionReason reason, Revising.Decision decision) {
        Counter.builder("vigie.revisions")
                .description("Requests to write a verbatim anew, and whether it was still the one they were made from")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .tag("result", decision.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    void overtaken() {
        overtaken.increment();
    }

    void crossed() {
        crossed.increment();
    }

    /** A record of one of the topics that only Vigie writes, which has no dead letter. */
    void unreadable(String topic, String reason) {
        Counter.builder("vigie.records.unreadable")
                .description(
                        "Records that the stream of insights could not read and left out; they stay in their topics")
                .tag("topic", topic)
                .tag("reason", reason)
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
