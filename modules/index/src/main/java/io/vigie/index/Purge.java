package io.vigie.index;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is erased off the disk. A deleted document stays in the files of its segment until that segment is merged,
 * which may be never; so some time after an erasure every segment with deletions is rewritten, in the threads that merge
 * anyway, and the purge is over when no file of those segments is left: no search, no page and no commit needs them any
 * more. Owned by the sink's thread, but for {@link #pendingSince}.
 */
final class Purge {
    /** How often a purge under way is looked after. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Purge.class);

    private final Clock clock;
    private final Duration after;
    /** The oldest erasure that may still be on disk. */
    private volatile Optional<Instant> pendingSince;

    /** The oldest erasure since the purge under way began. */
    private Optional<Instant> nextSince = Optional.empty();

    private Stage stage = Stage.NONE;
    private Set<String> targets = Set.of();
    private Set<String> gone = Set.of();
    private boolean again;
    private long lookedAtMillis = Long.MIN_VALUE;

    /** @param pendingSince as the last commit says */
    Purge(Clock clock, Duration after, Optional<Instant> pendingSince) {
        this.clock = clock;
        this.after = after;
        this.pendingSince = pendingSince;
    }

    private enum Stage {
        NONE,
        /** Segments with deletions are being rewritten. */
        REWRITING,
        /** They are; now whoever holds their files must let go. */
        LETTING_GO
    }

    /** What a step asks of its caller. */
    enum Wish {
        NOTHING,
        COMMIT
    }

    /** Something was erased just now. */
    void erased() {
        var now = Optional.of(clock.instant());
        if (pendingSince.isEmpty()) {
            pendingSince = now;
        } else if (stage != Stage.NONE && nextSince.isEmpty()) {
            nextSince = now;
        }
    }

    /** The oldest erasure of which words may be on disk; empty when there is none. Any thread. */
    Optional<Instant> pendingSince() {
        return pendingSince;
    }

    /** Whether {@link #step} has anything to do; costs next to nothing. */
    boolean due() {
        if (pendingSince.isEmpty()) {
            return false;
        }
        long now = clock.millis();
        // A clock that was set back must not end the work.
        boolean looked = now >= lookedAtMillis && now < lookedAtMillis + LOOK_EVERY.toMillis();
        return stage == Stage.NONE
                ? !clock.instant().isBefore(pendingSince.get().plus(after))
                : !looked;
    }

    /**
     * Does the next bit of work.
     *
     * @param visible what searches see, just refreshed
     */
    Wish step(DirectoryReader visible, CheckpointedWriter writer, Snapshots snapshots, Directory directory)
            throws IOException {
        lookedAtMillis = clock.millis();
        if (stage == Stage.NONE) {
            begin(visible, writer);
        }
        if (stage == Stage.REWRITING) {
            return rewrite(visible, writer, snapshots);
        }
        return letGo(directory);
    }

    /** The writer has gone back to its last commit: whatever was rewritten since may be there again. */
    void restart() {
        stage = Stage.NONE;
        nextSince = Optional.empty();
    }

    private void begin(DirectoryReader visible, CheckpointedWriter writer) throws IOException {
        stage = Stage.REWRITING;
        targets = withDeletions(visible);
        gone = new HashSet<>(targets);
        var merging = writer.mergingSegments();
        // A merge that began before the erasure copies what was erased since; what it makes must be rewritten too.
        again = targets.stream().anyMatch(merging::contains);
    }

    private Wish rewrite(DirectoryReader visible, CheckpointedWriter writer, Snapshots snapshots) throws IOException {
        var left = names(visible);
        left.retainAll(targets);
        if (left.isEmpty() && again) {
            again = false;
            targets = withDeletions(visible);
            gone.addAll(targets);
            left = targets;
        }
        if (!left.isEmpty()) {
            writer.rewrite(left);
            return Wish.NOTHING;
        }
        snapshots.letGo(gone);
        stage = Stage.LETTING_GO;
        // The last commit names the files still.
        return Wish.COMMIT;
    }

    private Wish letGo(Directory directory) throws IOException {
        for (String file : directory.listAll()) {
            if (gone.contains(IndexFileNames.parseSegmentName(file))) {
                // A search or an export is reading them; both have an end.
                return Wish.NOTHING;
            }
        }
        log.info("what was erased is off the disk erased_since={} segments={}", pendingSince, gone.size());
        pendingSince = nextSince;
        nextSince = Optional.empty();
        stage = Stage.NONE;
        return Wish.COMMIT;
    }

    private static Set<String> withDeletions(DirectoryReader reader) {
        return reader.leaves().stream()
                .filter(leaf -> leaf.reader().hasDeletions())
                .map(Purge::name)
                .collect(Collectors.toSet());
    }

    static Set<String> names(DirectoryReader reader) {
        return reader.leaves().stream().map(Purge::name).collect(Collectors.toCollection(HashSet::new));
    }

    private static String name(LeafReaderContext leaf) {
        return ((SegmentReader) FilterLeafReader.unwrap(leaf.reader())).getSegmentName();
    }
}
