package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds the streams to {@code streams.txt}, the description of what the version before keeps: names of stores, of internal
 * topics and of tasks name the state on disk and in Kafka, and who changes them, or the form of what is in them, orphans it.
 * Change the file only along with a way to upgrade (docs/upgrades.md); {@code -Dwrite.state=true} writes it anew.
 */
class TopologyNamesTest {
    private static final Path FILE = Path.of("src", "test", "resources", "io", "vigie", "topology", "streams.txt");

    private final SchemaRegistry registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://names"));

    @Test
    void theStreamsFindWhatTheVersionBeforeHasKept() throws IOException {
        var first = new VerbatimTopology.Parts(
                _ -> {
                    throw new IllegalStateException("nothing is read here");
                },
                new CustomerKeys("a secret of the tests".getBytes(StandardCharsets.UTF_8)),
                _ -> {},
                new OffersSeen(),
                Duration.ofDays(2),
                () -> Instant.EPOCH);
        var second = new InsightTopology.Parts(
                _ -> {}, ZoneOffset.UTC, () -> Instant.EPOCH, SignalSettings.standard(ZoneOffset.UTC));

        var meters = new SimpleMeterRegistry();
        String described =
                described("<id>", StreamShape.of(VerbatimTopology.build(Topics.standard(), registry, first, meters)))
                        + described(
                                "<id>-insights",
                                StreamShape.of(InsightTopology.build(Topics.standard(), registry, second, meters)));

        if (Boolean.getBoolean("write.state")) {
            Files.writeString(FILE, described);
        }
        assertThat(described).isEqualTo(Files.readString(FILE));
    }

    private static String described(String id, StreamShape shape) {
        var text = new StringBuilder("application " + id + "\n");
        shape.sources().forEach(topic -> text.append("  reads ").append(topic).append('\n'));
        shape.kept()
                .forEach((topic, form) -> text.append("  ")
                        .append(id)
                        .append('-')
                        .append(topic)
                        .append(": ")
                        .append(form)
                        .append('\n'));
        shape.tasks()
                .lines()
                .forEach(task -> text.append("  task ").append(task).append('\n'));
        return text.toString();
    }
}
