package io.vigie.topology;

import java.time.Duration;

/**
 * Tells a fault of our own from a text it fails on: when understanding fails on event after event, burying them all would
 * empty the topic into the dead letters, and the stream stops instead. It is so when the last {@link #FAILURES} failures
 * lie within {@link #WITHIN} and of the events after the first of them more than half failed. Input that could not be read
 * or broke a rule counts as neither: however much of it comes, nothing stops.
 *
 * <p>One for all threads of a process; once open it stays open.
 */
final class CircuitBreaker {
    /** So many events may fail at once before it counts as a fault of every event. */
    static final int FAILURES = 50;

    static final Duration WITHIN = Duration.ofMinutes(1);

    /** Of the last failures, in a ring: when they were, and how many events had been understood before. */
    private final long[] failedAt = new long[FAILURES];

    private final long[] understoodBefore = new long[FAILURES];
    private long failures;
    private long understood;
    private boolean open;

    /** An event was understood. */
    synchronized void understood() {
        understood++;
    }

    /**
     * Understanding an event failed.
     *
     * @param now milliseconds of a clock that does not jump much
     * @return whether the stream must stop at this event, without burying it
     */
    synchronized boolean opensAt(long now) {
        int newest = (int) (failures % FAILURES);
        failedAt[newest] = now;
        understoodBefore[newest] = understood;
        failures++;
        int oldest = (int) (failures % FAILURES);
        open |= failures >= FAILURES
                && now - failedAt[oldest] <= WITHIN.toMillis()
                && understood - understoodBefore[oldest] < FAILURES - 1;
        return open;
    }
}
