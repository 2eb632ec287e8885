package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.server.Health;
import io.vigie.topology.InsightTopology;
import io.vigie.topology.VerbatimStream;
import io.vigie.topology.signals.SignalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamStartsTest {
    @TempDir
    private Path directory;

    private final FakeKeptState kafka = new FakeKeptState();
    private final List<StartingStream> begun = new ArrayList<>();

    @Test
    void withoutKafkaAStreamWaitsAndSaysForWhatAndBeginsOnceItAnswers() {
        var stream = stream();
        kafka.away = true;
        try (var starts = starts(Set.of())) {
            boolean before = starts.tried(List.of(stream));
            var waiting = stream.state();
            kafka.away = false;
            boolean after = starts.tried(List.of(stream));

            assertThat(before).isFalse();
            assertThat(waiting).isEqualTo(new Health.Down("the stream waits for Kafka at 127.0.0.1:1"));
            assertThat(after).isTrue();
            assertThat(begun).containsExactly(stream);
        }
    }

    @Test
    void aStreamOnTheStateOfAnotherVersionDoesNotBeginUnlessItIsReset() {
        var stream = stream();
        kafka.records.put(
                "vigie-insights",
                new StateRecord("once", new TreeMap<>(), new TreeMap<>(Map.of("a-changelog", "other"))));

        try (var refused = starts(Set.of());
                var reset = starts(Set.of(Reset.INSIGHTS))) {
            assertThatThrownBy(() -> refused.start(List.of(stream), _ -> {}))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("a-changelog is no more");
            assertThat(begun).isEmpty();

            reset.start(List.of(stream), _ -> {});
            assertThat(begun).containsExactly(stream);
        }
    }

    private StreamStarts starts(Set<Reset> reset) {
        return new StreamStarts(kafka, directory, reset, begun::add);
    }

    private StartingStream stream() {
        var parts = new InsightTopology.Parts(
                _ -> {}, ZoneOffset.UTC, () -> Instant.EPOCH, SignalSettings.standard(ZoneOffset.UTC));
        var registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://starts"));
        return new StartingStream(
                "the stream",
                Reset.INSIGHTS,
                Map.of(),
                new VerbatimStream.Settings(
                        "vigie-insights",
                        Optional.empty(),
                        1,
                        Duration.ofSeconds(1),
                        directory,
                        16 * 1024 * 1024,
                        Map.of("bootstrap.servers", "127.0.0.1:1")),
                VerbatimStream.prepare(
                        InsightTopology.build(Topics.standard(), registry, parts, new SimpleMeterRegistry())));
    }
}
