package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamMetricsTest {
    @TempDir
    private Path directory;

    @Test
    void noMetricThatAsksAStoreIsReadWhileThoseOfTasksAre() {
        var builder = new StreamsBuilder();
        builder.table("in", Consumed.with(Serdes.String(), Serdes.String()), Materialized.as("kept"));
        var config = new Properties();
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        try (var driver = new TopologyTestDriver(builder.build(), config)) {
            var metrics = driver.metrics();

            assertThat(groups(metrics.keySet())).contains(VerbatimStream.OF_STORES);
            var read = VerbatimStream.withoutStores(metrics);

            assertThat(groups(read.keySet()))
                    .doesNotContain(VerbatimStream.OF_STORES)
                    .contains("stream-task-metrics");
            assertThat(read.keySet()).noneMatch(name -> name.tags().containsKey("rocksdb-state-id"));
        }
    }

    private static Set<String> groups(Set<MetricName> names) {
        return names.stream().map(MetricName::group).collect(Collectors.toSet());
    }
}
