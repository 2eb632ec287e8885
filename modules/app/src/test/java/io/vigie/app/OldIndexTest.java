package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OldIndexTest {
    @TempDir
    private Path data;

    private Path old;
    private Path damaged;

    @BeforeEach
    void place() throws IOException {
        old = Files.createDirectory(data.resolve("index.old-20260101T000000.000Z"));
        damaged = Files.createDirectory(data.resolve("index.damaged-20260101T000000.000Z"));
        Files.writeString(old.resolve("segments_1"), "old");
    }

    @Test
    void theOldIndexIsDeletedOnceTheNewOneHasCaughtUp() throws InterruptedException {
        var asked = new CountDownLatch(3);
        var caughtUp = new AtomicBoolean();
        var removal = OldIndex.removing(
                data.resolve("index"),
                () -> {
                    asked.countDown();
                    return caughtUp.get();
                },
                Duration.ofMillis(1));
        asked.await();
        boolean keptUntilThen = Files.exists(old);
        caughtUp.set(true);
        removal.join();

        assertThat(keptUntilThen).isTrue();
        assertThat(old).doesNotExist();
        assertThat(damaged).exists();
    }

    @Test
    void whatEndsBeforeHasDeletedNothing() throws InterruptedException {
        OldIndex.removing(data.resolve("index"), () -> false).close();

        assertThat(old).exists();
    }
}
