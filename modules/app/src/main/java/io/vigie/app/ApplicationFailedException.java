package io.vigie.app;

/** A part of the running process failed for good; the message says which and what to do. */
final class ApplicationFailedException extends Exception {
    ApplicationFailedException(String message) {
        super(message);
    }
}
