package io.vigie.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place beside an index, {@code index.next}, where its successor is built. That the directory is there, empty or not,
 * is the request to build one: it needs no running process, and survives one that is killed.
 */
public final class NextIndex {
    private static final Logger log = LoggerFactory.getLogger(NextIndex.class);

    private NextIndex() {}

    public static Path of(Path index) throws IOException {
        // The index may be a link to another disk; its successor takes the place it points to.
        Path real = real(index);
        return real.resolveSibling(real.getFileName() + ".next");
    }

    private static Path real(Path index) throws IOException {
        try {
            return index.toRealPath();
        } catch (NoSuchFileException e) {
            // Not made yet, or exchanged at this moment.
            return index.toAbsolutePath();
        }
    }

    /** Asks for a successor; false when that was done already, and what is built of it so far goes on. */
    public static boolean request(Path index) throws IOException {
        Path next = of(index);
        if (Files.isDirectory(next)) {
            return false;
        }
        Files.createDirectories(next);
        return true;
    }

    public static boolean isRequested(Path index) throws IOException {
        return Files.isDirectory(of(index));
    }

    /** Throws away what was built so far; the request stands. No process may write it. */
    public static void startOver(Path index) throws IOException {
        try (var files = Files.newDirectoryStream(of(index))) {
            for (Path file : files) {
                IOUtils.rm(file);
            }
        }
    }

    /**
     * Moves a successor in where there is no index: because an exchange was cut off between its two moves, or because the
     * index was moved aside. However little it has read, it is further than a new one.
     *
     * @return whether there was one to move
     */
    static boolean moveIn(Path index) throws IOException {
        if (Files.exists(index) || !isRequested(index)) {
            return false;
        }
        Files.move(of(index), index, StandardCopyOption.ATOMIC_MOVE);
        log.info("the index that was built anew takes over index={}", index);
        return true;
    }

    /**
     * Puts a successor in the place of an index, which is moved aside. A crash on the way is mended by
     * {@link #moveIn}; when it fails, the index is where it was.
     *
     * @param index its real path; nobody writes to either of them
     * @param old where the former index is put, beside it
     */
    static void exchange(Path index, Path next, Path old) throws IOException {
        Files.move(index, old, StandardCopyOption.ATOMIC_MOVE);
        boolean done = false;
        try {
            Files.move(next, index, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Files.move(old, index, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        IOUtils.fsync(index.toAbsolutePath().getParent(), true);
    }
}
