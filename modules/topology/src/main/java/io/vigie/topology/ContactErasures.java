package io.vigie.topology;

import io.vigie.events.Breach;
import io.vigie.events.Contact;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.Promise;
import io.vigie.events.Topics;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.AccountErasing.Done;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the erasure of contacts, promises and breaches. The topics of promises and breaches are read back, so that what they
 * hold is known under its account as long as they hold it, whatever became of the state that it was made from.
 */
final class ContactErasures {
    private static final Logger log = LoggerFactory.getLogger(ContactErasures.class);

    private final Topics topics;
    private final SchemaRegistry registry;
    private final InstantSource clock;
    private final InsightMetrics metrics;

    ContactErasures(Topics topics, SchemaRegistry registry, InstantSource clock, InsightMetrics metrics) {
        this.topics = topics;
        this.registry = registry;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * What the topics hold of accounts, and the requests to erase them.
     *
     * @param requests under the customer's key
     */
    KStream<String, OfAccount> entries(StreamsBuilder builder, KStream<String, OfCustomer.Request> requests) {
        var promises = noted(builder, topics.promises(), Promise.class, ContactErasures::noted);
        var breaches = noted(builder, topics.breaches(), Breach.class, ContactErasures::noted);
        KStream<String, OfAccount> forget = requests.mapValues(
                request -> new OfAccount.Forget(request.requestId(), request.requestedAt()),
                Named.as("accounts-to-forget"));
        return promises.merge(breaches, Named.as("noted-of-accounts")).merge(forget, Named.as("all-of-accounts"));
    }

    /** Passes on the contacts that are not erased; the stores of the ledgers must be there. */
    KStream<String, Contact> add(StreamsBuilder builder, KStream<String, OfAccount> accounts) {
        builder.addStateStore(Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(AccountRecords.STORE), Serdes.String(), Serdes.String()));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(AccountErasing.STORE), Serdes.String(), Serdes.String()));
        var done = accounts.process(
                AccountErasing::new,
                Named.as("account-erasing"),
                AccountErasing.STORE,
                AccountRecords.STORE,
                History.STORE,
                Promises.STORE,
                Promises.DUE,
                Breaches.STORE);
        write(done);
        return done.flatMapValues(
                what -> what instanceof Done.Kept(Contact contact) ? List.of(contact) : List.<Contact>of(),
                Named.as("contacts-not-erased"));
    }

    private void write(KStream<String, Done> done) {
        done.flatMapValues(
                        what -> switch (what) {
                            case Done.ContactGone _ -> Collections.<@Nullable Contact>singletonList(null);
                            case Done.ContactNamed(Contact contact) -> List.<@Nullable Contact>of(contact);
                            default -> List.<@Nullable Contact>of();
                        },
                        Named.as("erased-and-named-contacts-only"))
                .to(
                        topics.contacts(),
                        Produced.with(Serdes.String(), registry.serdeAs(topics.contacts(), Contact.class))
                                .withStreamPartitioner(
                                        (_, key, _, partitions) -> ContactKey.partitions(key, partitions))
                                .withName("erased-and-named-contacts"));
        done.flatMapValues(
                        what -> what instanceof Done.PromiseGone
                                ? Collections.<byte @Nullable []>singletonList(null)
                                : List.<byte @Nullable []>of(),
                        Named.as("erased-promises-only"))
                .to(
                        topics.promises(),
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName("erased-promises"));
        done.flatMapValues(
                        what -> what instanceof Done.BreachNow(Breach breach)
                                ? Collections.<@Nullable Breach>singletonList(breach)
                                : List.<@Nullable Breach>of(),
                        Named.as("breaches-after-erasure"))
                .to(
                        topics.breaches(),
                        Produced.with(Serdes.String(), registry.serdeAs(topics.breaches(), Breach.class))
                                .withName("erased-breaches"));
        done.flatMapValues(
                        what -> what instanceof Done.Receipt(ErasureReceipt receipt)
                                ? List.of(receipt)
                                : List.<ErasureReceipt>of(),
                        Named.as("contact-receipts-only"))
                .to(
                        topics.erasureReceipts(),
                        Produced.with(Serdes.String(), registry.serde(ErasureReceipt.class))
                                .withName("contact-receipts"));
    }

    private <T extends SpecificRecord> KStream<String, OfAccount> noted(
            StreamsBuilder builder, String topic, Class<T> type, Function<T, KeyValue<String, OfAccount>> noted) {
        AvroDecoder<T> decoder = registry.decoder(type);
        String name = type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
        return builder.stream(
                        topic,
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(ArrivalTime.ofVerbatims(clock))
                                .withName(name + "-topic"))
                .flatMap(
                        (_, value) ->
                                read(topic, decoder, value).map(noted).stream().toList(),
                        Named.as(name + "-of-account"));
    }

    /** The stream's own records; one of somebody else's that cannot be read is no promise of anybody. */
    private <T extends SpecificRecord> Optional<T> read(String topic, AvroDecoder<T> decoder, byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        // Several threads may read partitions of the topic.
        synchronized (decoder) {
            return switch (decoder.decode(value)) {
                case Decoding.Decoded<T>(T record) -> Optional.of(record);
                case Decoding.Undecodable<T>(String reason, String detail) -> {
                    metrics.unreadable(topic, reason);
                    log.warn("left out of what erasures find: reason={} detail={}", reason, detail);
                    yield Optional.empty();
                }
            };
        }
    }

    private static KeyValue<String, OfAccount> noted(Promise promise) {
        return noted(
                promise.getCustomerKey()
                        .orElseGet(
                                () -> AccountErasing.ofConversation(promise.getSource(), promise.getConversationId())),
                AccountRecords.Kind.PROMISE,
                promise.getPromiseId(),
                promise.getMadeAt());
    }

    private static KeyValue<String, OfAccount> noted(Breach breach) {
        return noted(
                breach.getCustomerKey()
                        .orElseGet(() -> AccountErasing.ofConversation(breach.getSource(), breach.getConversationId())),
                AccountRecords.Kind.BREACH,
                breach.getBreachId(),
                breach.getOccurredAt());
    }

    private static KeyValue<String, OfAccount> noted(
            String account, AccountRecords.Kind kind, String id, Instant saidAt) {
        return KeyValue.pair(account, new OfAccount.Noted(kind, id, saidAt));
    }
}
