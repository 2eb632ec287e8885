package io.vigie.understanding;

/** A cue that cannot be read; the message says where and why. */
final class CueSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    CueSyntaxException(String message, int position) {
        super(message + " at " + position);
    }
}
