package io.vigie.index;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a commit tells of {@link Upkeep}.
 *
 * @param erasedSince the oldest erasure of which words may still be on disk
 * @param retention the one that was in force
 * @param expired how many verbatims were removed or never taken because of their age, since the index was built
 */
public record UpkeepState(Optional<Instant> erasedSince, Optional<Duration> retention, long expired) {
    static final UpkeepState NONE = new UpkeepState(Optional.empty(), Optional.empty(), 0);
}
