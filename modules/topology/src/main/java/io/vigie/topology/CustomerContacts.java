package io.vigie.topology;

import io.vigie.events.Contact;
import io.vigie.events.DeadLetter;
import io.vigie.events.Topics;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Brings the contacts of one customer together, in the order in which they happened. What is made of them is worked out from
 * this history anew whenever it gets longer, so that the order of arrival makes no difference.
 */
final class CustomerContacts {
    /** Key: source and conversation. Value: the customer it was last known to be with. */
    static final String CONVERSATIONS = "conversation-customers";

    /**
     * The customer of a conversation that had contacts and nobody known so far; in no customer key. Versions that left these
     * contacts with the conversation wrote it before the key of the customer who became known.
     */
    private static final String UNKNOWN = "?";

    private CustomerContacts() {}

    /**
     * The contacts that are not erased, under their account and after they were put into its history.
     *
     * @param requests to erase customers, under their keys
     */
    static KStream<String, History.Heard> add(
            StreamsBuilder builder,
            KStream<String, OfCustomer.Request> requests,
            Topics topics,
            SchemaRegistry registry,
            InstantSource clock,
            InsightMetrics metrics) {
        Serde<Contact> serde = registry.serdeAs(topics.contacts(), Contact.class);
        builder.addStateStore(Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(CONVERSATIONS), Serdes.String(), Serdes.String()));
        builder.addStateStore(Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(History.STORE), Serdes.String(), serde));
        var read = builder.stream(
                        topics.contacts(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(ArrivalTime.ofVerbatims(clock))
                                .withName("contacts"))
                .process(
                        () -> new Accounts(registry.decoder(Contact.class), metrics),
                        Named.as("contact-accounts"),
                        CONVERSATIONS);
        deadLetters(read, topics);
        Promises.addStores(builder, topics, registry);
        Breaches.addStore(builder, topics, registry);
        var erasures = new ContactErasures(topics, registry, clock, metrics);
        var accounts = read.flatMap(
                        (key, reading) -> reading instanceof Reading.Of of
                                ? List.of(KeyValue.pair(of.account(), of.entry()))
                                : List.<KeyValue<String, OfAccount>>of(),
                        Named.as("read-contacts"))
                .merge(erasures.entries(builder, requests), Named.as("contacts-and-erasures"))
                .repartition(Repartitioned.with(Serdes.String(), OfAccount.serde(serde))
                        .withName("customer-contacts"));
        return erasures.add(builder, accounts)
                .process(History.Keeper::new, Named.as("contact-history"), History.STORE, AccountRecords.STORE);
    }

    private static void deadLetters(KStream<byte[], Reading> read, Topics topics) {
        read.flatMapValues(
                        reading -> reading instanceof Reading.Dead dead
                                ? List.<byte[]>of(dead.value())
                                : List.<byte[]>of(),
                        Named.as("dead-contacts-only"))
                .to(
                        topics.deadLetters(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("dead-contacts"));
    }

    private sealed interface Reading {
        record Of(String account, OfAccount entry) implements Reading {}

        @SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
        record Dead(byte[] value) implements Reading {}
    }

    /**
     * Finds whose contact it is: the customer's, also when only another event of the same conversation names him, or else
     * the conversation's own.
     */
    private static final class Accounts extends ContextualProcessor<byte[], byte[], byte[], Reading> {
        private final AvroDecoder<Contact> decoder;
        private final InsightMetrics metrics;

        Accounts(AvroDecoder<Contact> decoder, InsightMetrics metrics) {
            this.decoder = decoder;
            this.metrics = metrics;
        }

        @Override
        public void init(ProcessorContext<byte[], Reading> context) {
            super.init(context);
            var sweep = new Sweep<>(conversations(), (key, customer) -> {});
            context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, sweep::step);
        }

        @Override
        public void process(Record<byte[], byte[]> contact) {
            if (contact.value() == null) {
                erased(contact);
                return;
            }
            switch (decoder.decode(contact.value())) {
                case Decoding.Undecodable<Contact>(String reason, String detail) -> bury(contact, reason, detail);
                case Decoding.Decoded<Contact>(Contact read) -> forward(contact, read);
            }
        }

        private void forward(Record<byte[], byte[]> record, Contact read) {
            String conversation = conversation(read);
            var known = conversations().get(conversation);
            String before = known == null ? "" : known.value();
            String customer = read.getCustomerKey().orElse(before.replace(UNKNOWN, ""));
            conversations()
                    .put(
                            conversation,
                            ValueAndTimestamp.make(customer.isEmpty() ? UNKNOWN : customer, record.timestamp()));
            String own = AccountErasing.ofConversation(read.getSource(), read.getConversationId());
            if (customer.isEmpty()) {
                emit(record, own, new OfAccount.Met(read));
                return;
            }
            if (before.startsWith(UNKNOWN)) {
                emit(record, own, new OfAccount.Named(customer));
            }
            var contact = Contact.newBuilder(read).setCustomerKey(customer).build();
            emit(record, customer, new OfAccount.Met(contact));
        }

        private void emit(Record<byte[], byte[]> record, String account, OfAccount entry) {
            context().forward(record.withValue(new Reading.Of(account, entry)));
        }

        /**
         * A contact was erased. Whose its conversation was is forgotten, unless it went on after the request; what was said
         * there before anybody was known, or comes again without him, is erased too.
         */
        private void erased(Record<byte[], byte[]> tombstone) {
            var key = Optional.ofNullable(tombstone.key())
                    .flatMap(bytes -> ContactKey.of(new String(bytes, StandardCharsets.UTF_8)));
            if (key.isEmpty()) {
                bury(tombstone, "no-value", "the record has no value, and its key is not that of a contact");
                return;
            }
            String conversation =
                    Contacts.eventKey(key.get().source(), key.get().conversationId());
            var known = conversations().get(conversation);
            if (known == null) {
                return;
            }
            var erasure = AccountErasing.erasure(tombstone.headers());
            if (erasure.filter(
                            forget -> known.timestamp() > forget.requestedAt().toEpochMilli())
                    .isEmpty()) {
                conversations().delete(conversation);
            }
            erasure.ifPresent(forget -> emit(
                    tombstone,
                    AccountErasing.ofConversation(key.get().source(), key.get().conversationId()),
                    forget));
        }

        private void bury(Record<byte[], byte[]> contact, String reason, String detail) {
            var origin = context().recordMetadata().orElseThrow();
            var letter =
                    new DeadLetter("insights", reason, detail, origin.topic(), origin.partition(), origin.offset());
            metrics.dead(letter);
            byte[] value = contact.value() == null ? new byte[0] : contact.value();
            context()
                    .forward(contact.<Reading>withValue(new Reading.Dead(value)).withHeaders(letter.headers()));
        }

        private static String conversation(Contact contact) {
            return Contacts.eventKey(contact.getSource(), contact.getConversationId());
        }

        private TimestampedKeyValueStore<String, String> conversations() {
            return context().getStateStore(CONVERSATIONS);
        }
    }
}
