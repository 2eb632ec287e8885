package io.vigie.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Counts by address what may not be tried without end, in windows of a fixed length. It remembers a bounded number of addresses;
 * the one that was heard of longest ago is forgotten first. Safe for several threads.
 */
final class Attempts {
    static final int ADDRESSES_MAX = 10_000;

    private final int max;
    private final Duration window;
    private final InstantSource clock;
    /** Guarded by itself. */
    private final Map<String, Count> counts = new LinkedHashMap<>();

    /** @param max how many are taken in one window */
    Attempts(int max, Duration window, InstantSource clock) {
        this.max = max;
        this.window = window;
        this.clock = clock;
    }

    private record Count(Instant begun, int tried) {}

    /** How many seconds to wait; empty when another attempt is taken now. */
    OptionalInt waits(String address) {
        synchronized (counts) {
            Count count = counts.get(place(address));
            Instant now = clock.instant();
            if (count == null
                    || count.tried() < max
                    || !now.isBefore(count.begun().plus(window))) {
                return OptionalInt.empty();
            }
            Duration left = Duration.between(now, count.begun().plus(window));
            return OptionalInt.of((int) left.plusMillis(999).toSeconds());
        }
    }

    void add(String address) {
        synchronized (counts) {
            Instant now = clock.instant();
            Count count = counts.remove(place(address));
            Count next = count != null && now.isBefore(count.begun().plus(window))
                    ? new Count(count.begun(), count.tried() + 1)
                    : new Count(now, 1);
            counts.put(place(address), next);
            if (counts.size() > ADDRESSES_MAX) {
                counts.remove(counts.keySet().iterator().next());
            }
        }
    }

    /** Whoever has one address of IPv6 has the 2^64 beside it too. */
    private static String place(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":", -1);
        return String.join(":", Arrays.asList(groups).subList(0, Math.min(4, groups.length)));
    }
}
