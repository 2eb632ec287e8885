package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What searches see of an index that was damaged when it was opened. */
class RemainsTest {
    private static final int TRIALS = 40;

    @TempDir
    private Path root;

    /** Less than there was but nothing else, and something unless the damage is in what lists or describes segments. */
    @Test
    void whatIsSeenIsSound() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var sound = root.resolve("sound");
        var texts = OnDisk.fill(sound);
        var files = filesOfCommit(sound);
        assertThat(IndexStats.of(sound).segments()).isGreaterThan(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            var path = root.resolve("trial" + trial).resolve("index");
            OnDisk.copy(sound, path);
            String file = files.get(trial % files.size());
            flip(path.resolve(file), random);
            try (var index = OnDisk.open(path, OnDamage.REBUILD)) {
                var contents = OnDisk.contents(index);
                assertThat(texts.entrySet())
                        .as("%s, rerun with -Dseed=%d", file, seed)
                        .containsAll(contents.entrySet());
                assertThat(index.showsRemains())
                        .as("%s, rerun with -Dseed=%d", file, seed)
                        .isEqualTo(file.startsWith("_") && !file.endsWith(".si"));
                assertThat(index.caveat().isPresent()).isEqualTo(index.showsRemains());
                assertThat(index.tidy()).isFalse();
                index.rollback();
                assertThat(OnDisk.contents(index)).isEqualTo(contents);
                index.put(Verbatims.verbatim("new", "panne nouvelle"));
                index.refresh(new Checkpoint("topic", Map.of(0, 1L)));
                assertThat(OnDisk.contents(index)).containsOnlyKeys("new");
                assertThat(index.caveat()).isEmpty();
            }
        }
    }

    @Test
    void aDamagedListOfSegmentsLeavesNothing() throws IOException {
        var path = root.resolve("index");
        OnDisk.fill(path);
        flip(path.resolve(named(path, "segments_")), new Random(1));

        try (var index = OnDisk.open(path, OnDamage.REBUILD)) {
            assertThat(index.showsRemains()).isFalse();
            assertThat(index.documents()).isZero();
        }
    }

    @Test
    void itSaysHowManyVerbatimsAreMissing() throws IOException {
        var path = root.resolve("index");
        var texts = OnDisk.fill(path);
        flip(path.resolve(named(path, ".cfs")), new Random(1));

        try (var index = OnDisk.open(path, OnDamage.REBUILD)) {
            int missing = texts.size() - index.documents();

            assertThat(index.searchable().topicId()).isEqualTo("topic");
            assertThat(missing).isPositive();
            assertThat(index.caveat())
                    .hasValueSatisfying(caveat -> assertThat(caveat)
                            .contains("built anew (0 %)")
                            .contains("not the " + missing + " verbatims of its damaged part"));
        }
    }

    private static List<String> filesOfCommit(Path path) throws IOException {
        try (var directory = FSDirectory.open(path);
                var commit = PinnedCommit.of(directory)) {
            return List.of(commit.listAll());
        }
    }

    private static String named(Path path, String part) throws IOException {
        return filesOfCommit(path).stream()
                .filter(name -> name.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static void flip(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        Files.write(file, bytes);
    }
}
