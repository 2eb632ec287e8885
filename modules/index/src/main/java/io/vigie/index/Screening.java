package io.vigie.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentInfos;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks an index over before it is opened for writing. Lucene opens an index without reading most of it, and a damaged
 * page may give wrong answers for long before a merge reads it and fails.
 */
final class Screening {
    /** Longer would keep a restart waiting; what is left out is logged, and read by {@code vigie index check}. */
    private static final long BYTES_MAX = 8L << 30;

    /** A disk that damages one index after the other must be mended, and each damaged one takes room. */
    static final int DAMAGED_MAX = 3;

    private static final Logger log = LoggerFactory.getLogger(Screening.class);

    private Screening() {}

    /**
     * Lets a sound or missing index pass; a damaged one, and one of another version, is moved aside or refused.
     *
     * @return what searches may still be shown of a damaged one
     * @throws IndexDamagedException when it is refused, or too many were moved aside already
     */
    static Optional<Remains> screen(Path index, OnDamage onDamage, Clock clock) throws IOException {
        if (!Files.isDirectory(index)) {
            return Optional.empty();
        }
        // Held, because the index of a running process must not be moved away under its feet.
        try (var held = HeldIndex.of(index)) {
            // Without a commit there is nothing to screen: a process that was killed before its first one leaves such
            // files, and the writer begins anew.
            return DirectoryReader.indexExists(held.directory())
                    ? screen(held, index, onDamage, clock)
                    : Optional.empty();
        }
    }

    private static Optional<Remains> screen(HeldIndex held, Path index, OnDamage onDamage, Clock clock)
            throws IOException {
        String place = index.toString();
        try {
            var check = OpenFailure.explained(place, () -> IndexCheck.quick(held.directory(), BYTES_MAX));
            if (!check.damages().isEmpty()) {
                var kept = answer(held, index, onDamage, IndexDamagedException.named(check.damages()), clock);
                return Remains.of(kept, check.damages());
            }
            if (check.unread() > 0) {
                log.warn(
                        "the index is too large to be read whole at the start; read it with: vigie index check"
                                + " index={} unread_bytes={}",
                        index,
                        check.unread());
            }
            CommitData.check(SegmentInfos.readLatestCommit(held.directory()).getUserData(), place);
            return Optional.empty();
        } catch (IndexOutdatedException e) {
            if (onDamage == OnDamage.REFUSE) {
                throw e;
            }
            var old = held.setAside(clock.instant());
            log.warn(
                    "the index was made by another version and is built anew from Kafka; the former one is deleted when"
                            + " that is done: index={} old={}",
                    index,
                    old,
                    e);
            // Its fields may mean something else, and its verbatims are stored without the schema to read them by.
            return Optional.empty();
        }
    }

    private static Path answer(HeldIndex held, Path index, OnDamage onDamage, String damages, Clock clock)
            throws IOException {
        var former = HeldIndex.damaged(index);
        return switch (onDamage) {
            case REFUSE -> throw new IndexDamagedException(OpenFailure.unreadable(index.toString(), damages));
            case REBUILD -> {
                if (former.size() >= DAMAGED_MAX) {
                    throw new IndexDamagedException("the index in " + index + " is damaged (" + damages + "), as "
                            + former.size() + " before it were (" + former.getFirst()
                            + " and others): mend the disk, then delete those to have it built anew from Kafka");
                }
                var kept = held.setAsideDamaged(clock.instant());
                log.error(
                        "the index is damaged and is built anew from Kafka; find out what damaged it, then delete the"
                                + " damaged one, which still holds what is erased from now on:"
                                + " index={} damaged={} damages={}",
                        index,
                        kept,
                        damages);
                yield kept;
            }
        };
    }
}
