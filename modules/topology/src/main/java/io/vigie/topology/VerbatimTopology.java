package io.vigie.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Contact;
import io.vigie.events.Erasure;
import io.vigie.events.EventRules;
import io.vigie.events.Offer;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.understanding.OfferCatalogue;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds the first topology, from raw events to verbatims, contacts and dead letters: a pure function of the names and parts given to
 * it. What is counted of verbatims is {@link InsightTopology}'s. Every name in it is explicit and stays.
 */
public final class VerbatimTopology {
    /** Two segments and the current one: looking an event up reads three small stores. */
    private static final int SEEN_SEGMENTS = 2;

    private final Topics topics;
    private final SchemaRegistry registry;
    private final EventRules rules;
    private final InstantSource clock;
    private final ComplaintTopics complaints;
    private final OffersSeen offersSeen;
    private final Understanding.Understands understands;

    private VerbatimTopology(Topics topics, SchemaRegistry registry, Parts parts, MeterRegistry meters) {
        this.topics = topics;
        this.registry = registry;
        this.rules = new EventRules(parts.clock());
        this.clock = parts.clock();
        this.complaints = parts.complaints();
        this.offersSeen = parts.offersSeen();
        this.understands = new Understanding.Understands(
                parts.engine(),
                new OfferCatalogue(),
                parts.customers(),
                parts.seenFor(),
                new CircuitBreaker(),
                new TopologyMetrics(meters));
    }

    /**
     * What the topology is made of, besides names.
     *
     * @param engine understands one text; whatever it throws makes a dead letter of the event, or stops the stream when it
     *     throws for most events
     * @param seenFor how long an event is remembered to leave out its doubles; at least a day
     */
    public record Parts(
            Function<Utterance, Understood> engine,
            CustomerKeys customers,
            ComplaintTopics complaints,
            OffersSeen offersSeen,
            Duration seenFor,
            InstantSource clock) {}

    public static Topology build(Topics topics, SchemaRegistry registry, Parts parts, MeterRegistry meters) {
        return new VerbatimTopology(topics, registry, parts, meters).build();
    }

    private Topology build() {
        var builder = new StreamsBuilder();
        addOffers(builder);
        addSeenEvents(builder);
        var outcomes = outcomes(builder);
        deadLetters(outcomes);
        var verbatims = verbatims(outcomes);
        verbatims.to(
                topics.verbatims(),
                Produced.with(Serdes.String(), registry.serde(Verbatim.class)).withName("verbatims"));
        contacts(outcomes);
        // Last, because the numbers of the parts of a topology are part of where their state is.
        addErasures(builder);
        return builder.build();
    }

    private void addOffers(StreamsBuilder builder) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(OfferStore.NAME), Serdes.String(), Serdes.ByteArray()),
                topics.offers(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("offer-catalogue"),
                () -> new OfferStore(
                        registry.decoder(Offer.class),
                        understands.offers(),
                        complaints,
                        offersSeen,
                        understands.metrics()));
    }

    private void addErasures(StreamsBuilder builder) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(ErasedCustomers.NAME), Serdes.String(), Serdes.Long()),
                topics.erasures(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("erasure-requests"),
                () -> new ErasedCustomers(registry.decoder(Erasure.class), understands.metrics()));
    }

    private void addSeenEvents(StreamsBuilder builder) {
        var seen = Stores.persistentWindowStore(
                Understanding.SEEN, understands.seenFor(), understands.seenFor().dividedBy(SEEN_SEGMENTS), false);
        builder.addStateStore(Stores.windowStoreBuilder(seen, Serdes.String(), Serdes.ByteArray()));
    }

    private KStream<byte[], Outcome> outcomes(StreamsBuilder builder) {
        var tickets = raw(builder, topics.tickets(), "tickets")
                .process(
                        () -> new Understanding(EventReader.tickets(registry, rules), understands),
                        Named.as("understand-tickets"),
                        Understanding.SEEN);
        var calls = raw(builder, topics.calls(), "calls")
                .process(
                        () -> new Understanding(EventReader.calls(registry, rules), understands),
                        Named.as("understand-calls"),
                        Understanding.SEEN);
        var surveys = raw(builder, topics.surveys(), "surveys")
                .process(
                        () -> new Understanding(EventReader.surveys(registry, rules), understands),
                        Named.as("understand-surveys"),
                        Understanding.SEEN);
        return tickets.merge(calls, Named.as("tickets-and-calls")).merge(surveys, Named.as("all-outcomes"));
    }

    private KStream<byte[], byte[]> raw(StreamsBuilder builder, String topic, String name) {
        return builder.stream(
                topic,
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                        .withTimestampExtractor(ArrivalTime.ofEvents(clock))
                        .withName(name));
    }

    private void deadLetters(KStream<byte[], Outcome> outcomes) {
        outcomes.flatMapValues(
                        outcome -> outcome instanceof Outcome.Dead dead
                                ? Collections.singletonList(dead.value())
                                : List.<byte[]>of(),
                        Named.as("dead-only"))
                .to(
                        topics.deadLetters(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("dead-letters"));
    }

    private void contacts(KStream<byte[], Outcome> outcomes) {
        outcomes.flatMapValues(
                        outcome -> outcome instanceof Outcome.Contacted contacted
                                ? List.of(contacted.contact())
                                : List.<Contact>of(),
                        Named.as("contacts-only"))
                .to(
                        topics.contacts(),
                        Produced.with(Serdes.ByteArray(), registry.serde(Contact.class))
                                .withStreamPartitioner((_, key, _, partitions) ->
                                        ContactKey.partitions(new String(key, StandardCharsets.UTF_8), partitions))
                                .withName("contacts"));
    }

    private static KStream<String, Verbatim> verbatims(KStream<byte[], Outcome> outcomes) {
        return outcomes.flatMap(
                (key, outcome) -> outcome instanceof Outcome.Understood understood
                        ? List.of(KeyValue.pair(new String(key, StandardCharsets.UTF_8), understood.verbatim()))
                        : List.<KeyValue<String, Verbatim>>of(),
                Named.as("understood-only"));
    }
}
