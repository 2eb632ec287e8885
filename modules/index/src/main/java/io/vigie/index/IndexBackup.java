package io.vigie.index;

import io.vigie.events.TopicSpec;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.util.IOUtils;

/**
 * Copies of a whole index, with its checkpoint, so that it need not be built from all of Kafka. A copy is an index like any
 * other: {@link IndexCheck} and {@link IndexStats} read it.
 */
public final class IndexBackup {
    /**
     * Oldest copy that is taken back. Kafka forgets that a verbatim was erased after {@link TopicSpec#TOMBSTONE_RETENTION},
     * and an older copy would bring it back for good; a day is left for the sink to catch up.
     */
    public static final Duration AGE_MAX = TopicSpec.TOMBSTONE_RETENTION.minusDays(1);

    private IndexBackup() {}

    /**
     * Copies the last commit into a new or empty directory while the index may be written. Every file is read back against
     * its checksum (from the system's memory, most likely: a disk that lies is found by a later check), and the file
     * that makes it an index comes last, so that a copy that was cut short is none.
     *
     * @return what was copied
     * @throws IndexUnusableException when there is no index, it is damaged, or the target is not empty; nothing is left
     */
    public static IndexStats make(Path index, Path target) throws IOException {
        if (target.toAbsolutePath()
                .normalize()
                .startsWith(index.toAbsolutePath().normalize())) {
            throw new IndexUnusableException(target + " is inside the index " + index + "; choose another directory");
        }
        try (var directory = IndexSnapshot.directory(index);
                var commit = OpenFailure.explained(index.toString(), () -> PinnedCommit.of(directory))) {
            OpenFailure.explained(target.toString(), () -> {
                copy(commit, index, target);
                return target;
            });
            return IndexStats.of(commit, index);
        }
    }

    /**
     * Puts a copy in the place of an index, after it was checked whole.
     *
     * @param replace moves an index that is there aside; else it is a reason to refuse
     * @return where the index that was there is now
     * @throws IndexUnusableException when the copy is damaged, of another version or older than {@link #AGE_MAX}, when an
     *     index is there or a process writes it; everything is then as it was
     */
    public static Optional<Path> restore(Path backup, Path index, boolean replace, Clock clock) throws IOException {
        if (!Files.isDirectory(index)) {
            requireUsable(backup, clock);
            moveIn(copied(backup, index, clock), index);
            return Optional.empty();
        }
        try (var held = HeldIndex.of(index)) {
            if (held.hasIndex() && !replace) {
                throw new IndexUnusableException("there is an index in " + index + "; replace it with --force");
            }
            requireUsable(backup, clock);
            var copy = copied(backup, index, clock);
            boolean hadIndex = held.hasIndex();
            var old = held.setAside(clock.instant());
            moveIn(copy, index);
            return hadIndex || !onlyLock(old) ? Optional.of(old) : Optional.empty();
        }
    }

    /** Removes a directory that had nothing in it but the lock. */
    private static boolean onlyLock(Path old) throws IOException {
        Files.deleteIfExists(old.resolve(IndexWriter.WRITE_LOCK_NAME));
        try {
            Files.delete(old);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    /**
     * Checks the whole of a copy.
     *
     * @throws IndexUnusableException when it cannot be restored; says why and what to do
     */
    public static void requireUsable(Path backup, Clock clock) throws IOException {
        var check = IndexCheck.of(backup);
        if (!check.damages().isEmpty()) {
            throw new IndexDamagedException("the backup in " + backup + " is damaged ("
                    + IndexDamagedException.named(check.damages()) + "); take another one, or: vigie index rebuild");
        }
        var age = Duration.between(IndexStats.of(backup).committedAt(), clock.instant());
        if (age.compareTo(AGE_MAX) > 0) {
            throw new IndexUnusableException("the backup in " + backup + " is " + age.toDays()
                    + " days old: what was erased since might come back, because Kafka forgets erasures after "
                    + TopicSpec.TOMBSTONE_RETENTION.toDays() + " days; build the index anew: vigie index rebuild");
        }
    }

    /** The copy beside the index, on the same disk, so that it can be moved in at once. */
    private static Path copied(Path backup, Path index, Clock clock) throws IOException {
        var copy = HeldIndex.beside(index, ".new-", clock.instant());
        make(backup, copy);
        return copy;
    }

    private static void moveIn(Path copy, Path index) throws IOException {
        Files.move(copy, index, StandardCopyOption.ATOMIC_MOVE);
        IOUtils.fsync(copy.toAbsolutePath().getParent(), true);
    }

    private static void copy(PinnedCommit commit, Path index, Path target) throws IOException {
        boolean existed = Files.exists(target);
        requireEmpty(target);
        boolean done = false;
        try (var directory = FSDirectory.open(target)) {
            try {
                copy(commit, directory, index);
                done = true;
            } finally {
                if (!done) {
                    IOUtils.deleteFilesIgnoringExceptions(directory, List.of(directory.listAll()));
                }
            }
        } finally {
            if (!done && !existed) {
                Files.deleteIfExists(target);
            }
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        if (Files.exists(target)) {
            if (!Files.isDirectory(target)) {
                throw new IndexUnusableException(target + " is not a directory; choose another one");
            }
            try (var files = Files.newDirectoryStream(target)) {
                if (files.iterator().hasNext()) {
                    throw new IndexUnusableException(target + " is not empty; choose a new directory");
                }
            }
        }
    }

    private static void copy(PinnedCommit commit, Directory target, Path index) throws IOException {
        var damages = new ArrayList<>(commit.missing());
        String segmentsFile = commit.commit().getSegmentsFileName();
        String pending = segmentsFile.replace(IndexFileNames.SEGMENTS, IndexFileNames.PENDING_SEGMENTS);
        for (String file : commit.listAll()) {
            String name = file.equals(segmentsFile) ? pending : file;
            target.copyFrom(commit, file, name, IOContext.DEFAULT);
            target.sync(List.of(name));
            IndexCheck.checksum(target, name).ifPresent(damages::add);
        }
        if (!damages.isEmpty()) {
            throw new IndexDamagedException("the index in " + index + " is damaged and was not copied ("
                    + IndexDamagedException.named(damages) + "); see vigie index check");
        }
        target.rename(pending, segmentsFile);
        target.syncMetaData();
    }
}
