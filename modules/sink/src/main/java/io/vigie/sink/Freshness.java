package io.vigie.sink;

import java.util.Arrays;

/** The production times of what was put but is not visible yet. Owned by the sink's thread. */
final class Freshness {
    /** Beyond, the rest of a refresh is not measured: it is a backlog, and the first of it tell as much. */
    private static final int WAITING_MAX = 10_000;

    private final SinkMetrics metrics;
    private final long[] producedAt = new long[WAITING_MAX];
    private int waiting;
    private boolean following;

    Freshness(SinkMetrics metrics) {
        this.metrics = metrics;
    }

    /** From now on records are new ones; what was read before was history, whose age says nothing of the sink. */
    void follow() {
        following = true;
    }

    void waiting(long timestamp) {
        if (following && waiting < WAITING_MAX) {
            producedAt[waiting++] = timestamp;
        }
    }

    void visible(long now) {
        Arrays.stream(producedAt, 0, waiting).forEach(produced -> metrics.fresh(now - produced));
        waiting = 0;
    }

    /** What was put is gone; it is read again as history. */
    void forget() {
        waiting = 0;
        following = false;
    }
}
