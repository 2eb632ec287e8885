package io.vigie.bench;

import java.time.Duration;

/**
 * Acts on a schedule fixed beforehand, whatever earlier acts are still waiting for: latency counted from the schedule
 * then includes what a stalled system made later requests wait.
 */
final class OpenLoop {
    /** So that whoever is to see the first act is ready. */
    private static final Duration AHEAD = Duration.ofMillis(20);

    private final int perSecond;
    private long latestNanos;

    OpenLoop(int perSecond) {
        this.perSecond = perSecond;
    }

    /** What to do; it must not wait for an outcome. */
    interface Act {
        void at(int number, long dueNanos);
    }

    void run(int count, Act act) {
        long start = System.nanoTime() + AHEAD.toNanos();
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            Pause.untilNanos(due);
            latestNanos = Math.max(latestNanos, System.nanoTime() - due);
            act.at(i, due);
        }
    }

    /** How far the loop itself fell behind its schedule at worst; what it delayed is in the latencies. */
    double latestMillis() {
        return latestNanos / 1e6;
    }
}
