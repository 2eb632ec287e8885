package io.vigie.index;

import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage that comes about under a running index. */
class IntegrityTest {
    private static final int TRIALS = 24;
    private static final Checkpoint FIRST = new Checkpoint("topic", Map.of(0, 1L));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TurnedClock clock = new TurnedClock();

    @TempDir
    private static Path filled;

    @TempDir
    private Path root;

    @BeforeAll
    static void fill() throws IOException {
        OnDisk.fill(filled.resolve("sound"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".fdt", ".doc", ".dvd", ".cfs", ".liv"})
    void damageIsFoundAWeekLaterAtTheLatest(String extension) throws Exception {
        var path = root.resolve("index");
        OnDisk.copy(filled.resolve("sound"), path);
        try (var index = open(path)) {
            look(index);
            double all = readBack();
            String file = named(path, extension);
            flip(path.resolve(file), new Random(1));
            look(index);
            var atOnce = index.damage();
            clock.turn(Integrity.AGAIN_AFTER);
            look(index);

            assertThat(all).isGreaterThan(1_000);
            assertThat(atOnce).isEmpty();
            assertThat(index.damage()).hasValueSatisfying(damage -> {
                assertThat(damage.file()).isEqualTo(file);
                assertThat(damage.what()).startsWith("checksum failed");
            });
            assertThat(meters.get("vigie.index.damaged").gauge().value()).isEqualTo(1);
        }
    }

    /** In an index that is used, whatever byte of whatever file it is. */
    @Test
    void anyFlippedByteIsFound() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int trial = 0; trial < TRIALS; trial++) {
            var path = root.resolve("trial");
            OnDisk.copy(filled.resolve("sound"), path);
            try (var index = open(path)) {
                var files = OnDisk.names(path).stream()
                        .filter(name -> name.startsWith("_"))
                        .toList();
                String file = files.get(random.nextInt(files.size()));
                flip(path.resolve(file), random);
                look(index);

                assertThat(index.damage())
                        .as("%s, rerun with -Dseed=%d", file, seed)
                        .hasValueSatisfying(damage -> assertThat(damage.file()).isEqualTo(file));
            }
            IOUtils.rm(path);
        }
    }

    @Test
    void aSegmentThatIsMergedSoonIsNotReadBack() throws Exception {
        try (var index = open(root.resolve("index"))) {
            index.put(verbatim("a", "panne"));
            index.refresh();

            index.checkIntegrity();
            double young = readBack();
            index.checkIntegrity();
            double settled = readBack();
            index.checkIntegrity();

            assertThat(young).isZero();
            assertThat(settled).isPositive();
            assertThat(readBack()).isEqualTo(settled);
        }
    }

    @Test
    void theDamagedIndexIsKeptWhenItsSuccessorTakesOver() throws Exception {
        var path = root.resolve("index");
        try (var index = damaged(path)) {
            writeNext(path);

            index.replaceBy(NextIndex.of(path));
            index.checkIntegrity();
            boolean whileTheFormerIsSeen = index.damage().isPresent();
            index.refresh();
            look(index);

            assertThat(whileTheFormerIsSeen).isFalse();
            assertThat(index.damage()).isEmpty();
            assertThat(meters.get("vigie.index.damaged").gauge().value()).isZero();
            assertThat(HeldIndex.damaged(path)).hasSize(1);
            assertThat(HeldIndex.old(path)).isEmpty();
            assertThat(index.find("a")).isPresent();
        }
    }

    @Test
    void aDiskThatDamagesOneIndexAfterTheOtherIsNotFilledWithThem() throws Exception {
        var path = root.resolve("index");
        for (int earlier = 0; earlier < Screening.DAMAGED_MAX; earlier++) {
            Files.createDirectories(root.resolve("index.damaged-" + earlier));
        }
        try (var index = damaged(path)) {
            writeNext(path);

            index.replaceBy(NextIndex.of(path));
            index.refresh();

            assertThat(HeldIndex.damaged(path)).hasSize(Screening.DAMAGED_MAX);
            assertThat(HeldIndex.old(path)).isEmpty();
        }
    }

    @Test
    void anIndexThatGoesBackRemembersItsDamageAndIsCheckedOn() throws Exception {
        var path = root.resolve("index");
        try (var index = damaged(path)) {
            index.rollback();
            var still = index.damage();
            double before = readBack();
            index.put(verbatim("b", "panne"));
            index.refresh();
            look(index);

            assertThat(still).isPresent();
            assertThat(readBack()).isGreaterThan(before);
        }
    }

    @Test
    void aThreadOfItsOwnLooksUntilTheIndexIsClosed() throws Exception {
        var upkeep = new Upkeep(Duration.ofMinutes(30), Upkeep.standard().retention(), Duration.ofMillis(2));
        try (var index = VerbatimIndex.open(root.resolve("index"), OnDamage.REFUSE, upkeep, meters, clock)) {
            index.put(verbatim("a", "panne"));
            index.refresh();

            while (readBack() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().equals("index-integrity"));
    }

    private VerbatimIndex damaged(Path path) throws IOException, InterruptedException {
        var index = written(path);
        // Of the checksum itself: everything else of the index can be read and opened.
        flipLast(path.resolve("_0.cfs"));
        look(index);
        assertThat(index.damage()).isPresent();
        return index;
    }

    private static void writeNext(Path path) throws IOException {
        try (var next = OnDisk.open(NextIndex.of(path))) {
            next.put(verbatim("a", "panne"));
            next.commit(FIRST);
        }
    }

    private VerbatimIndex written(Path path) throws IOException {
        var index = open(path);
        index.put(verbatim("a", "panne"));
        index.commit(FIRST);
        index.refresh();
        return index;
    }

    private VerbatimIndex open(Path path) throws IOException {
        return VerbatimIndex.open(path, OnDamage.REFUSE, meters, clock);
    }

    /** Twice, so that no segment is too young. */
    private static void look(VerbatimIndex index) throws IOException, InterruptedException {
        index.checkIntegrity();
        index.checkIntegrity();
    }

    private double readBack() {
        return meters.get("vigie.index.integrity").counter().count();
    }

    private static String named(Path path, String extension) throws IOException {
        List<String> names = OnDisk.names(path);
        return names.stream()
                .filter(name -> name.endsWith(extension))
                .findFirst()
                .orElseThrow();
    }

    private static void flipLast(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }

    /** In place, as a disk does it: who has the file mapped sees it. */
    private static void flip(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }
}
