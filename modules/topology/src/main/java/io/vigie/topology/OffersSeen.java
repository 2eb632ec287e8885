package io.vigie.topology;

import java.time.Duration;

/**
 * How far the topology has read the offer catalogue in this process: lets a writer of an offer wait until the events that
 * follow will resolve to it. Safe for several threads.
 */
public final class OffersSeen {
    private long next;

    synchronized void seen(long offset) {
        next = Math.max(next, offset + 1);
        notifyAll();
    }

    /**
     * Waits until the record at {@code offset} of the catalogue's one partition was read.
     *
     * @return whether it was within {@code max}
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public synchronized boolean await(long offset, Duration max) throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        while (next <= offset) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
