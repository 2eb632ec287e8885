package io.vigie.topology;

/**
 * Understanding fails on event after event, by a fault of our own: the stream stops, and goes on at the same event once
 * that is mended. The message is for the operator; neither it nor a cause quotes a customer.
 */
final class UnderstandingFailedException extends RuntimeException {
    /** @param fault its message may quote the customer, so only its type and its place in the code are kept */
    UnderstandingFailedException(String topic, int partition, long offset, Throwable fault) {
        super("understanding failed on " + CircuitBreaker.FAILURES + " events within "
                + CircuitBreaker.WITHIN.toSeconds() + " s and on more than it understood, at last on " + topic + "-"
                + partition + "@" + offset + " with " + fault.getClass().getName()
                + "; that is a fault of this version or of its taxonomy: mend it or go back to the version before,"
                + " and start again, which goes on at that event; then send back those that were buried:"
                + " vigie dead-letters replay --reason " + Understanding.NOT_UNDERSTOOD);
        setStackTrace(fault.getStackTrace());
    }
}
