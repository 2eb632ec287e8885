package io.vigie.topology;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a reader waits for records. Kafka Streams asks every few milliseconds, so that it commits in time, and goes through all its
 * tasks each time; while nothing comes there is nothing to commit, and that is most of what an idle program does. Then it may
 * wait longer: records end the wait whenever they come. One thread uses it.
 */
final class IdlePoll {
    /** Tasks that change hands, and the end of the program, wait for it too. */
    static final Duration WAIT = Duration.ofMillis(200);

    private final long busyNanos;
    private final LongSupplier nanoTime;
    private long lastCame;

    /** @param busyFor after the last records it waits only as long as it is asked to: all of them are committed by then */
    IdlePoll(Duration busyFor, LongSupplier nanoTime) {
        this.busyNanos = busyFor.toNanos();
        this.nanoTime = nanoTime;
        this.lastCame = nanoTime.getAsLong();
    }

    /** As long as is asked, or longer; who does not want to wait at all does not. */
    Duration insteadOf(Duration asked) {
        boolean idle = nanoTime.getAsLong() - lastCame > busyNanos;
        return idle && asked.isPositive() && asked.compareTo(WAIT) < 0 ? WAIT : asked;
    }

    /** Records have come. */
    void came() {
        lastCame = nanoTime.getAsLong();
    }
}
