package io.vigie.sink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vigie.events.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Every meter of the sink. */
final class SinkMetrics {
    private final MeterRegistry meters;
    private final Timer freshness;
    private final Counter indexed;
    private final Counter deleted;
    private final Counter rollbacks;
    private final Map<TopicPartition, AtomicLong> lags;

    SinkMetrics(MeterRegistry meters, List<TopicPartition> partitions) {
        this.meters = meters;
        this.freshness = Timer.builder("vigie.freshness")
                .description("From an event being produced to its verbatim being searchable")
                .serviceLevelObjectives(
                        Stream.of(50, 100, 150, 200, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
                                .map(Duration::ofMillis)
                                .toArray(Duration[]::new))
                .register(meters);
        this.indexed = records("indexed");
        this.deleted = records("deleted");
        this.rollbacks = Counter.builder("vigie.index.rollbacks")
                .description("How often writing failed and the index went back to its last commit")
                .register(meters);
        this.lags = partitions.stream().collect(Collectors.toMap(Function.identity(), this::lag));
    }

    void fresh(long millis) {
        freshness.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    void applied(int puts, int deletes) {
        indexed.increment(puts);
        deleted.increment(deletes);
    }

    void rolledBack() {
        rollbacks.increment();
    }

    void dead(DeadLetter letter) {
        Counter.builder("vigie.dead.letters")
                .description("Records that could not be used")
                .tag("stage", letter.stage())
                .tag("reason", letter.reason())
                .register(meters)
                .increment();
    }

    void lag(TopicPartition partition, long records) {
        var lag = lags.get(partition);
        if (lag != null) {
            lag.set(records);
        }
    }

    private Counter records(String result) {
        return Counter.builder("vigie.index.records")
                .description("Records applied to the index")
                .tag("result", result)
                .register(meters);
    }

    private AtomicLong lag(TopicPartition partition) {
        var records = new AtomicLong();
        Gauge.builder("vigie.index.lag.records", records, AtomicLong::get)
                .description("Records written but not yet read by the sink")
                .tag("topic", partition.topic())
                .tag("partition", Integer.toString(partition.partition()))
                .register(meters);
        return records;
    }
}
