package io.vigie.index;

import java.time.Duration;
import java.util.Optional;

/**
 * What is done for an index in the background: what it no longer holds, since when, and how often it is checked.
 *
 * @param purgeAfter how long after an erasure the work begins that takes the words of the erased verbatim off the disk;
 *     what is erased meanwhile is purged together with it
 * @param retention age, counted from when they were said, at which verbatims leave the index; none: never
 * @param checkEvery how often the files of segments that are new since are read back and held against their checksums, in
 *     the background
 */
public record Upkeep(Duration purgeAfter, Optional<Duration> retention, Duration checkEvery) {
    private static final Duration CHECK_EVERY = Duration.ofSeconds(10);

    /** Checked as by {@link #standard}. */
    public Upkeep(Duration purgeAfter, Optional<Duration> retention) {
        this(purgeAfter, retention, CHECK_EVERY);
    }

    /** Purges within the hour, and keeps verbatims whatever their age. */
    public static Upkeep standard() {
        return new Upkeep(Duration.ofMinutes(30), Optional.empty());
    }
}
