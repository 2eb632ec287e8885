package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.Checkpoint;
import io.vigie.index.HeldIndex;
import io.vigie.index.NextIndex;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexCommandTest {
    @TempDir
    private Path root;

    private Path data;
    private Path index;

    @BeforeEach
    void place() {
        data = root.resolve("data");
        index = data.resolve("index");
    }

    @Test
    void aSoundIndexIsExitCode0AlsoBesideItsWriter() throws IOException {
        try (var writer = written()) {
            assertThat(writer.checkpoint().nextOffset(0)).isEqualTo(3);

            var ran = run("check");

            assertThat(ran.err()).isEmpty();
            assertThat(ran.exit()).isZero();
            assertThat(ran.out()).startsWith("the index in " + index + " is sound: 2 verbatims, 4 files, ");
        }
    }

    @Test
    void damageIsExitCode1OneLineEachAndWhatToDo() throws IOException {
        written().close();
        Path file = index.resolve("_0.cfs");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        var ran = run("check");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out().lines()).hasSize(1).first().asString().startsWith("_0.cfs: checksum failed");
        assertThat(ran.err().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains(index + " is damaged", "vigie index rebuild --yes");
    }

    @Test
    void statsAreForPeopleAndForPrograms() throws IOException {
        written().close();

        var people = run("stats");
        var program = run("stats", "--json");

        assertThat(people.err()).isEmpty();
        assertThat(people.out())
                .contains(
                        "verbatims   2, and 0 deleted",
                        "partition 0 is read up to 3",
                        "nothing that was erased",
                        "0 verbatims left out;");
        var json = new ObjectMapper().readTree(program.out());
        assertThat(program.exit()).isZero();
        assertThat(json.path("documents").asInt()).isEqualTo(2);
        assertThat(json.path("expired").asInt(-1)).isZero();
        assertThat(json.path("topicId").asText()).isEqualTo("topic");
        assertThat(json.path("nextOffsets").path("0").asLong()).isEqualTo(3);
        assertThat(Instant.parse(json.path("committedAt").asText())).isAfter(Instant.EPOCH);
        assertThat(json.path("bytesOf").path("stored").asLong()).isPositive();
    }

    @Test
    void aBackupMadeBesideTheWriterIsRestoredOnceItHasEnded() throws IOException {
        String backup = root.resolve("backup").toString();
        Program.Ran running;
        try (var writer = written()) {
            assertThat(run("backup", backup).out()).startsWith("copied 2 verbatims, committed at ");
            running = run("restore", "--force", backup);
            assertThat(writer.documents()).isZero();
        }

        var refused = run("restore", backup);
        var tried = run("restore", "--dry-run", backup);
        var restored = run("restore", "--force", backup);

        assertThat(running.exit()).isEqualTo(1);
        assertThat(running.err()).contains("is in use");
        assertThat(refused.err()).isEqualTo("vigie: there is an index in " + index + "; replace it with --force\n");
        assertThat(tried).isEqualTo(new Program.Ran(0, "the copy in " + backup + " can be restored\n", ""));
        assertThat(restored.err()).isEmpty();
        assertThat(restored.out()).contains("restored the index in " + index, index + ".old-");
        assertThat(run("check").exit()).isZero();
        assertThat(HeldIndex.old(index)).hasSize(1);
    }

    @Test
    void aRebuildIsAskedForOnlyWhenMeantAlsoBesideTheWriter() throws IOException {
        Program.Ran asked;
        Program.Ran tried;
        boolean requested;
        Program.Ran done;
        Program.Ran again;
        try (var writer = written()) {
            asked = run("rebuild");
            tried = run("rebuild", "--dry-run");
            requested = NextIndex.isRequested(index);
            done = run("rebuild", "--yes");
            again = run("rebuild", "--yes");
            assertThat(writer.checkpoint().nextOffset(0)).isEqualTo(3);
        }

        assertThat(asked.exit()).isEqualTo(1);
        assertThat(tried.exit()).isZero();
        assertThat(tried.out()).startsWith("would build the index in " + index + " anew, in ");
        assertThat(requested).isFalse();
        assertThat(done.exit()).isZero();
        assertThat(done.out()).startsWith("the index is built anew from Kafka in " + index + ".next");
        assertThat(again.out()).startsWith("the index is being built anew already");
        assertThat(index).isDirectory();
        assertThat(NextIndex.isRequested(index)).isTrue();
    }

    @Test
    void withoutAnIndexThereIsNothingToRebuild() {
        assertThat(run("rebuild", "--yes"))
                .isEqualTo(new Program.Ran(
                        1, "", "vigie: there is no index in " + index + "; the next start builds one\n"));
    }

    @Test
    void withoutAnIndexThePlaceIsNamed() {
        for (var command : List.of("check", "stats")) {
            assertThat(run(command)).isEqualTo(new Program.Ran(1, "", "vigie: there is no index in " + index + "\n"));
        }
    }

    private Program.Ran run(String command, String... arguments) {
        var line = new ArrayList<>(List.of("index", command, "--data", data.toString()));
        line.addAll(List.of(arguments));
        return SystemStreams.run("", line.toArray(String[]::new));
    }

    /** Two verbatims and the offset after three records. */
    private VerbatimIndex written() throws IOException {
        var writer = VerbatimIndex.open(index, new SimpleMeterRegistry(), Clock.systemUTC());
        writer.put(SampleVerbatims.verbatim("a", "La box redémarre."));
        writer.put(SampleVerbatims.verbatim("b", "La box redémarre."));
        writer.commit(new Checkpoint("topic", Map.of(0, 3L)));
        return writer;
    }
}
