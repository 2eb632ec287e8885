package io.vigie.topology;

import io.vigie.events.Breach;
import io.vigie.events.Contact;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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
     * Makes what is known from a time on what the history gives.
     *
     * @param changed told of each breach that is new or another, and with null of one that is none any more
     */
    void follow(
            String account,
            List<Contact> history,
            Instant from,
            long timestamp,
            BiConsumer<String, @Nullable Breach> changed) {
        Map<String, Breach> known = known(account, from);
        for (Breach breach : Breaching.in(history)) {
            Breach before = known.remove(breach.getBreachId());
            if (!breach.getOccurredAt().isBefore(from) && !breach.equals(before)) {
                store.put(key(account, breach.getBreachId()), ValueAndTimestamp.make(breach, timestamp));
                changed.accept(breach.getBreachId(), breach);
            }
        }
        // What is left was one until now.
        for (String id : known.keySet()) {
            store.delete(key(account, id));
            changed.accept(id, null);
        }
    }

    /** Those that happened at or after a time: a contact changes nothing before it. */
    private Map<String, Breach> known(String account, Instant from) {
        var known = new LinkedHashMap<String, Breach>();
        try (var entries = store.range(key(account, ""), key(account, "\uFFFF"))) {
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
}
