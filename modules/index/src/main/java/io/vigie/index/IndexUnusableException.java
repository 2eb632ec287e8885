package io.vigie.index;

import java.io.IOException;

/** The index cannot be opened as it is; the message says why and what to do, in words for the one who runs it. */
public sealed class IndexUnusableException extends IOException permits IndexDamagedException, IndexOutdatedException {
    private static final long serialVersionUID = 1L;

    IndexUnusableException(String message) {
        super(message);
    }

    IndexUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
