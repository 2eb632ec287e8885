package io.vigie.server;

/** Sends the records of dead letters back to the topics they were read from, each once for ever. Any thread may ask. */
public interface DeadLetterReplay {
    /** Most records that are sent at once. */
    int RECORDS_MAX = 1_000;

    /**
     * How many dead letters of a cause there are.
     *
     * @param reason that they give
     * @param topic where their records were read
     * @throws FailedException when Kafka does not say
     */
    Count count(String reason, String topic) throws FailedException;

    /**
     * Sends back the oldest {@value #RECORDS_MAX} that were not sent before.
     *
     * @return how many
     * @throws FailedException when not all were sent; what was sent is marked, so that the same can be asked again
     */
    long send(String reason, String topic) throws FailedException;

    /**
     * Dead letters of one cause.
     *
     * @param waiting how many can be sent back
     * @param sentBefore how many were
     * @param elsewhere how many are of no topic of events, and are never sent
     */
    record Count(long waiting, long sentBefore, long elsewhere) {}

    /** Says what went wrong, for people. */
    final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        public FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
