package io.vigie.topology;

import io.vigie.events.Breach;
import io.vigie.events.Contact;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The ledger of contacts against a customer's wish. They are worked out from the whole history of an account
 * ({@link Breaching}), so that a late event changes what it should have changed, and nothing before it.
 */
final class Breaches extends ContextualProcessor<String, Contact, String, Breach> {
    /** Key: account and breachId. */
    static final String STORE = "breaches";

    private static final char SEPARATOR = '\0';

    static void add(StreamsBuilder builder, KStream<String, Contact> contacts, Topics topics, SchemaRegistry registry) {
        Serde<Breach> serde = registry.serdeAs(topics.breaches(), Breach.class);
        builder.addStateStore(Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(STORE), Serdes.String(), serde));
        contacts.process(Breaches::new, Named.as("breach-ledger"), STORE, History.STORE)
                .to(topics.breaches(), Produced.with(Serdes.String(), serde).withName("breaches"));
    }

    @Override
    public void init(ProcessorContext<String, Breach> context) {
        super.init(context);
        var sweep = new Sweep<Breach>(context.getStateStore(STORE), (key, breach) -> {});
        context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, sweep::step);
    }

    @Override
    public void process(Record<String, Contact> record) {
        Instant from = record.value().getOccurredAt();
        List<Contact> history = new History(context().getStateStore(History.STORE)).of(record.key());
        Map<String, Breach> known = known(record.key(), from);
        for (Breach breach : Breaching.in(history)) {
            Breach before = known.remove(breach.getBreachId());
            if (!breach.getOccurredAt().isBefore(from) && !breach.equals(before)) {
                breaches()
                        .put(
                                key(record.key(), breach.getBreachId()),
                                ValueAndTimestamp.make(breach, record.timestamp()));
                context().forward(new Record<>(breach.getBreachId(), breach, record.timestamp()));
            }
        }
        // What is left was one until this contact was heard of.
        for (String id : known.keySet()) {
            breaches().delete(key(record.key(), id));
            context().forward(new Record<String, Breach>(id, null, record.timestamp()));
        }
    }

    /** Those that happened at or after a time: a contact changes nothing before it. */
    private Map<String, Breach> known(String account, Instant from) {
        var known = new LinkedHashMap<String, Breach>();
        try (var entries = breaches().range(key(account, ""), key(account, "\uFFFF"))) {
            while (entries.hasNext()) {
                Breach breach = entries.next().value.value();
                if (!breach.getOccurredAt().isBefore(from)) {
                    known.put(breach.getBreachId(), breach);
                }
            }
        }
        return known;
    }

    private static String key(String account, String breachId) {
        return account.replace(SEPARATOR, '\uFFFD') + SEPARATOR + breachId;
    }

    private TimestampedKeyValueStore<String, Breach> breaches() {
        return context().getStateStore(STORE);
    }
}
