package io.vigie.server;

import io.vigie.events.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The alerts of late in the order of their topic, a bounded number of them. One thread adds, any thread asks. */
final class AlertLog {
    /** Some 3 MB: at an alert a second, what came in the last hours. */
    static final int ALERTS_MAX = 10_000;

    private final ConcurrentSkipListMap<Long, Alert> alerts = new ConcurrentSkipListMap<>();
    /** What was before is not known here. */
    private volatile long first;

    private volatile long next;
    private volatile boolean begun;
    private int size;

    /** An alert with its place in the topic. */
    record Placed(long offset, Alert alert) {}

    /** An alert that is known already changes nothing. */
    void add(long offset, Alert alert) {
        if (offset < next) {
            return;
        }
        if (!begun) {
            first = offset;
            begun = true;
        }
        alerts.put(offset, alert);
        size++;
        next = offset + 1;
        if (size > ALERTS_MAX) {
            var oldest = alerts.pollFirstEntry();
            size--;
            first = oldest.getKey() + 1;
        }
    }

    /** Behind the newest alert; 0 when none is known. */
    long next() {
        return next;
    }

    /** The oldest place from which on all alerts are known here. */
    long first() {
        return first;
    }

    /** Whether all alerts from a place on are known here; a place behind the end is one of another topic. */
    boolean reachesBackTo(long place) {
        return !begun || (place >= first && place <= next);
    }

    /**
     * Alerts from a place on, oldest first, at most so many.
     *
     * @param searches of these alone; of all when there is none
     */
    List<Placed> from(long place, Set<String> searches, int max) {
        var found = new ArrayList<Placed>();
        for (var entry : alerts.tailMap(place).entrySet()) {
            if (searches.isEmpty() || searches.contains(entry.getValue().getSearchId())) {
                found.add(new Placed(entry.getKey(), entry.getValue()));
                if (found.size() == max) {
                    break;
                }
            }
        }
        return found;
    }
}
