package io.vigie.app;

import io.vigie.events.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param reason the reason they give
 * @param topic where their records were read, by its whole name
 * @param since when their records were produced, at the earliest
 */
record DeadLetterFilter(Optional<String> reason, Optional<String> topic, Optional<Instant> since) {
    static final DeadLetterFilter ALL = new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.empty());

    boolean takes(DeadLetter letter, long timestamp) {
        return reason.map(letter.reason()::equals).orElse(true)
                && topic.map(letter.topic()::equals).orElse(true)
                && since.map(time -> timestamp >= time.toEpochMilli()).orElse(true);
    }
}
