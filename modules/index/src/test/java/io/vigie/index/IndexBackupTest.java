package io.vigie.index;

import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexBackupTest {
    private static final int COPIES = 25;

    @TempDir
    private Path root;

    private final Clock clock = Clock.systemUTC();
    private Path index;
    private Path backup;

    @BeforeEach
    void place() {
        index = root.resolve("index");
        backup = root.resolve("backup");
    }

    /** The writer puts one verbatim for each offset, so that a commit has as many documents as offsets. */
    @Test
    void aCopyMadeBesideARunningWriterIsOneCommit() throws Exception {
        var closing = new AtomicBoolean();
        try (var writer = OnDisk.open(index);
                var threads = Executors.newSingleThreadExecutor()) {
            put(writer, 0);
            var written = threads.submit(() -> {
                long next = 1;
                while (!closing.get()) {
                    put(writer, next++);
                }
                return next;
            });
            long former = 0;
            try {
                for (int copy = 0; copy < COPIES; copy++) {
                    var target = root.resolve("backup" + copy);
                    var made = IndexBackup.make(index, target);
                    var check = IndexCheck.of(target);
                    var besideWriter = IndexCheck.of(index);

                    assertThat(check.damages()).isEmpty();
                    assertThat(besideWriter.damages()).isEmpty();
                    assertThat(made.checkpoint().nextOffset(0))
                            .isEqualTo(made.documents())
                            .isGreaterThanOrEqualTo(former);
                    assertThat(IndexStats.of(target)).isEqualTo(made);
                    former = made.documents();
                }
            } finally {
                closing.set(true);
            }
            assertThat(written.get()).isGreaterThanOrEqualTo(former);
        } catch (ExecutionException e) {
            throw new AssertionError("the writer was disturbed", e);
        }
    }

    private static void put(VerbatimIndex writer, long offset) throws IOException {
        writer.put(verbatim("id" + offset, "panne"));
        writer.commit(new Checkpoint("topic", Map.of(0, offset + 1)));
    }

    @Test
    void aPinnedCommitIsReadWholeAfterItsFilesAreGone() throws IOException {
        try (var writer = OnDisk.open(index)) {
            put(writer, 0);
            try (var directory = FSDirectory.open(index);
                    var commit = PinnedCommit.of(directory)) {
                for (int offset = 1; Files.exists(index.resolve("_0.cfs")); offset++) {
                    assertThat(offset)
                            .as("commits until the first segment is merged away")
                            .isLessThan(1_000);
                    put(writer, offset);
                }

                assertThat(IndexCheck.quick(commit, Long.MAX_VALUE).damages()).isEmpty();
                assertThat(IndexStats.of(commit, index).documents()).isEqualTo(1);
            }
        }
    }

    @Test
    void aRestoredCopyIsTheIndexAsItWas() throws IOException {
        var texts = OnDisk.fill(index);
        var made = IndexBackup.make(index, backup);
        var other = Files.createDirectory(root.resolve("other"));
        var elsewhere = other.resolve("index");

        var old = IndexBackup.restore(backup, elsewhere, false, clock);

        assertThat(old).isEmpty();
        try (var restored = OnDisk.open(elsewhere)) {
            assertThat(OnDisk.contents(restored)).isEqualTo(texts);
            assertThat(restored.checkpoint()).isEqualTo(made.checkpoint());
        }
        assertThat(OnDisk.names(other)).containsExactly("index");
    }

    @Test
    void anEmptyDirectoryIsFilled() throws IOException {
        OnDisk.fill(index);
        IndexBackup.make(index, Files.createDirectory(backup));
        var other = Files.createDirectory(root.resolve("other"));
        var empty = Files.createDirectory(other.resolve("index"));

        assertThat(IndexBackup.restore(backup, empty, false, clock)).isEmpty();

        assertThat(IndexCheck.of(empty).damages()).isEmpty();
        assertThat(OnDisk.names(other)).containsExactly("index");
    }

    @Test
    void anIndexThatIsThereIsReplacedOnlyWhenToldAndKept() throws IOException {
        var texts = OnDisk.fill(index);
        IndexBackup.make(index, backup);
        try (var writer = OnDisk.open(index)) {
            writer.put(verbatim("later", "panne tardive"));
            writer.commit(new Checkpoint("topic", Map.of(0, 10_000L)));
        }

        assertThatThrownBy(() -> IndexBackup.restore(backup, index, false, clock))
                .isInstanceOf(IndexUnusableException.class)
                .hasMessage("there is an index in " + index + "; replace it with --force");
        var old = IndexBackup.restore(backup, index, true, clock).orElseThrow();

        assertThat(HeldIndex.old(index)).containsExactly(old);
        try (var restored = OnDisk.open(index);
                var kept = OnDisk.open(old)) {
            assertThat(OnDisk.contents(restored)).isEqualTo(texts);
            assertThat(kept.find("later")).isPresent();
        }
        HeldIndex.deleteOld(index);
        assertThat(OnDisk.names(root)).containsExactly("backup", "index");
    }

    @Test
    void theIndexOfARunningProcessIsNotReplaced() throws IOException {
        OnDisk.fill(index);
        IndexBackup.make(index, backup);
        try (var running = OnDisk.open(index)) {
            assertThatThrownBy(() -> IndexBackup.restore(backup, index, true, clock))
                    .hasMessageContaining("is in use; stop the other process");
            assertThat(running.documents()).isPositive();
        }
        assertThat(OnDisk.names(root)).containsExactly("backup", "index");
    }

    @Test
    void aDamagedCopyReplacesNothing() throws IOException {
        OnDisk.fill(index);
        IndexBackup.make(index, backup);
        var file = backup.resolve(OnDisk.names(backup).getFirst());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> IndexBackup.restore(backup, index, true, clock))
                .isInstanceOf(IndexDamagedException.class)
                .hasMessageContaining("the backup in " + backup + " is damaged (" + file.getFileName());
        assertThat(OnDisk.names(root)).containsExactly("backup", "index");
        assertThat(IndexCheck.of(index).damages()).isEmpty();
    }

    @Test
    void aCopyOlderThanKafkaRemembersErasuresIsRefused() throws IOException {
        OnDisk.fill(index);
        IndexBackup.make(index, backup);
        var later = Clock.offset(clock, IndexBackup.AGE_MAX.plus(Duration.ofHours(1)));

        assertThatThrownBy(() -> IndexBackup.restore(backup, root.resolve("new"), false, later))
                .isInstanceOf(IndexUnusableException.class)
                .hasMessageContaining("is 6 days old")
                .hasMessageContaining("vigie index rebuild");
        assertThat(root.resolve("new")).doesNotExist();
    }

    @Test
    void aDamagedIndexIsNotCopiedAndNothingIsLeft() throws IOException {
        OnDisk.fill(index);
        for (String file : OnDisk.names(index)) {
            if (file.endsWith(".fdt")) {
                byte[] bytes = Files.readAllBytes(index.resolve(file));
                bytes[bytes.length / 2] ^= 1;
                Files.write(index.resolve(file), bytes);
            }
        }

        assertThatThrownBy(() -> IndexBackup.make(index, backup))
                .isInstanceOf(IndexDamagedException.class)
                .hasMessageContaining("is damaged and was not copied")
                .hasMessageContaining(".fdt: checksum failed");
        assertThat(backup).doesNotExist();
    }

    @Test
    void aCopyOverwritesNothing() throws IOException {
        OnDisk.fill(index);
        Files.writeString(Files.createDirectory(backup).resolve("mine"), "mine");

        assertThatThrownBy(() -> IndexBackup.make(index, backup)).hasMessageContaining("is not empty");
        assertThatThrownBy(() -> IndexBackup.make(index, backup.resolve("mine")))
                .hasMessageContaining("is not a directory");
        assertThatThrownBy(() -> IndexBackup.make(index, index.resolve("copy"))).hasMessageContaining("is inside");
        assertThatThrownBy(() -> IndexBackup.make(root.resolve("none"), root.resolve("b")))
                .hasMessage("there is no index in " + root.resolve("none"));
        assertThat(OnDisk.names(backup)).containsExactly("mine");
    }

    @Test
    void statsTellWhatIsInTheCommit() throws IOException {
        try (var writer = OnDisk.open(index)) {
            put(writer, 0);
            put(writer, 1);
            writer.delete("id0");
            writer.put(verbatim("x", "panne"));
            writer.commit(new Checkpoint("topic", Map.of(0, 4L, 1, 7L)));
            writer.put(verbatim("y", "pas encore"));

            var stats = IndexStats.of(index);

            assertThat(stats.documents()).isEqualTo(2);
            assertThat(stats.checkpoint()).isEqualTo(new Checkpoint("topic", Map.of(0, 4L, 1, 7L)));
            assertThat(stats.format()).isEqualTo(Integer.toString(VerbatimDocument.FORMAT));
            assertThat(stats.schema()).isNotEmpty();
            assertThat(Duration.between(stats.committedAt(), clock.instant())).isLessThan(Duration.ofMinutes(5));
            assertThat(stats.bytesOf()).containsKeys("stored", "words", "values", "points", "norms");
            assertThat(stats.bytesOf().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isPositive()
                    .isLessThanOrEqualTo(stats.bytes());
        }
    }
}
