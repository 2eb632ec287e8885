package io.vigie.sink;

import java.time.Duration;
import java.util.Arrays;

/** The production times of what was put but is not visible yet. Owned by the sink's thread. */
final class Freshness {
    /** Beyond, the rest of a refresh is not measured: it is a backlog, and the first of it tell as much. */
    private static final int WAITING_MAX = 10_000;

    private final SinkMetrics metrics;
    private final long[] producedAt = new long[WAITING_MAX];
    private int waiting;
    private long newest = Long.MIN_VALUE;
    private boolean following;

    Freshness(SinkMetrics metrics) {
        this.metrics = metrics;
    }

    /** From now on records are new ones; what was read before was history, whose age says nothing of the sink. */
    void follow() {
        following = true;
    }

    void waiting(long timestamp) {
        if (!following) {
            return;
        }
        newest = Math.max(newest, timestamp);
        if (waiting < WAITING_MAX) {
            producedAt[waiting++] = timestamp;
        }
    }

    /** How old the newest is that waits; zero when none does, and of history. */
    Duration age(long now) {
        return newest < now && newest != Long.MIN_VALUE ? Duration.ofMillis(now - newest) : Duration.ZERO;
    }

    void visible(long now) {
        Arrays.stream(producedAt, 0, waiting).forEach(produced -> metrics.fresh(now - produced));
        waiting = 0;
        newest = Long.MIN_VALUE;
    }

    /** What was put is gone; it is read again as history. */
    void forget() {
        waiting = 0;
        newest = Long.MIN_VALUE;
        following = false;
    }
}
