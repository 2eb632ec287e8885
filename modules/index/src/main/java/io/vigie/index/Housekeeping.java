package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOSupplier;

/**
 * What an index must not hold leaves it: what has grown too old, and the words of what is erased. Owned by the sink's
 * thread, but for {@link #oldestErasure}.
 */
final class Housekeeping {
    private final Clock clock;
    private final Upkeep upkeep;
    private final CheckpointedWriter writer;
    private final IndexMetrics metrics;
    private final Retention retention;
    private volatile Purge purge;
    private long expired;

    Housekeeping(Clock clock, Upkeep upkeep, CheckpointedWriter writer, IndexMetrics metrics) {
        this.clock = clock;
        this.upkeep = upkeep;
        this.writer = writer;
        this.metrics = metrics;
        this.retention = new Retention(clock, upkeep.retention());
        this.purge = purge();
        this.expired = writer.upkeep().expired();
    }

    private Purge purge() {
        return new Purge(clock, upkeep.purgeAfter(), writer.upkeep().erasedSince());
    }

    /** Whether a verbatim is young enough to be taken; the former version of one that is not leaves the index. */
    boolean keeps(Verbatim verbatim) throws IOException {
        if (retention.excludes(verbatim)) {
            writer.delete(verbatim.getVerbatimId());
            expired(1);
            return false;
        }
        return true;
    }

    void erased() {
        purge.erased();
    }

    /**
     * Does the next bit of the work that is due; cheap when nothing is.
     *
     * @param refreshed lets searches see all that was written, and gives that
     * @return whether what it did needs a commit before it can go on
     */
    boolean tidy(IOSupplier<DirectoryReader> refreshed, Snapshots snapshots, Directory directory) throws IOException {
        boolean commit = false;
        if (retention.due()) {
            int removed = retention.expire(refreshed.get(), writer);
            if (removed > 0) {
                expired(removed);
                purge.erased();
                commit = true;
            }
        }
        if (purge.due()) {
            commit |= purge.step(refreshed.get(), writer, snapshots, directory) == Purge.Wish.COMMIT;
        }
        return commit;
    }

    private void expired(int verbatims) {
        expired += verbatims;
        metrics.expired(verbatims);
    }

    /** What the next commit tells of it. */
    UpkeepState state() {
        return new UpkeepState(purge.pendingSince(), upkeep.retention(), expired);
    }

    /** The writer has gone back to its last commit. */
    void rolledBack() {
        purge.restart();
        expired = writer.upkeep().expired();
    }

    /** The writer writes another index now. */
    void replaced() {
        purge = purge();
        expired = writer.upkeep().expired();
    }

    /** The oldest erasure of which words may still be on disk; empty when there is none. */
    Optional<Instant> erasedSince() {
        return purge.pendingSince();
    }

    /** How long ago the oldest erasure was of which words may still be on disk; zero when there is none. */
    Duration oldestErasure() {
        return purge.pendingSince()
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
    }
}
