package io.vigie.topology;

import io.vigie.events.Breach;
import io.vigie.events.Contact;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/**
 * The ledger of contacts against a customer's wish. They are worked out from the whole history of an account
 * ({@link Breaching}), so that a late event changes what it should have changed, and nothing before it.
 */
final class Breaches extends ContextualProcessor<String, History.Heard, String, Breach> {
    /** Key: account and breachId. */
    static final String STORE = "breaches";

    static void addStore(StreamsBuilder builder, Topics topics, SchemaRegistry registry) {
        builder.addStateStore(Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(STORE), Serdes.String(), serde(topics, registry)));
    }

    /** After {@link #addStore}. */
    static void add(KStream<String, History.Heard> contacts, Topics topics, SchemaRegistry registry) {
        contacts.process(Breaches::new, Named.as("breach-ledger"), STORE)
                .to(
                        topics.breaches(),
                        Produced.with(Serdes.String(), serde(topics, registry)).withName("breaches"));
    }

    private static Serde<Breach> serde(Topics topics, SchemaRegistry registry) {
        return registry.serdeAs(topics.breaches(), Breach.class);
    }

    @Override
    public void init(ProcessorContext<String, Breach> context) {
        super.init(context);
        var sweep = new Sweep<Breach>(context.getStateStore(STORE), (key, breach) -> {});
        context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, sweep::step);
    }

    @Override
    public void process(Record<String, History.Heard> record) {
        Contact contact = record.value().contact();
        List<Contact> history = record.value().history();
        if (!history.contains(contact)) {
            // It is older than all for which there is room.
            return;
        }
        new BreachBook(context().getStateStore(STORE))
                .follow(
                        record.key(),
                        history,
                        changedFrom(contact, history),
                        record.timestamp(),
                        (id, breach) -> context().forward(new Record<>(id, breach, record.timestamp())));
    }

    /** A contact changes nothing before it, but that it may tell what its conversation is about. */
    private static Instant changedFrom(Contact contact, List<Contact> history) {
        return history.stream()
                .filter(other -> History.namesOffer(contact) && History.isSameConversation(other, contact))
                .findFirst()
                .orElse(contact)
                .getOccurredAt();
    }
}
