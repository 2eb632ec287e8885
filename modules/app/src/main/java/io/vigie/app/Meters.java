package io.vigie.app;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of Kafka's own metrics are shown: it has thousands, and some names change with every start. */
final class Meters {
    private static final Set<String> KAFKA_STREAMS = Set.of(
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.commit.latency.avg",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.commit.total",
            "kafka.stream.thread.poll.records.avg",
            "kafka.stream.thread.process.latency.avg",
            "kafka.stream.thread.process.rate",
            "kafka.stream.thread.process.total",
            "kafka.stream.task.dropped.records.total",
            "kafka.stream.task.dropped.records.rate",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.producer.txn.commit.time.ns.total");

    private static final Pattern UUID = Pattern.compile("-?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Meters() {}

    static void shape(MeterRegistry meters) {
        meters.config()
                .meterFilter(new MeterFilter() {
                    @Override
                    public MeterFilterReply accept(Meter.Id id) {
                        boolean ofKafka = id.getName().startsWith("kafka.");
                        return ofKafka && !KAFKA_STREAMS.contains(id.getName())
                                ? MeterFilterReply.DENY
                                : MeterFilterReply.NEUTRAL;
                    }
                })
                // These hold a random part that is new at every start, and would make every series a new one.
                .meterFilter(MeterFilter.replaceTagValues("client.id", Meters::withoutRandomPart))
                .meterFilter(MeterFilter.replaceTagValues("thread.id", Meters::withoutRandomPart))
                .meterFilter(MeterFilter.ignoreTags("kafka.version"));
    }

    private static String withoutRandomPart(String id) {
        return UUID.matcher(id).replaceAll("");
    }
}
