package io.vigie.app.embedded;

/** A part of the embedded stack cannot start; the message says which, why, and what to do. */
public final class EmbeddedException extends RuntimeException {
    EmbeddedException(String message) {
        super(message);
    }

    EmbeddedException(String message, Throwable cause) {
        super(message, cause);
    }
}
