package io.vigie.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.index.HeldIndex;
import io.vigie.index.IndexCheck;
import io.vigie.index.IndexStats;
import io.vigie.index.NextIndex;
import io.vigie.index.Upkeep;
import io.vigie.sink.IndexSink.OnGap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches see everything all along, whatever happens to the index or to the process meanwhile. */
@Timeout(60)
class IndexRebuildTest {
    private static final Pace PACE = new Pace(Duration.ZERO, Duration.ofDays(365), 40);
    /** A segment is read back once it is older than this: time enough to damage it before. */
    private static final Duration UNREAD_FOR = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, String> model = new TreeMap<>();
    private final AtomicReference<VerbatimConsumer> building = new AtomicReference<>();

    @TempDir
    private Path directory;

    private World world;
    /** Most records that a rebuild reads at once. */
    private volatile int stride = 500;

    @BeforeEach
    void makeWorld() {
        world = new World(directory, 2);
    }

    @Test
    void theOldIndexAnswersAndFollowsUntilTheNewOneTakesOver() throws Exception {
        put(0, 80);
        world.delete(0, "id0");
        model.remove("id0");
        try (var running = new Running(OnGap.END)) {
            running.awaitVisible();
            stride = 0;
            NextIndex.request(world.index());
            until(() -> running.rebuild.progress().isPresent());
            put(80, 85);
            running.awaitVisible();
            var progress = running.rebuild.progress().orElseThrow();
            double ratio = running.process
                    .meters
                    .get("vigie.index.rebuild.ratio")
                    .gauge()
                    .value();
            stride = 1;
            pollAtMost();
            until(() -> {
                assertThat(running.visible()).isEqualTo(model);
                return running.rebuild.progress().isEmpty();
            });

            put(85, 90);
            running.awaitVisible();
            assertThat(progress.percent()).isZero();
            assertThat(progress.left()).isBetween(81L, 86L);
            assertThat(ratio).isZero();
            assertThat(running.process.sink.state()).isEqualTo(new SinkState.Following());
        }
        assertOneSoundIndex();
    }

    @Test
    void anIndexOfAFormerTopicAnswersUntilThatOfThePresentOneTakesOver() throws Exception {
        put(0, 10);
        try (var running = new Running(OnGap.END)) {
            running.awaitVisible();
        }
        var former = Map.copyOf(model);
        world.topic.recreate("topic-b");
        model.clear();
        put(100, 103);
        stride = 0;

        try (var running = new Running(OnGap.AWAIT_SUCCESSOR)) {
            until(() -> running.rebuild.progress().isPresent());
            var state = running.process.sink.state();
            var meanwhile = running.visible();
            stride = 1;
            pollAtMost();
            running.awaitVisible();

            assertThat(state)
                    .isInstanceOfSatisfying(
                            SinkState.Stranded.class,
                            stranded -> assertThat(stranded.reason()).contains("another incarnation of topic"));
            assertThat(meanwhile).isEqualTo(former);
            until(() -> running.process.sink.state() instanceof SinkState.Following);
            assertThat(running.process.index.checkpoint().topicId()).isEqualTo("topic-b");
        }
        assertOneSoundIndex();
    }

    @Test
    void recordsLostByKafkaWhileItRunsHaveItBuiltAnew() throws Exception {
        put(0, 10);
        try (var running = new Running(OnGap.AWAIT_SUCCESSOR)) {
            running.awaitVisible();
            world.topic.loseFrom(0, 1);
            world.topic.loseFrom(1, 1);
            model.keySet().retainAll(Set.of("id0", "id1"));

            running.awaitVisible();
        }
        assertOneSoundIndex();
    }

    @Test
    void damageMetWhileItRunsIsMendedWithoutARestart() throws Exception {
        put(0, 50);
        try (var running = new Running(OnGap.AWAIT_SUCCESSOR)) {
            running.awaitVisible();
            until(() -> Files.exists(world.index().resolve("_0.cfs")));
            byte[] bytes = Files.readAllBytes(world.index().resolve("_0.cfs"));
            bytes[bytes.length / 2] ^= 1;
            // In place, as a disk does it.
            Files.write(world.index().resolve("_0.cfs"), bytes, StandardOpenOption.WRITE);

            int next = 50;
            while (!(running.process.sink.state() instanceof SinkState.Stranded)
                    && HeldIndex.old(world.index()).isEmpty()
                    && next < 3_000) {
                put(next, ++next);
                LockSupport.parkNanos(200_000);
            }
            int last = next;
            until(() -> running.process.sink.state() instanceof SinkState.Following
                    && running.process.index.documents() == last);
        }
        assertOneSoundIndex();
    }

    @Test
    void anIndexWithADamagedPartFollowsUntilItIsReplacedAndIsKept() throws Exception {
        world.upkeep = new Upkeep(Duration.ofMinutes(30), Optional.empty(), UNREAD_FOR);
        put(0, 50);
        try (var running = new Running(OnGap.AWAIT_SUCCESSOR)) {
            running.awaitVisible();
            until(() -> Files.exists(world.index().resolve("_0.cfs")));
            stride = 0;
            damageIntegrity(world.index().resolve("_0.cfs"));
            until(() -> running.process.index.damage().isPresent()
                    && running.rebuild.progress().isPresent());
            put(50, 52);
            until(() -> running.process.index.find("id51").isPresent());
            var state = running.process.sink.state();

            stride = 1;
            pollAtMost();
            until(() -> running.process.index.damage().isEmpty());
            running.awaitVisible();
            assertThat(state).isEqualTo(new SinkState.Following());
        }
        assertThat(directory).isDirectoryContaining("glob:**/index.damaged-*");
        assertThat(IndexCheck.of(world.index()).damages()).isEmpty();
    }

    @Test
    void aDamagedPartEndsASinkThatMayHaveNoSuccessor() throws Exception {
        world.upkeep = new Upkeep(Duration.ofMinutes(30), Optional.empty(), UNREAD_FOR);
        put(0, 50);
        try (var running = new Running(OnGap.END)) {
            running.awaitVisible();
            until(() -> Files.exists(world.index().resolve("_0.cfs")));
            damageIntegrity(world.index().resolve("_0.cfs"));

            until(() -> running.process.sink.state() instanceof SinkState.Stopped(String reason)
                    && reason.contains("_0.cfs: checksum failed"));
        }
    }

    /** The last byte is of the checksum itself, which no search reads. */
    private static void damageIntegrity(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }

    @Test
    void aSuccessorThatCannotBeGoneOnWithIsBegunAgain() throws Exception {
        put(0, 10);
        try (var running = new Running(OnGap.END)) {
            running.awaitVisible();
        }
        NextIndex.request(world.index());
        Files.writeString(NextIndex.of(world.index()).resolve("segments_1"), "no index");

        try (var running = new Running(OnGap.END)) {
            until(() -> !NextIndex.isRequested(world.index())
                    && HeldIndex.old(world.index()).isEmpty());

            assertThat(running.visible()).isEqualTo(model);
        }
        assertOneSoundIndex();
    }

    /** The process dies again and again while the index is built anew, also between the two moves of the exchange. */
    @Test
    void aKillAtAnyMomentLeavesAnIndexAndTheRebuildGoesOn() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        put(0, 150);
        try (var running = new Running(OnGap.END)) {
            running.awaitVisible();
        }
        for (int kill = 0; kill < 12; kill++) {
            NextIndex.request(world.index());
            stride = random.nextInt(3);
            try (var running = new Running(OnGap.END)) {
                assertThat(running.visible()).as("-Dseed=%d", seed).hasSizeGreaterThanOrEqualTo(150);
                put(150 + kill, 151 + kill);
                LockSupport.parkNanos(random.nextLong(400_000_000));
                running.awaitVisible();
            }
            if (kill % 4 == 3) {
                NextIndex.request(world.index());
                Files.move(world.index(), world.index().resolveSibling("index.old-" + kill));
                restoreAsNext(kill);
            }
        }
        stride = 500;
        try (var running = new Running(OnGap.END)) {
            until(() -> !NextIndex.isRequested(world.index()));
            running.awaitVisible();
        }
        assertThat(IndexCheck.of(world.index()).damages()).as("-Dseed=%d", seed).isEmpty();
    }

    /** The successor that had caught up is the index itself, under the other name. */
    private void restoreAsNext(int kill) throws IOException {
        NextIndex.startOver(world.index());
        Files.delete(NextIndex.of(world.index()));
        Files.move(world.index().resolveSibling("index.old-" + kill), NextIndex.of(world.index()));
    }

    private void put(int from, int to) {
        for (int i = from; i < to; i++) {
            world.put(i % 2, "id" + i, "texte " + i);
            model.put("id" + i, "texte " + i);
        }
    }

    private void pollAtMost() {
        var consumer = building.get();
        if (consumer != null) {
            consumer.pollAtMost(stride);
        }
    }

    private void assertOneSoundIndex() throws IOException {
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(world.index()));
        assertThat(IndexCheck.of(world.index()).damages()).isEmpty();
        assertThat(IndexStats.of(world.index()).documents()).isPositive();
    }

    private static void until(Condition condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    /** Closing it is a sudden death but for what the successor had committed. */
    private final class Running implements AutoCloseable {
        final SinkProcess process;
        final IndexRebuild rebuild;
        private final Thread thread;

        Running(OnGap onGap) throws IOException {
            process = world.start(PACE, onGap);
            thread = Thread.ofPlatform().daemon().start(process.sink);
            rebuild = IndexRebuild.watching(
                    world.index(),
                    process.sink,
                    (successor, meters) -> {
                        var consumer = new VerbatimConsumer(world.topic);
                        consumer.pollAtMost(stride);
                        building.set(consumer);
                        return SinkProcess.sink(world, consumer, successor, PACE, OnGap.END, meters);
                    },
                    Upkeep.standard(),
                    process.meters,
                    Clock.systemUTC());
        }

        Map<String, String> visible() throws IOException {
            return process.all();
        }

        void awaitVisible() throws IOException {
            until(() -> visible().equals(model));
        }

        @Override
        public void close() throws IOException {
            rebuild.close();
            process.sink.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.close();
        }
    }
}
