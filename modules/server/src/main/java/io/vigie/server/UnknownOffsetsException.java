package io.vigie.server;

/** Kafka did not say, or not in time, where a topic ends or a group stands. */
public final class UnknownOffsetsException extends RuntimeException {
    public UnknownOffsetsException(String message, Throwable cause) {
        super(message, cause);
    }
}
