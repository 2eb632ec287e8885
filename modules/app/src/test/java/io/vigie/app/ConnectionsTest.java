package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
    private static final Map<String, String> NONE = Map.of();

    @Test
    void kafkasOwnMetricsAreReportedToNobodyWhoDidNotAskForThem() {
        assertThat(kafka(NONE)).containsEntry("metric.reporters", "").containsEntry("enable.metrics.push", "false");
    }

    @Test
    void reportersThatAnOperatorNamesWin() {
        Map<String, String> asked =
                Map.of("kafka.metric.reporters", "com.example.Reporter", "kafka.enable.metrics.push", "true");

        assertThat(kafka(asked))
                .containsEntry("metric.reporters", "com.example.Reporter")
                .containsEntry("enable.metrics.push", "true");
    }

    /** Of both kinds of cluster: neither differs in them. */
    private static Map<String, String> kafka(Map<String, String> settings) {
        Config config = ConfigReader.read(NONE, Optional.empty(), NONE, settings);
        Map<String, String> own = Connections.embedded(config, "127.0.0.1:1", "http://127.0.0.1:2")
                .kafka();
        Map<String, String> cluster = Connections.to(config).kafka();
        assertThat(own)
                .containsEntry("metric.reporters", cluster.get("metric.reporters"))
                .containsEntry("enable.metrics.push", cluster.get("enable.metrics.push"));
        return cluster;
    }
}
