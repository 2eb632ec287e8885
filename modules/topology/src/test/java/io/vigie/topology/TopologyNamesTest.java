package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/** Names of stores and numbers of sub-topologies name the state on disk and in Kafka: who changes them orphans it. */
class TopologyNamesTest {
    private final SchemaRegistry registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://names"));

    /** As when it counted too: an upgrade finds its events seen before where they were. */
    @Test
    void theFirstApplicationFindsItsState() {
        var parts = new VerbatimTopology.Parts(
                _ -> {
                    throw new IllegalStateException("nothing is read here");
                },
                new CustomerKeys("a secret of the tests".getBytes(StandardCharsets.UTF_8)),
                _ -> {},
                new OffersSeen(),
                Duration.ofDays(2),
                () -> Instant.EPOCH);

        var topology = VerbatimTopology.build(Topics.standard(), registry, parts, new SimpleMeterRegistry());

        assertThat(stores(topology)).isEqualTo(Map.of(1, Set.of("seen-events")));
    }

    @Test
    void theSecondApplicationFindsItsState() {
        var parts = new InsightTopology.Parts(
                _ -> {}, ZoneOffset.UTC, () -> Instant.EPOCH, SignalSettings.standard(ZoneOffset.UTC));

        var topology = InsightTopology.build(Topics.standard(), registry, parts, new SimpleMeterRegistry());

        assertThat(stores(topology).values())
                .filteredOn(stores -> !stores.isEmpty())
                .containsExactlyInAnyOrder(
                        // Together, because an agent's vague answer and a customer's question go to one ledger.
                        // With contacts and their ledgers, because both know the requests to erase customers.
                        Set.of(
                                "counted-verbatims",
                                "verbatims-in-revision",
                                "breaches",
                                "conversation-customers",
                                "customer-contacts",
                                "customer-records",
                                "erased-accounts",
                                "promises",
                                "promises-due"),
                        Set.of("offer-themes"),
                        Set.of("customer-verbatims", "erased-customers"),
                        Set.of("question-lines", "question-links"),
                        Set.of("signal-baselines"));
        assertThat(topology.describe().toString())
                .contains("counted-facts-repartition")
                .doesNotContain("offer-themes-repartition");
    }

    private static Map<Integer, Set<String>> stores(Topology topology) {
        var stores = new TreeMap<Integer, Set<String>>();
        for (var sub : topology.describe().subtopologies()) {
            var names = new TreeSet<String>();
            for (var node : sub.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    names.addAll(processor.stores());
                }
            }
            stores.put(sub.id(), names);
        }
        return stores;
    }
}
