package io.vigie.index;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;

/** All meters of the index. */
final class IndexMetrics {
    private final MeterRegistry registry;
    private final Timer commits;
    private final Timer refreshes;
    private final Counter expired;
    private final Counter readBack;
    private List<Meter> gauges = List.of();

    IndexMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.commits = Timer.builder("vigie.index.commit")
                .description("time to make verbatims and their offsets durable")
                .register(registry);
        this.refreshes = Timer.builder("vigie.index.refresh")
                .description("time to make verbatims searchable")
                .register(registry);
        this.expired = Counter.builder("vigie.index.expired")
                .description("verbatims removed from the index, or not taken, because of their age")
                .register(registry);
        this.readBack = Counter.builder("vigie.index.integrity")
                .description("bytes of the index that were read back and held against their checksums")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Registers what can be read off an index at any time, until {@link #close}. */
    void show(VerbatimIndex index) {
        gauges = List.of(
                Gauge.builder(
                                "vigie.index.erasure.age",
                                index,
                                shown -> shown.oldestErasure().toMillis() / 1e3)
                        .description("time since the oldest erasure of which words may be on disk; 0: there is none")
                        .baseUnit("seconds")
                        .register(registry),
                Gauge.builder(
                                "vigie.index.damaged",
                                index,
                                shown -> shown.damage().isPresent() ? 1 : 0)
                        .description(
                                "1 from when damage is found in the files of the index until it is replaced; else 0")
                        .register(registry),
                Gauge.builder("vigie.index.documents", index, VerbatimIndex::documents)
                        .description("verbatims that searches see")
                        .register(registry),
                Gauge.builder("vigie.index.segments", index, VerbatimIndex::segments)
                        .description("segments that searches see")
                        .register(registry),
                Gauge.builder("vigie.index.snapshots", index, VerbatimIndex::snapshots)
                        .description("states of the index that are kept for next pages")
                        .register(registry),
                Gauge.builder("vigie.index.bytes", index, IndexMetrics::bytes)
                        .description("size of the index on disk")
                        .baseUnit("bytes")
                        .register(registry));
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void committed(Timer.Sample started) {
        started.stop(commits);
    }

    void expired(int verbatims) {
        expired.increment(verbatims);
    }

    void readBack(long bytes) {
        readBack.increment((double) bytes);
    }

    void refreshed(Timer.Sample started) {
        started.stop(refreshes);
    }

    private static double bytes(VerbatimIndex index) {
        try {
            return index.bytes();
        } catch (IOException e) {
            // What cannot be read has no size; the writer meets the same disk and says why.
            return Double.NaN;
        }
    }

    /** A gauge of a closed index would show its last value for ever. */
    void close() {
        gauges.forEach(registry::remove);
    }
}
