package io.vigie.topology;

import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Understanding fails on one event or verbatim after the other, by a fault of our own: the stream stops, and goes on at the
 * same one once that is mended. The message is for the operator; neither it nor a cause quotes a customer.
 */
final class UnderstandingFailedException extends RuntimeException {
    /**
     * One that stops the stream.
     *
     * @param what is understood, in one word
     * @param fault its message may quote the customer, so only its type and its place in the code are kept
     * @param afterwards what is to be done about those that were buried
     */
    UnderstandingFailedException(String what, RecordMetadata origin, Throwable fault, String afterwards) {
        super("understanding failed on " + CircuitBreaker.FAILURES + " " + what + "s within "
                + CircuitBreaker.WITHIN.toSeconds() + " s and on more than it understood, at last on " + origin.topic()
                + "-" + origin.partition() + "@" + origin.offset() + " with "
                + fault.getClass().getName()
                + "; that is a fault of this version or of its taxonomy: mend it or go back to the version before,"
                + " and start again, which goes on at that " + what + "; then " + afterwards);
        setStackTrace(fault.getStackTrace());
    }
}
