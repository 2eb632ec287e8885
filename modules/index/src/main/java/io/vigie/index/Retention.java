package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps verbatims beyond a certain age out of the index. Owned by the sink's thread. */
final class Retention {
    /** How often what has grown too old is removed; each time costs a rewriting of the segments that had it. */
    static final Duration EVERY = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private final Clock clock;
    private final Optional<Duration> age;
    private Optional<Instant> lastTime = Optional.empty();

    Retention(Clock clock, Optional<Duration> age) {
        this.clock = clock;
        this.age = age;
    }

    /** Whether a verbatim is too old to be taken: it is read again from a topic that keeps longer than we do. */
    boolean excludes(Verbatim verbatim) {
        return age.isPresent() && verbatim.getOccurredAt().isBefore(end(age.get()));
    }

    boolean due() {
        return age.isPresent()
                && lastTime.map(last -> !clock.instant().isBefore(last.plus(EVERY)))
                        .orElse(true);
    }

    /**
     * Removes what is too old.
     *
     * @param visible what searches see, just refreshed
     * @return how many verbatims
     */
    int expire(DirectoryReader visible, CheckpointedWriter writer) throws IOException {
        lastTime = Optional.of(clock.instant());
        var end = end(age.orElseThrow());
        int expired = new IndexSearcher(visible).count(VerbatimDocument.before(end));
        if (expired > 0) {
            writer.deleteBefore(end);
            log.info("verbatims have left the index because of their age verbatims={} said_before={}", expired, end);
        }
        return expired;
    }

    private Instant end(Duration kept) {
        return clock.instant().minus(kept);
    }
}
