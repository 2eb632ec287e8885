package io.vigie.index;

import java.time.Clock;
import java.time.Duration;
import org.apache.lucene.index.QueryTimeout;

/** When a search must end. */
record Deadline(Clock clock, long endMillis) implements QueryTimeout {
    /** Longest a search may take; two requests in a row stay below what a user waits for. */
    static final Duration SEARCH_TIME_MAX = Duration.ofMillis(1_500);

    static Deadline ofSearch(Clock clock) {
        return new Deadline(clock, clock.millis() + SEARCH_TIME_MAX.toMillis());
    }

    /** The same, or earlier when a part of a search may only take so long from now on. */
    Deadline within(Duration part) {
        return new Deadline(clock, Math.min(endMillis, clock.millis() + part.toMillis()));
    }

    @Override
    public boolean shouldExit() {
        return clock.millis() >= endMillis;
    }
}
