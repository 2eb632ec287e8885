package io.vigie.topology;

import java.time.Duration;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;

/**
 * Removes from a store what nothing was heard of for a time, {@link #KEPT} in most, by time of arrival, and of which nothing is
 * still to come, in steps small enough not to hold up the stream. Owned by the stream's thread.
 */
final class Sweep<V> {
    /** How long the state of a customer, a conversation or a promise is kept after its last contact. */
    static final Duration KEPT = Duration.ofDays(90);

    static final Duration EVERY = Duration.ofMinutes(1);
    private static final int STEP_MAX = 5_000;

    private final TimestampedKeyValueStore<String, V> store;
    private final Removal<V> removal;
    private final Keeping<V> keeping;
    /** Where the next step begins; empty for the beginning. */
    private String next = "";

    /** @param removal told of each entry that goes */
    Sweep(TimestampedKeyValueStore<String, V> store, Removal<V> removal) {
        this(store, removal, (_, _, heardAt) -> after(heardAt));
    }

    Sweep(TimestampedKeyValueStore<String, V> store, Removal<V> removal, Keeping<V> keeping) {
        this.store = store;
        this.removal = removal;
        this.keeping = keeping;
    }

    /** {@link #KEPT} after a time, all in milliseconds. */
    static long after(long time) {
        return time + KEPT.toMillis();
    }

    interface Removal<V> {
        void removed(String key, V value);
    }

    /** Until when an entry is kept, in milliseconds. */
    interface Keeping<V> {
        long until(String key, V value, long heardAt);
    }

    void step(long now) {
        int seen = 0;
        try (var entries = store.range(next.isEmpty() ? null : next, null)) {
            while (entries.hasNext() && seen < STEP_MAX) {
                var entry = entries.next();
                if (keeping.until(entry.key, entry.value.value(), entry.value.timestamp()) < now) {
                    store.delete(entry.key);
                    removal.removed(entry.key, entry.value.value());
                }
                next = entry.key + '\0';
                seen++;
            }
        }
        if (seen < STEP_MAX) {
            next = "";
        }
    }
}
