package io.vigie.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting; being interrupted ends the benchmark. */
final class Pause {
    private Pause() {}

    static void of(Duration wait) {
        untilNanos(System.nanoTime() + wait.toNanos());
    }

    /** Until a time of {@link System#nanoTime}; wakes up to a tenth of a millisecond late, never early. */
    static void untilNanos(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted");
            }
            left = due - System.nanoTime();
        }
    }
}
