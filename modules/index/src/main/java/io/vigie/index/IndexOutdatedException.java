package io.vigie.index;

/** The index was made by another version, and only building it anew makes it readable; the message says which. */
public final class IndexOutdatedException extends IndexUnusableException {
    private static final long serialVersionUID = 1L;

    IndexOutdatedException(String message) {
        super(message);
    }

    IndexOutdatedException(String message, Throwable cause) {
        super(message, cause);
    }
}
