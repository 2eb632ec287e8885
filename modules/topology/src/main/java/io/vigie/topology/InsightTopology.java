package io.vigie.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Revision;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Builds the second topology: verbatims in; complaints by offer, counts and dead letters out. It is an application of its
 * own, so that its many topics and its state are not in the short transactions on the way to the index. Every name in it is
 * explicit and stays.
 */
public final class InsightTopology {
    private final Topics topics;
    private final SchemaRegistry registry;
    private final Parts parts;
    private final TextReaders texts;
    private final InsightMetrics metrics;

    private InsightTopology(
            Topics topics, SchemaRegistry registry, Parts parts, TextReaders texts, MeterRegistry meters) {
        this.topics = topics;
        this.registry = registry;
        this.parts = parts;
        this.texts = texts;
        this.metrics = new InsightMetrics(meters);
    }

    /**
     * What the topology is made of, besides names.
     *
     * @param zone decides when a day of the counts begins
     * @param signals what raises a signal
     */
    public record Parts(ComplaintTopics complaints, ZoneId zone, InstantSource clock, SignalSettings signals) {}

    public static Topology build(Topics topics, SchemaRegistry registry, Parts parts, MeterRegistry meters) {
        return build(topics, registry, parts, TextReaders.standard(), meters);
    }

    static Topology build(
            Topics topics, SchemaRegistry registry, Parts parts, TextReaders texts, MeterRegistry meters) {
        return new InsightTopology(topics, registry, parts, texts, meters).build();
    }

    private Topology build() {
        var builder = new StreamsBuilder();
        var outcomes = outcomes(builder);
        deadLetters(outcomes);
        revisedVerbatims(outcomes);
        var changes = changes(outcomes);
        Complaints.add(changes, topics, registry, parts.complaints());
        Counts.add(changes, topics, registry, parts.zone(), parts.clock());
        var requests = Erasures.requests(builder, topics, registry, parts.clock(), metrics);
        var contacts = CustomerContacts.add(builder, requests, topics, registry, parts.clock(), metrics);
        Promises.add(contacts, topics, registry);
        Breaches.add(contacts, topics, registry);
        Erasures.add(builder, changes, requests, topics, registry, parts.clock());
        Questions.add(builder, changes, VagueAnswers.of(contacts), topics, registry, texts, metrics);
        Signals.add(builder, changes, topics, registry, parts.signals(), parts.clock(), texts, metrics);
        return builder.build();
    }

    private KStream<byte[], VerbatimChanges.Outcome> outcomes(StreamsBuilder builder) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(VerbatimChanges.COUNTED),
                Serdes.String(),
                registry.serdeAs(topics.verbatims(), Verbatim.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(OwnWrites.STORE), Serdes.String(), Serdes.String()));
        return builder.stream(
                        topics.verbatims(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(ArrivalTime.ofVerbatims(parts.clock()))
                                .withName("verbatims"))
                .process(
                        () -> new VerbatimChanges(registry.decoder(Verbatim.class), metrics),
                        Named.as("changes"),
                        VerbatimChanges.COUNTED,
                        OwnWrites.STORE)
                .merge(revisions(builder), Named.as("changes-and-revisions"));
    }

    private KStream<byte[], VerbatimChanges.Outcome> revisions(StreamsBuilder builder) {
        return builder.stream(
                        topics.revisions(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(ArrivalTime.ofVerbatims(parts.clock()))
                                .withName("revisions"))
                .process(
                        () -> new Revising(registry.decoder(Revision.class), registry.decoder(Verbatim.class), metrics),
                        Named.as("revising"),
                        VerbatimChanges.COUNTED,
                        OwnWrites.STORE);
    }

    private void revisedVerbatims(KStream<byte[], VerbatimChanges.Outcome> outcomes) {
        outcomes.flatMapValues(
                        outcome -> outcome instanceof VerbatimChanges.Outcome.Written written
                                ? Collections.<byte @Nullable []>singletonList(written.value())
                                : List.<byte @Nullable []>of(),
                        Named.as("written-only"))
                .to(
                        topics.verbatims(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("revised-verbatims"));
    }

    private void deadLetters(KStream<byte[], VerbatimChanges.Outcome> outcomes) {
        outcomes.flatMapValues(
                        outcome -> outcome instanceof VerbatimChanges.Outcome.Dead dead
                                ? Collections.singletonList(dead.value())
                                : List.<byte[]>of(),
                        Named.as("dead-only"))
                .to(
                        topics.deadLetters(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("dead-letters"));
    }

    private static KStream<String, VerbatimChange> changes(KStream<byte[], VerbatimChanges.Outcome> outcomes) {
        return outcomes.flatMap(
                (key, outcome) -> outcome instanceof VerbatimChanges.Outcome.Changed changed
                        ? List.of(KeyValue.pair(new String(key, StandardCharsets.UTF_8), changed.change()))
                        : List.<KeyValue<String, VerbatimChange>>of(),
                Named.as("changed-only"));
    }
}
