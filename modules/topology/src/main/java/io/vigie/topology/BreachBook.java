package io.vigie.topology;

import io.vigie.events.Breach;
import io.vigie.events.BreachKind;
import io.vigie.events.Contact;
import io.vigie.events.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** The breaches that are known of each account, which follow its history. */
final class BreachBook {
    private static final char SEPARATOR = '\0';

    private final TimestampedKeyValueStore<String, Breach> store;

    BreachBook(TimestampedKeyValueStore<String, Breach> store) {
        this.store = store;
    }

    /**
     * Makes what is known from a time on what the history gives. A breach that was made of contacts for which the history has
     * no room any more stays what it was.
     *
     * @param changed told of each breach that is new or another, and with null of one that is none any more
     */
    void follow(
            String account,
            List<Contact> history,
            Instant from,
            long timestamp,
            BiConsumer<String, @Nullable Breach> changed) {
        Set<String> there = events(history);
        follow(
                account,
                history,
                known(account, history, from),
                breach -> !breach.getOccurredAt().isBefore(from),
                breach -> there.containsAll(madeOf(breach)),
                timestamp,
                changed);
    }

    /** After an erasure: what was made of erased contacts is none any more, if what is left does not give it too. */
    void forget(
            String account,
            List<Contact> erased,
            List<Contact> history,
            Instant requestedAt,
            long timestamp,
            BiConsumer<String, @Nullable Breach> changed) {
        Set<String> gone = events(erased);
        follow(
                account,
                history,
                known(account),
                _ -> true,
                breach -> !breach.getOccurredAt().isAfter(requestedAt)
                        || madeOf(breach).stream().anyMatch(gone::contains),
                timestamp,
                changed);
    }

    /**
     * @param known all that may change, by id
     * @param open which breaches may change
     * @param refutable which of them are none when the history does not give them
     */
    private void follow(
            String account,
            List<Contact> history,
            Map<String, Breach> known,
            Predicate<Breach> open,
            Predicate<Breach> refutable,
            long timestamp,
            BiConsumer<String, @Nullable Breach> changed) {
        for (Breach given : Breaching.in(history)) {
            Breach before = known.remove(given.getBreachId());
            Breach breach = about(given, before);
            if (open.test(breach) && !breach.equals(before)) {
                store.put(key(account, breach.getBreachId()), ValueAndTimestamp.make(breach, timestamp));
                changed.accept(breach.getBreachId(), breach);
            }
        }
        known.forEach((id, breach) -> {
            if (refutable.test(breach)) {
                store.delete(key(account, id));
                changed.accept(id, null);
            }
        });
    }

    /** What a breach was known to be about stays, also when the contact that told is forgotten. */
    private static Breach about(Breach breach, @Nullable Breach before) {
        return before != null && breach.getOfferId().equals(Topics.UNASSIGNED)
                ? Breach.newBuilder(breach).setOfferId(before.getOfferId()).build()
                : breach;
    }

    private static Set<String> events(List<Contact> contacts) {
        return contacts.stream().map(Contacts::eventKey).collect(Collectors.toSet());
    }

    /** The events without which it would be none. */
    private static List<String> madeOf(Breach breach) {
        var events = new ArrayList<>(breach.getCalls());
        events.add(Contacts.eventKey(breach.getSource(), breach.getEventId()));
        breach.getStatementSource()
                .ifPresent(source -> events.add(
                        Contacts.eventKey(source, breach.getStatementEventId().orElseThrow())));
        return events;
    }

    /** Those of contacts in the history: an account may have thousands more, which the history cannot change. */
    private Map<String, Breach> known(String account, List<Contact> history, Instant from) {
        var known = new LinkedHashMap<String, Breach>();
        for (Contact contact : history) {
            if (Breaching.mayBreach(contact) && !contact.getOccurredAt().isBefore(from)) {
                for (BreachKind kind : BreachKind.values()) {
                    String id = Breaching.id(kind, contact);
                    var breach = store.get(key(account, id));
                    if (breach != null) {
                        known.put(id, breach.value());
                    }
                }
            }
        }
        return known;
    }

    private Map<String, Breach> known(String account) {
        var known = new LinkedHashMap<String, Breach>();
        try (var entries = store.range(key(account, ""), key(account, "\uFFFF"))) {
            while (entries.hasNext()) {
                Breach breach = entries.next().value.value();
                known.put(breach.getBreachId(), breach);
            }
        }
        return known;
    }

    private static String key(String account, String breachId) {
        return account.replace(SEPARATOR, '\uFFFD') + SEPARATOR + breachId;
    }
}
