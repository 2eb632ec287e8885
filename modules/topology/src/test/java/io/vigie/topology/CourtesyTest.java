package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

@EnabledOnOs(LINUX)
class CourtesyTest {
    private static final int NICE_FIELD = 16;

    @Test
    void onlyTheThreadThatAskedYields() throws InterruptedException {
        int before = nice();
        var inside = new AtomicInteger();

        var thread = Thread.ofPlatform().start(() -> {
            Courtesy.begin();
            inside.set(nice());
        });
        thread.join();

        assertThat(inside.get()).isEqualTo(Math.max(5, before));
        assertThat(nice()).isEqualTo(before);
    }

    /** Of the calling thread, as Linux tells it. */
    private static int nice() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Integer.parseInt(fields[NICE_FIELD]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
