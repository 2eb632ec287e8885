package io.vigie.topology;

import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.Intent;
import io.vigie.events.Revision;
import io.vigie.events.RevisionReason;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what customers say and the requests to erase them together under their keys, and writes what {@link Erasing} makes
 * of it. Its tombstones are revisions, so that they and other revisions of a verbatim come one after the other; one that is
 * read back from the topic that the changes come from is the change that takes a verbatim away, and asks for nothing more.
 */
final class Erasures {
    private static final Logger log = LoggerFactory.getLogger(Erasures.class);
    private static final String CUSTOMERS = "customers";

    private Erasures() {}

    static void add(
            StreamsBuilder builder,
            KStream<String, VerbatimChange> changes,
            KStream<String, OfCustomer.Request> requests,
            Topics topics,
            SchemaRegistry registry,
            InstantSource clock) {
        addStores(builder);
        var done = changes.flatMap((id, change) -> spoken(id, change), Named.as("customers-spoken"))
                .merge(
                        requests.mapValues(OfCustomer.Request::text, Named.as("customers-to-erase")),
                        Named.as("customers-all"))
                .repartition(
                        Repartitioned.with(Serdes.String(), Serdes.String()).withName(CUSTOMERS))
                .process(Erasing::new, Named.as("erasing"), Erasing.VERBATIMS, Erasing.CUSTOMERS);
        done.flatMap((_, what) -> tombstones(what, clock), Named.as("erasure-tombstones"))
                .to(
                        topics.revisions(),
                        Produced.with(Serdes.String(), registry.serdeAs(topics.revisions(), Revision.class))
                                .withName("erased-verbatims"));
        done.flatMapValues(
                        what -> what instanceof Erasing.Done.Receipt written
                                ? List.of(written.receipt())
                                : List.<ErasureReceipt>of(),
                        Named.as("erasure-receipts-only"))
                .to(
                        topics.erasureReceipts(),
                        Produced.with(Serdes.String(), registry.serde(ErasureReceipt.class))
                                .withName("erasure-receipts"));
    }

    private static void addStores(StreamsBuilder builder) {
        for (String name : List.of(Erasing.VERBATIMS, Erasing.CUSTOMERS)) {
            builder.addStateStore(Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.String()));
        }
    }

    /** Under the customer's key; nothing of a verbatim of nobody known. */
    private static List<KeyValue<String, String>> spoken(String id, VerbatimChange change) {
        var entries = new ArrayList<KeyValue<String, String>>();
        var before = customer(change.before());
        var after = customer(change.after());
        before.filter(customer -> !after.equals(before))
                .ifPresent(customer -> entries.add(KeyValue.pair(customer, new OfCustomer.Gone(id).text())));
        if (after.isPresent() && change.after() != null) {
            entries.add(KeyValue.pair(after.get(), spoken(change.after()).text()));
        }
        return entries;
    }

    private static OfCustomer spoken(Verbatim verbatim) {
        return new OfCustomer.Spoken(
                verbatim.getVerbatimId(),
                verbatim.getOccurredAt(),
                verbatim.getClassifiedAt(),
                verbatim.getIntent() == Intent.COMPLAINT);
    }

    private static Optional<String> customer(@Nullable Verbatim verbatim) {
        return Optional.ofNullable(verbatim).flatMap(Verbatim::getCustomerKey);
    }

    /** Requests to erase customers, under their keys. */
    static KStream<String, OfCustomer.Request> requests(
            StreamsBuilder builder,
            Topics topics,
            SchemaRegistry registry,
            InstantSource clock,
            InsightMetrics metrics) {
        AvroDecoder<Erasure> decoder = registry.decoder(Erasure.class);
        return builder.stream(
                        topics.erasures(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(ArrivalTime.ofVerbatims(clock))
                                .withName("erasure-requests"))
                .flatMap(
                        (_, value) -> request(decoder, value, reason -> metrics.unreadable(topics.erasures(), reason)),
                        Named.as("customers-requested"));
    }

    private static List<KeyValue<String, OfCustomer.Request>> request(
            AvroDecoder<Erasure> decoder, byte @Nullable [] value, Consumer<String> onUnreadable) {
        if (value == null) {
            return List.of();
        }
        // The one partition of this topic is read by one thread; the lock is for the moment when another takes over.
        synchronized (decoder) {
            return switch (decoder.decode(value)) {
                case Decoding.Decoded<Erasure>(Erasure erasure) ->
                    List.of(KeyValue.pair(
                            erasure.getCustomerKey(),
                            new OfCustomer.Request(erasure.getRequestId(), erasure.getRequestedAt())));
                case Decoding.Undecodable<Erasure>(String reason, String detail) -> {
                    onUnreadable.accept(reason);
                    log.warn("erasure left out, request it again: reason={} detail={}", reason, detail);
                    yield List.of();
                }
            };
        }
    }

    private static List<KeyValue<String, Revision>> tombstones(Erasing.Done what, InstantSource clock) {
        return what instanceof Erasing.Done.Tombstone(String verbatimId)
                ? List.of(KeyValue.pair(
                        verbatimId,
                        new Revision(
                                verbatimId,
                                RevisionReason.ERASED,
                                null,
                                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                                null)))
                : List.of();
    }
}
