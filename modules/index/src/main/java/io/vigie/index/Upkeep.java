package io.vigie.index;

import java.time.Duration;
import java.util.Optional;

/**
 * What an index no longer holds, and since when.
 *
 * @param purgeAfter how long after an erasure the work begins that takes the words of the erased verbatim off the disk;
 *     what is erased meanwhile is purged together with it
 * @param retention age, counted from when they were said, at which verbatims leave the index; none: never
 */
public record Upkeep(Duration purgeAfter, Optional<Duration> retention) {
    /** Purges within the hour, and keeps verbatims whatever their age. */
    public static Upkeep standard() {
        return new Upkeep(Duration.ofMinutes(30), Optional.empty());
    }
}
