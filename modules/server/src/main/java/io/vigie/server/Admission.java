package io.vigie.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** So much at once and no more; who comes beyond waits a bounded time and is then turned away. */
final class Admission {
    private final Semaphore free;
    private final Duration waitMax;

    Admission(int atOnceMax, Duration waitMax) {
        this.free = new Semaphore(atOnceMax, true);
        this.waitMax = waitMax;
    }

    /** Closing it gives back what it holds. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** A permit for this much, or nothing when it did not come free in time. */
    Optional<Permit> enter(int weight) {
        try {
            if (!free.tryAcquire(weight, waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            return Optional.of(() -> free.release(weight));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
