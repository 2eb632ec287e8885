package io.vigie.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that is too small; where none may be mounted, only the words are tested. */
@Timeout(120)
class DiskFullTest {
    private static final int RECORDS_MAX = 60_000;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pace PACE = new Pace(Duration.ZERO, Duration.ofDays(365), 500);

    @TempDir
    private Path directory;

    @Test
    void aFullDiskIsToldFromOtherFailuresHoweverDeepItIs() {
        var full = new IllegalStateException("closed", new IOException("_1.fdt: No space left on device"));

        assertThat(DiskFull.reason(new IOException("failed", full))).startsWith("the disk of the index is full; make");
        assertThat(DiskFull.reason(new IOException("Input/output error"))).isEqualTo("Input/output error");
        assertThat(DiskFull.reason(new IllegalStateException())).isEqualTo("null");
    }

    @Test
    void searchesAnswerWhileTheDiskIsFullAndNothingIsLostOnceThereIsRoom() throws Exception {
        assumeTrue(mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", directory.toString()), "may not mount");
        try {
            var world = new World(directory, 2);
            var random = new Random(7);
            try (var process = world.start(PACE)) {
                process.consumer.pollAtMost(100);
                var running = Thread.ofPlatform().daemon().start(process.sink);
                int records = 0;
                while (!(process.sink.state() instanceof SinkState.Recovering) && records < RECORDS_MAX) {
                    String text = "panne " + Long.toHexString(random.nextLong()).repeat(20);
                    world.put(records % 2, "id" + records++, text);
                    LockSupport.parkNanos(50_000);
                }
                var state = process.sink.state();
                int meanwhile = process.visible().size();
                boolean room = mount("-o", "remount,size=500m", directory.toString());
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                while (process.index.documents() < records && System.nanoTime() < deadline) {
                    LockSupport.parkNanos(1_000_000);
                }
                process.sink.close();
                running.join();

                assertThat(state)
                        .isInstanceOfSatisfying(
                                SinkState.Recovering.class,
                                recovering -> assertThat(recovering.reason())
                                        .startsWith("the disk of the index is full; make room"));
                assertThat(meanwhile).isPositive();
                assertThat(room).isTrue();
                assertThat(process.all()).hasSize(records);
                assertThat(process.index.checkpoint().nextOffset(0)).isEqualTo((records + 1) / 2);
            }
        } finally {
            run("umount", directory.toString());
        }
    }

    private static boolean mount(String... arguments) throws IOException, InterruptedException {
        var command = new String[arguments.length + 1];
        command[0] = "mount";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return run(command);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
