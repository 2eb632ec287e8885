package io.vigie.sink;

/** The sink cannot go on without an operator; the message says what happened and what to do. */
public final class SinkException extends RuntimeException {
    SinkException(String message) {
        super(message);
    }

    SinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
