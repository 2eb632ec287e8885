package io.vigie.server;

import java.time.Duration;

/** Tells waiting threads that something happened. */
final class Signal {
    private long raised;

    synchronized void raise() {
        raised++;
        notifyAll();
    }

    /** How often it was raised. */
    synchronized long raised() {
        return raised;
    }

    /** Waits until it was raised more often than that, at most so long. */
    synchronized void await(long seen, Duration max) throws InterruptedException {
        long end = System.nanoTime() + max.toNanos();
        for (long left = max.toNanos(); raised == seen && left > 0; left = end - System.nanoTime()) {
            // Rounded up: a wait of no milliseconds would never end.
            wait(left / 1_000_000 + 1);
        }
    }
}
