package io.vigie.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.util.IOUtils;

/**
 * The directory of an index, held as a writer would hold it, so that no other process writes to it meanwhile.
 *
 * <p>What is moved aside lies beside it: {@code index.old-TIME} was replaced, {@code index.damaged-TIME} was damaged.
 */
public final class HeldIndex implements Closeable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String OLD = ".old-";
    private static final String DAMAGED = ".damaged-";

    private final Path path;
    private final FSDirectory directory;
    private final Lock lock;

    private HeldIndex(Path path, FSDirectory directory, Lock lock) {
        this.path = path;
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Holds an existing directory, with an index or without.
     *
     * @throws IndexUnusableException when a running process holds it, or it is not permitted
     */
    public static HeldIndex of(Path path) throws IOException {
        String place = path.toString();
        var directory = OpenFailure.explained(place, () -> FSDirectory.open(path));
        try {
            var lock = OpenFailure.explained(place, () -> directory.obtainLock(IndexWriter.WRITE_LOCK_NAME));
            return new HeldIndex(path, directory, lock);
        } catch (IOException e) {
            IOUtils.closeWhileHandlingException(directory);
            throw e;
        }
    }

    /** Whether there is anything of an index, sound or not. */
    public boolean hasIndex() throws IOException {
        return IndexCheck.any(directory);
    }

    FSDirectory directory() {
        return directory;
    }

    /** Moves the index aside, whole, because another one shall take its place; says where it is now. */
    public Path setAside(Instant now) throws IOException {
        return moveTo(OLD, now);
    }

    Path setAsideDamaged(Instant now) throws IOException {
        return moveTo(DAMAGED, now);
    }

    /** What {@link #setAside} has left beside an index, the oldest first. */
    public static List<Path> old(Path path) throws IOException {
        return beside(path, OLD);
    }

    /** Deletes what {@link #setAside} has left: it still holds what is erased from its successor. */
    public static void deleteOld(Path path) throws IOException {
        IOUtils.rm(old(path).toArray(Path[]::new));
    }

    static List<Path> damaged(Path path) throws IOException {
        return beside(path, DAMAGED);
    }

    /** Where the damaged index that has to make room is kept; empty when enough of them are. */
    static Optional<Path> besideDamaged(Path path, Instant now) throws IOException {
        return damaged(path).size() < Screening.DAMAGED_MAX
                ? Optional.of(beside(path, DAMAGED, now))
                : Optional.empty();
    }

    static Path besideOld(Path path, Instant now) {
        return beside(path, OLD, now);
    }

    static Path beside(Path path, String kind, Instant now) {
        return path.toAbsolutePath().resolveSibling(path.getFileName() + kind + TIME.format(now));
    }

    private static List<Path> beside(Path path, String kind) throws IOException {
        var parent = path.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return List.of();
        }
        try (var siblings = Files.newDirectoryStream(
                parent, sibling -> sibling.getFileName().toString().startsWith(path.getFileName() + kind))) {
            var found = new ArrayList<Path>();
            siblings.forEach(found::add);
            found.sort(null);
            return found;
        }
    }

    /** The lock goes with it, and is still ours until we close. */
    private Path moveTo(String kind, Instant now) throws IOException {
        var target = beside(path, kind, now);
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw new IndexUnusableException(
                    "cannot move " + path + " to " + target + " (" + e.getMessage()
                            + "); move or delete what is in it to have it built anew from Kafka",
                    e);
        }
        return target;
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(lock, directory);
    }
}
