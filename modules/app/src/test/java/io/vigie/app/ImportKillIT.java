package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import goes on where it was cut off, by the end of either side. */
final class ImportKillIT {
    private static final Duration DONE_MAX = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void aFileIsImportedOnceWhicheverEndIsKilledMeanwhile() throws IOException {
        int lines = 10_000;
        Path file = Files.write(
                directory.resolve("large.jsonl"),
                Stream.iterate(0, i -> i + 1)
                        .limit(lines)
                        .map(i -> SampleEvents.ticket("l" + i, null, "Facture fausse, dossier " + i)
                                .toString())
                        .toList());
        try (var vigie = VigieProcess.up(directory.resolve("data"))) {
            vigie.start();

            var first = importing(vigie, file);
            await().atMost(DONE_MAX).until(() -> taken(vigie) > 1_000);
            first.destroyForcibly();
            double before = taken(vigie);
            var second = importing(vigie, file);
            await().atMost(DONE_MAX).until(() -> taken(vigie) > before + 1_000);
            vigie.kill();
            assertThat(exit(second)).isEqualTo(1);
            vigie.start();
            var third = vigie.command("import", file.toString());

            assertThat(third.out()).contains(lines + " accepted, 0 refused");
            await().atMost(DONE_MAX).until(() -> vigie.http().total() >= lines);
            assertThat(vigie.http().total()).isEqualTo(lines);
        }
    }

    /** Not what can be found, which comes later: by then an import may be over. */
    private static double taken(VigieProcess vigie) {
        return vigie.http().metric("vigie_events_received_total", "result=\"accepted\"");
    }

    private static Process importing(VigieProcess vigie, Path file) {
        var arguments = new ArrayList<>(List.of("import", file.toString()));
        arguments.addAll(vigie.options());
        return Program.start(Program.output("import.log"), arguments);
    }

    private static int exit(Process process) {
        await().atMost(DONE_MAX).until(() -> !process.isAlive());
        return process.exitValue();
    }
}
