package io.vigie.app.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The data directory of one installation, held by one process at a time. */
public final class DataDirectory implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the directory if need be and takes it.
     *
     * @throws EmbeddedException when another process holds it or it cannot be written
     */
    public static DataDirectory take(Path root) {
        Path file = root.resolve("vigie.lock");
        FileChannel channel = null;
        try {
            Files.createDirectories(root);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new EmbeddedException("another vigie already runs on " + root.toAbsolutePath()
                        + "; stop it, or choose another directory with --data");
            }
            return new DataDirectory(root, channel, lock);
        } catch (IOException e) {
            throw new EmbeddedException("cannot write the data directory " + root.toAbsolutePath() + ": " + e, e);
        }
    }

    public Path index() {
        return root.resolve("index");
    }

    public Path streams() {
        return root.resolve("streams");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path registry() {
        return root.resolve("registry");
    }

    /** The secret behind the customers' keys, made on first use and readable by its owner only. */
    public byte[] customerSecret() {
        Path file = root.resolve("customer.secret");
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[SECRET_BYTES];
                new SecureRandom().nextBytes(secret);
                Path written = Files.createTempFile(
                        root,
                        "customer",
                        ".secret",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(written, secret, StandardOpenOption.DSYNC);
                Files.move(written, file);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new EmbeddedException("cannot read or make " + file.toAbsolutePath() + ": " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw new EmbeddedException("cannot release " + root, e);
        }
    }
}
