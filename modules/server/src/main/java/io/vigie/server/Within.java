package io.vigie.server;

import java.time.Instant;
import java.util.Optional;

/**
 * A part of time.
 *
 * @param from its first instant, if it has one
 * @param to the first instant after it, if it ends
 */
record Within(Optional<Instant> from, Optional<Instant> to) {
    static final Within ALWAYS = new Within(Optional.empty(), Optional.empty());

    boolean holds(Instant time) {
        return from.map(first -> !time.isBefore(first)).orElse(true)
                && to.map(time::isBefore).orElse(true);
    }
}
