package io.vigie.topology;

import io.vigie.events.Contact;
import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import io.vigie.events.SpokenPromise;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The ledger of dated promises: open until the company answers, which keeps them, or their time is over, which breaks them.
 * The rules are in docs/contacts.md.
 */
final class Promises extends ContextualProcessor<String, History.Heard, String, Promise> {
    /** Key: promiseId. */
    static final String STORE = "promises";
    /** Key: when it is due, and promiseId. */
    static final String DUE = "promises-due";
    /** For what is still on its way when the time of a promise is over. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int BROKEN_AT_ONCE_MAX = 1_000;

    static void addStores(StreamsBuilder builder, Topics topics, SchemaRegistry registry) {
        builder.addStateStore(Stores.timestampedKeyValueStoreBuilder(
                Stores.persistentTimestampedKeyValueStore(STORE), Serdes.String(), serde(topics, registry)));
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(DUE), Serdes.String(), Serdes.ByteArray()));
    }

    /** After {@link #addStores}. */
    static void add(KStream<String, History.Heard> contacts, Topics topics, SchemaRegistry registry) {
        contacts.process(Promises::new, Named.as("promise-ledger"), STORE, DUE)
                .to(
                        topics.promises(),
                        Produced.with(Serdes.String(), serde(topics, registry)).withName("promises"));
    }

    private static Serde<Promise> serde(Topics topics, SchemaRegistry registry) {
        return registry.serdeAs(topics.promises(), Promise.class);
    }

    @Override
    public void init(ProcessorContext<String, Promise> context) {
        super.init(context);
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::breakOverdue);
        var sweep = new Sweep<Promise>(
                context.getStateStore(STORE), (id, promise) -> due().delete(dueKey(promise)), Promises::keptUntil);
        context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, sweep::step);
    }

    /** Time must have come to break what is open. */
    private static long keptUntil(String id, Promise promise, long heardAt) {
        return Sweep.after(
                promise.getState() == PromiseState.OPEN
                        ? Math.max(heardAt, promise.getDueAt().toEpochMilli())
                        : heardAt);
    }

    @Override
    public void process(Record<String, History.Heard> record) {
        Contact contact = record.value().contact();
        boolean tells = contact.getAnswers() || History.namesOffer(contact);
        if (contact.getPromises().isEmpty() && !tells) {
            return;
        }
        List<Contact> history = record.value().history();
        for (Promise promise : made(contact, history)) {
            if (promises().get(promise.getPromiseId()) == null) {
                due().put(dueKey(promise), new byte[0]);
                keep(settled(promise, history), record.timestamp());
            }
        }
        if (tells) {
            for (Contact other : history) {
                known(other).forEach(promise -> settleAgain(promise, other, history, record.timestamp()));
            }
        }
    }

    private void settleAgain(Promise promise, Contact madeIn, List<Contact> history, long now) {
        Promise settled = settled(about(promise, History.offerOf(madeIn, history)), history);
        if (!settled.equals(promise)) {
            keep(settled, now);
        }
    }

    /** What it was known to be about stays, also when the contact that told is forgotten. */
    private static Promise about(Promise promise, String offerId) {
        return offerId.equals(Topics.UNASSIGNED)
                ? promise
                : Promise.newBuilder(promise).setOfferId(offerId).build();
    }

    /** What the promises of a contact were last known to be. */
    private List<Promise> known(Contact contact) {
        var known = new ArrayList<Promise>();
        for (int i = 0; i < contact.getPromises().size(); i++) {
            var promise = promises().get(id(contact, i));
            if (promise != null) {
                known.add(promise.value());
            }
        }
        return known;
    }

    private static List<Promise> made(Contact contact, List<Contact> history) {
        var made = new ArrayList<Promise>();
        for (int i = 0; i < contact.getPromises().size(); i++) {
            SpokenPromise spoken = contact.getPromises().get(i);
            made.add(Promise.newBuilder()
                    .setPromiseId(id(contact, i))
                    .setOfferId(History.offerOf(contact, history))
                    .setSource(contact.getSource())
                    .setEventId(contact.getEventId())
                    .setConversationId(contact.getConversationId())
                    .setCustomerKey(contact.getCustomerKey().orElse(null))
                    .setText(spoken.getText())
                    .setMadeAt(contact.getOccurredAt())
                    .setDueAt(spoken.getDueAt())
                    .setState(PromiseState.OPEN)
                    .build());
        }
        return made;
    }

    /** What is known to have become of a promise; only time itself breaks it. */
    private static Promise settled(Promise promise, List<Contact> history) {
        Optional<Contact> answer = history.stream()
                .filter(contact -> answers(contact, promise, history))
                .findFirst();
        if (answer.isEmpty()) {
            return promise;
        }
        Instant at = answer.get().getOccurredAt();
        if (promise.getAnsweredAt().filter(at::isAfter).isPresent()) {
            // The history has no room any more for the one that was first.
            return promise;
        }
        return Promise.newBuilder(promise)
                .setState(at.isAfter(promise.getDueAt()) ? promise.getState() : PromiseState.KEPT)
                .setAnsweredAt(at)
                .setAnswerSource(answer.get().getSource())
                .setAnswerEventId(answer.get().getEventId())
                .build();
    }

    /** In the same conversation; between a call and a ticket of the same customer as well, which never are the same. */
    private static boolean answers(Contact contact, Promise promise, List<Contact> history) {
        return contact.getAnswers()
                && !contact.getVagueAnswer()
                && contact.getOccurredAt().isAfter(promise.getMadeAt())
                && (History.isInConversation(contact, promise.getSource(), promise.getConversationId())
                        || contact.getCall()
                        || isMadeInCall(promise, history));
    }

    private static boolean isMadeInCall(Promise promise, List<Contact> history) {
        return history.stream()
                .filter(contact -> contact.getSource().equals(promise.getSource())
                        && contact.getEventId().equals(promise.getEventId()))
                .anyMatch(Contact::getCall);
    }

    private void breakOverdue(long now) {
        var overdue = new ArrayList<String>();
        String until = History.sortable(Instant.ofEpochMilli(now).minus(GRACE));
        try (var entries = due().range(null, until)) {
            while (entries.hasNext() && overdue.size() < BROKEN_AT_ONCE_MAX) {
                overdue.add(entries.next().key);
            }
        }
        for (String key : overdue) {
            due().delete(key);
            var promise = promises().get(key.substring(key.indexOf(' ') + 1));
            if (promise != null && promise.value().getState() == PromiseState.OPEN) {
                keep(
                        Promise.newBuilder(promise.value())
                                .setState(PromiseState.BROKEN)
                                .build(),
                        now);
            }
        }
    }

    private void keep(Promise promise, long now) {
        promises().put(promise.getPromiseId(), ValueAndTimestamp.make(promise, now));
        context().forward(new Record<>(promise.getPromiseId(), promise, now));
    }

    /** The ids of the promises that an agent makes in a contact. */
    static List<String> ids(Contact contact) {
        return IntStream.range(0, contact.getPromises().size())
                .mapToObj(number -> id(contact, number))
                .toList();
    }

    private static String id(Contact contact, int number) {
        return Contacts.eventKey(contact) + ":" + number;
    }

    static String dueKey(Promise promise) {
        return History.sortable(promise.getDueAt()) + " " + promise.getPromiseId();
    }

    private TimestampedKeyValueStore<String, Promise> promises() {
        return context().getStateStore(STORE);
    }

    private KeyValueStore<String, byte[]> due() {
        return context().getStateStore(DUE);
    }
}
