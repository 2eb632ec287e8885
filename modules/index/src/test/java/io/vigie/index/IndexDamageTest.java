package io.vigie.index;

import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndexDamageTest {
    private static final int TRIALS = 60;
    private static final Checkpoint FIRST = new Checkpoint("topic", Map.of(0, 1L));

    @TempDir
    private Path root;

    enum Harm {
        FLIPPED,
        ZEROED,
        CUT,
        EMPTIED,
        LONGER,
        SWAPPED,
        MISSING
    }

    /** Never a wrong answer: an index opens with exactly what was committed, or is known to be damaged. */
    @ParameterizedTest
    @EnumSource
    void harmToAnyFileAtAnyPlaceIsFoundOrHarmless(Harm harm) throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var sound = root.resolve("sound");
        var texts = OnDisk.fill(sound);
        var files = OnDisk.names(sound);
        for (int trial = 0; trial < TRIALS; trial++) {
            var index = root.resolve("trial").resolve("index");
            OnDisk.copy(sound, index);
            // Every file has its turn, whatever the seed.
            String file = files.get(trial % files.size());
            boolean changed = harm(harm, index, file, random);
            String what = harm + " " + file + ", rerun with -Dseed=" + seed;

            boolean found = !IndexCheck.of(index).damages().isEmpty();
            assertThat(found).as(what).isEqualTo(changed && !file.equals("write.lock"));
            // Without a commit the index begins anew, as after a kill before its first one.
            boolean anew = harm == Harm.MISSING && file.startsWith("segments_");
            assertThat(refused(index, anew ? Map.of() : texts, what)).as(what).isEqualTo(found && !anew);
            try (var opened = OnDisk.open(index, OnDamage.REBUILD)) {
                assertThat(
                                found
                                        ? opened.caveat().isPresent()
                                        : OnDisk.contents(opened).equals(texts))
                        .as(what)
                        .isEqualTo(!found || opened.showsRemains());
                assertThat(opened.checkpoint().equals(Checkpoint.NONE)).as(what).isEqualTo(found);
                assertThat(HeldIndex.damaged(index)).as(what).hasSize(found && !anew ? 1 : 0);
            }
            IOUtils.rm(index.getParent());
        }
    }

    private static boolean refused(Path index, Map<String, String> texts, String what) throws IOException {
        var before = OnDisk.names(index);
        try (var opened = OnDisk.open(index)) {
            assertThat(OnDisk.contents(opened)).as(what).isEqualTo(texts);
            return false;
        } catch (IndexDamagedException e) {
            assertThat(e).as(what).hasMessageContaining("delete the directory " + index);
            assertThat(OnDisk.names(index)).as(what).containsAll(before);
            return true;
        }
    }

    /** Whether the bytes are others now. */
    private static boolean harm(Harm harm, Path index, String name, Random random) throws IOException {
        var file = index.resolve(name);
        byte[] before = Files.readAllBytes(file);
        if (before.length == 0 && harm != Harm.MISSING && harm != Harm.LONGER) {
            return false;
        }
        byte[] after = switch (harm) {
            case FLIPPED -> flipped(before, random);
            case ZEROED -> zeroed(before, random);
            case CUT -> Arrays.copyOf(before, random.nextInt(before.length));
            case EMPTIED -> new byte[0];
            case LONGER -> Arrays.copyOf(before, before.length + 1 + random.nextInt(5_000));
            case SWAPPED -> another(index, name, before);
            case MISSING -> before;
        };
        Files.delete(file);
        if (harm != Harm.MISSING) {
            Files.write(file, after);
        }
        return harm == Harm.MISSING || !Arrays.equals(before, after);
    }

    private static byte[] flipped(byte[] before, Random random) {
        byte[] after = before.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            after[random.nextInt(after.length)] ^= (byte) (1 + random.nextInt(255));
        }
        return after;
    }

    private static byte[] zeroed(byte[] before, Random random) {
        byte[] after = before.clone();
        int from = random.nextInt(after.length);
        Arrays.fill(after, from, Math.min(after.length, from + 512), (byte) 0);
        return after;
    }

    /** A sound file of another segment, as a mistaken copy would put it there. */
    private static byte[] another(Path directory, String name, byte[] before) throws IOException {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        for (String other : OnDisk.names(directory)) {
            if (other.endsWith("." + extension) && !other.equals(name)) {
                return Files.readAllBytes(directory.resolve(other));
            }
        }
        return before;
    }

    @Test
    void everyDamagedFileIsNamed() throws IOException {
        var index = root.resolve("index");
        OnDisk.fill(index);
        var files = OnDisk.names(index);
        String stored = named(files, ".fdt");
        String values = named(files, ".dvd");
        flipMiddle(index.resolve(stored));
        Files.delete(index.resolve(values));

        var check = IndexCheck.of(index);

        assertThat(check.damages()).extracting(Damage::file).containsExactlyInAnyOrder(stored, values);
        assertThat(check.damages())
                .extracting(Damage::toString)
                .contains(values + ": is missing")
                .anyMatch(damage -> damage.startsWith(stored + ": checksum failed"));
        assertThatThrownBy(() -> OnDisk.open(index)).hasMessageContaining(stored);
    }

    @Test
    void anIndexWithoutItsCommitIsToldByACheckAndBeginsAnew() throws IOException {
        var index = root.resolve("index");
        OnDisk.fill(index);
        Files.delete(index.resolve(named(OnDisk.names(index), "segments_")));

        assertThat(IndexCheck.of(index).damages())
                .containsExactly(new Damage("segments_N", "is missing, though other files of an index are there"));
        try (var opened = OnDisk.open(index)) {
            assertThat(OnDisk.contents(opened)).isEmpty();
            assertThat(opened.checkpoint()).isEqualTo(Checkpoint.NONE);
        }
    }

    @Test
    void whatIsBeyondTheLimitIsNotReadAndSaid() throws IOException {
        var path = root.resolve("index");
        OnDisk.fill(path);
        try (var index = FSDirectory.open(path)) {
            var none = IndexCheck.quick(index, 0);
            var all = IndexCheck.quick(index, Long.MAX_VALUE);

            assertThat(none.unread())
                    .isEqualTo(none.bytes())
                    .isEqualTo(all.bytes())
                    .isPositive();
            assertThat(all.unread()).isZero();
            assertThat(none.documents()).isEqualTo(all.documents()).isPositive();
        }
    }

    @Test
    void theDamagedIndexIsKeptAsItWas() throws IOException {
        var index = root.resolve("index");
        OnDisk.fill(index);
        flipMiddle(index.resolve(named(OnDisk.names(index), ".fdt")));
        var before = OnDisk.names(index);

        OnDisk.open(index, OnDamage.REBUILD).close();

        var kept = HeldIndex.damaged(index);
        assertThat(kept).hasSize(1);
        assertThat(OnDisk.names(kept.getFirst())).containsAll(before);
    }

    @Test
    void aDiskThatDamagesOneIndexAfterTheOtherIsNotRefilledForEver() throws IOException {
        var index = root.resolve("index");
        for (int damaged = 0; damaged < Screening.DAMAGED_MAX; damaged++) {
            damagedIndex(index);
            OnDisk.open(index, OnDamage.REBUILD).close();
        }
        damagedIndex(index);

        assertThatThrownBy(() -> OnDisk.open(index, OnDamage.REBUILD))
                .isInstanceOf(IndexDamagedException.class)
                .hasMessageContaining("as 3 before it were")
                .hasMessageContaining("mend the disk");
        assertThat(HeldIndex.damaged(index)).hasSize(Screening.DAMAGED_MAX);
    }

    @Test
    void anIndexInUseIsNeverMovedAside() throws IOException {
        var index = root.resolve("index");
        try (var running = OnDisk.open(index)) {
            running.put(verbatim("a", "panne"));
            running.commit(FIRST);
            flipMiddle(index.resolve("_0.cfs"));

            assertThatThrownBy(() -> OnDisk.open(index, OnDamage.REBUILD)).hasMessageContaining("is in use");
        }
        assertThat(index).isDirectory();
        assertThat(HeldIndex.damaged(index)).isEmpty();
    }

    @Test
    void damageMetByAMergeIsToldAsDamage() throws IOException {
        var path = root.resolve("index");
        try (var index = OnDisk.open(path)) {
            index.put(verbatim("a", "panne"));
            index.commit(FIRST);
            flipMiddle(path.resolve("_0.cfs"));

            assertThatThrownBy(() -> {
                        for (int commit = 0; commit < 2_000; commit++) {
                            index.put(verbatim("b" + commit, "lenteur"));
                            index.commit(FIRST);
                        }
                    })
                    .isInstanceOf(IndexDamagedException.class)
                    .hasMessageContaining("restart Vigie");
        }
    }

    private static void damagedIndex(Path path) throws IOException {
        try (var index = OnDisk.open(path)) {
            index.put(verbatim("a", "panne"));
            index.commit(FIRST);
        }
        flipMiddle(path.resolve("_0.cfs"));
    }

    private static void flipMiddle(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        // In place, as a disk does it: a process that has the file mapped sees it.
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }

    private static String named(List<String> files, String part) {
        return files.stream().filter(file -> file.contains(part)).findFirst().orElseThrow();
    }
}
