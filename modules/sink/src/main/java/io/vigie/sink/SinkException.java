package io.vigie.sink;

import io.vigie.index.IndexDamagedException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.AuthorizationException;
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

    /** What a failure of reading or writing means to an operator; empty when going back and trying again may mend it. */
    static Optional<SinkException> needingOperator(Exception failure, String topic) {
        return switch (failure) {
            case SinkException e -> Optional.of(e);
            case IndexDamagedException e -> Optional.of(needingRebuild(String.valueOf(e.getMessage()), e));
            case OffsetOutOfRangeException e ->
                Optional.of(needingRebuild(
                        "Kafka has no records where the index would go on reading (" + e.offsetOutOfRangePartitions()
                                + "): they were removed before the index had read them, or lost;"
                                + " build it anew: vigie index rebuild --yes",
                        e));
            case AuthorizationException e ->
                Optional.of(new SinkException("the sink may not read " + topic + ": " + e.getMessage(), e));
            default -> Optional.empty();
        };
    }

    boolean isMendedByRebuild() {
        return mendedByRebuild;
    }
}
