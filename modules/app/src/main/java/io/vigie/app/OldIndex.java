package io.vigie.app;

import io.vigie.index.HeldIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the indexes that were moved aside by {@code vigie index rebuild} and {@code restore}, once their successor has
 * caught up: until then they can be put back, afterwards they would only keep what is erased from it.
 */
final class OldIndex implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OldIndex.class);

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Path index;
    private final BooleanSupplier caughtUp;
    private final Thread thread;

    private OldIndex(Path index, BooleanSupplier caughtUp, Duration poll) {
        this.index = index;
        this.caughtUp = caughtUp;
        this.thread = Thread.ofVirtual().name("old-index").start(() -> run(poll));
    }

    /** Starts waiting; it ends by itself when the work is done. */
    static OldIndex removing(Path index, BooleanSupplier caughtUp) {
        return removing(index, caughtUp, POLL);
    }

    static OldIndex removing(Path index, BooleanSupplier caughtUp, Duration poll) {
        return new OldIndex(index, caughtUp, poll);
    }

    private void run(Duration poll) {
        try {
            var old = HeldIndex.old(index);
            if (!old.isEmpty()) {
                while (!caughtUp.getAsBoolean()) {
                    Thread.sleep(poll);
                }
                HeldIndex.deleteOld(index);
                log.info("the index has caught up and its predecessors are deleted predecessors={}", old);
            }
        } catch (IOException e) {
            log.warn(
                    "cannot delete the predecessors of the index, which still hold what is erased; delete them by hand:"
                            + " {}.old-*",
                    index,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
