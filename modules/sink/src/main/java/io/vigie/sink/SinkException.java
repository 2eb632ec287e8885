package io.vigie.sink;

import org.jspecify.annotations.Nullable;

/** The sink cannot go on without an operator; the message says what happened and what to do. */
public final class SinkException extends RuntimeException {
    private final boolean mendedByRebuild;

    SinkException(String message) {
        super(message);
        this.mendedByRebuild = false;
    }

    SinkException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private SinkException(String message, @Nullable Throwable cause, boolean mendedByRebuild) {
        super(message, cause);
        this.mendedByRebuild = mendedByRebuild;
    }

    /** Only an index that is built anew can go on from here. */
    static SinkException needingRebuild(String message, @Nullable Throwable cause) {
        return new SinkException(message, cause, true);
    }

    boolean isMendedByRebuild() {
        return mendedByRebuild;
    }
}
