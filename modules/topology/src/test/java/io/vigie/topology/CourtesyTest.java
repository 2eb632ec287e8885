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

    @Test
    void theOptimisingCompilerYieldsAsWell() throws IOException {
        Courtesy.compilers();

        try (var threads = Files.list(Path.of("/proc/self/task"))) {
            var compilers = threads.filter(CourtesyTest::isOptimisingCompiler).toList();
            assertThat(compilers)
                    .isNotEmpty()
                    .allSatisfy(thread -> assertThat(nice(thread)).isGreaterThanOrEqualTo(5));
        }
    }

    /** A thread may end between the listing and the look. */
    private static boolean isOptimisingCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).startsWith("C2");
        } catch (IOException e) {
            return false;
        }
    }

    /** Of the calling thread, as Linux tells it. */
    private static int nice() {
        return nice(Path.of("/proc/thread-self"));
    }

    private static int nice(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Integer.parseInt(fields[NICE_FIELD]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
