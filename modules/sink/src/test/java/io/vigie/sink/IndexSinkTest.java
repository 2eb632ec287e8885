package io.vigie.sink;

import static io.vigie.sink.World.GARBAGE;
import static io.vigie.sink.World.UNKNOWN_SCHEMA;
import static io.vigie.sink.World.bytes;
import static io.vigie.sink.World.key;
import static io.vigie.sink.World.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.events.DeadLetter;
import io.vigie.index.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IndexSinkTest {
    private static final Duration NEVER = Duration.ofDays(365);
    /** Everything is visible after each step and durable after none. */
    private static final Pace VISIBLE = new Pace(Duration.ZERO, NEVER, Integer.MAX_VALUE);

    private static final Pace DURABLE = new Pace(Duration.ZERO, NEVER, 1);

    @TempDir
    private Path directory;

    private World world;

    @BeforeEach
    void makeWorld() {
        world = new World(directory, 2);
    }

    @Test
    void aRecordIsIndexed() throws IOException {
        try (var process = world.start(VISIBLE)) {
            world.put(0, "a", "box en panne");
            world.put(1, "b", "facture fausse");

            process.sink.step();

            assertThat(process.visible()).isEqualTo(Map.of("a", "box en panne", "b", "facture fausse"));
            assertThat(process.index.find("a")).contains(verbatim("a", "box en panne"));
            assertThat(process.count("vigie.index.records", "result", "indexed"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aLaterRecordReplacesAnEarlierOneWithItsKey() throws IOException {
        try (var process = world.start(VISIBLE)) {
            world.put(0, "a", "ancien");
            process.sink.step();
            world.put(0, "a", "récent");
            world.put(0, "a", "dernier");

            process.sink.step();

            assertThat(process.visible()).isEqualTo(Map.of("a", "dernier"));
        }
    }

    @Test
    void aTombstoneRemovesItsVerbatim() throws IOException {
        try (var process = world.start(VISIBLE)) {
            world.put(0, "a", "à effacer");
            world.put(0, "b", "reste");
            process.sink.step();
            world.delete(0, "a");

            process.sink.step();

            assertThat(process.visible()).containsOnlyKeys("b");
            assertThat(process.count("vigie.index.records", "result", "deleted"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aTombstoneOfAnUnknownVerbatimDoesNothing() throws IOException {
        try (var process = world.start(VISIBLE)) {
            world.put(0, "a", "reste");
            world.delete(0, "ailleurs");

            process.sink.step();

            assertThat(process.visible()).containsOnlyKeys("a");
            assertThat(world.buried).isEmpty();
        }
    }

    static Stream<Arguments> badRecords() {
        byte[] good = bytes(verbatim("a", "bon texte"));
        return Stream.of(
                Arguments.of("not-avro", key("a"), GARBAGE),
                Arguments.of("not-avro", key("a"), new byte[0]),
                Arguments.of("unknown-schema", key("a"), UNKNOWN_SCHEMA),
                Arguments.of("bad-avro", key("a"), Arrays.copyOf(good, good.length / 2)),
                Arguments.of("wrong-key", key("b"), good),
                Arguments.of("wrong-key", null, good),
                Arguments.of("no-key", null, null));
    }

    @ParameterizedTest
    @MethodSource("badRecords")
    void aBadRecordIsBuriedAndTheRestIsApplied(String reason, byte[] key, byte[] value) throws IOException {
        try (var process = world.start(DURABLE)) {
            world.put(1, "avant", "un bon");
            world.append(1, key, value);
            world.put(1, "après", "un autre bon");

            process.sink.step();

            assertThat(process.visible()).containsOnlyKeys("avant", "après");
            assertThat(world.buried).singleElement().satisfies(buried -> {
                assertThat(buried.letter())
                        .usingRecursiveComparison()
                        .ignoringFields("detail")
                        .isEqualTo(new DeadLetter("sink", reason, "", "voc.verbatims", 1, 1));
                assertThat(buried.key()).isEqualTo(World.content(key));
                assertThat(buried.value()).isEqualTo(World.content(value));
            });
            assertThat(process.count("vigie.dead.letters", "stage", "sink", "reason", reason))
                    .isEqualTo(1);
            assertThat(process.count("vigie.index.records", "result", "indexed"))
                    .isEqualTo(2);
            assertThat(process.count("vigie.index.records", "result", "deleted"))
                    .isZero();
        }
    }

    @Test
    void aBadRecordIsBuriedBeforeItsOffsetIsCommitted() throws IOException {
        try (var process = world.start(DURABLE)) {
            world.put(0, "a", "bon");
            process.sink.step();
            long offset = world.append(0, key("b"), GARBAGE);

            process.sink.step();

            assertThat(world.buried.getFirst().committed().nextOffset(0)).isEqualTo(offset);
            assertThat(process.index.checkpoint().nextOffset(0)).isEqualTo(offset + 1);
        }
    }

    @Test
    void nothingIsVisibleBeforeTheRefreshIsDue() throws IOException {
        try (var process = world.start(new Pace(Duration.ofMillis(60), NEVER, Integer.MAX_VALUE))) {
            world.put(0, "a", "box en panne");
            process.sink.step();
            world.time.pass(Duration.ofMillis(59));
            process.sink.step();

            assertThat(process.visible()).isEmpty();

            world.time.pass(Duration.ofMillis(1));
            process.sink.step();

            assertThat(process.visible()).containsOnlyKeys("a");
        }
    }

    @Test
    void whatIsLateAlreadyMayBeAnEighthLater() throws IOException {
        try (var process = world.start(new Pace(Duration.ofMillis(60), NEVER, Integer.MAX_VALUE))) {
            process.sink.step();
            world.put(0, "a", "box en panne");
            world.time.pass(Duration.ofSeconds(4));
            process.sink.step();
            assertThat(process.visible()).containsOnlyKeys("a");

            world.put(0, "b", "box en panne", world.time.instant().minusSeconds(4));
            world.time.pass(Duration.ofMillis(499));
            process.sink.step();
            assertThat(process.visible()).containsOnlyKeys("a");
            world.time.pass(Duration.ofMillis(100));
            process.sink.step();
            assertThat(process.visible()).containsOnlyKeys("a", "b");

            world.put(0, "c", "box en panne", world.time.instant().minus(Duration.ofDays(1)));
            world.time.pass(Duration.ofSeconds(1));
            process.sink.step();
            assertThat(process.visible()).containsOnlyKeys("a", "b", "c");
        }
    }

    @Test
    void afterAPauseTheFirstRecordIsVisibleAtOnce() throws IOException {
        try (var process = world.start(new Pace(Duration.ofMillis(60), NEVER, Integer.MAX_VALUE))) {
            world.time.pass(Duration.ofMinutes(1));
            process.sink.step();
            world.put(0, "a", "box en panne");

            process.sink.step();

            assertThat(process.visible()).containsOnlyKeys("a");
        }
    }

    @Test
    void anIdleSinkRefreshesAndCommitsNothing() throws IOException {
        try (var process = world.start(new Pace(Duration.ZERO, Duration.ZERO, 1))) {
            world.put(0, "a", "box en panne");
            process.sink.step();

            for (int i = 0; i < 10; i++) {
                world.time.pass(Duration.ofMinutes(1));
                process.sink.step();
            }

            assertThat(process.meters.get("vigie.index.refresh").timer().count())
                    .isEqualTo(1);
            assertThat(process.meters.get("vigie.index.commit").timer().count()).isEqualTo(1);
        }
    }

    @Test
    void aPollNeverWaitsSoLongThatClosingWould() throws IOException {
        try (var process = world.start(new Pace(Duration.ofHours(1), NEVER, Integer.MAX_VALUE))) {
            world.put(0, "a", "box en panne");
            process.sink.step();

            process.sink.step();

            assertThat(process.consumer.lastPollTimeout()).isLessThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void aPollEndsWhenTheRefreshIsDue() throws IOException {
        try (var process = world.start(new Pace(Duration.ofMillis(60), NEVER, Integer.MAX_VALUE))) {
            world.put(0, "a", "box en panne");
            process.sink.step();
            world.time.pass(Duration.ofMillis(20));

            process.sink.step();

            assertThat(process.consumer.lastPollTimeout()).isEqualTo(Duration.ofMillis(40));
        }
    }

    @Test
    void aCommitIsDueByAge() throws IOException {
        try (var process = world.start(new Pace(Duration.ZERO, Duration.ofSeconds(5), Integer.MAX_VALUE))) {
            world.put(0, "a", "box en panne");
            process.sink.step();
            world.time.pass(Duration.ofMillis(4_999));
            process.sink.step();

            assertThat(process.index.checkpoint()).isEqualTo(Checkpoint.NONE);

            world.time.pass(Duration.ofMillis(1));
            process.sink.step();

            assertThat(process.index.checkpoint()).isEqualTo(new Checkpoint("topic-a", Map.of(0, 1L, 1, 0L)));
        }
    }

    @Test
    void aCommitIsDueByCount() throws IOException {
        try (var process = world.start(new Pace(Duration.ZERO, NEVER, 3))) {
            world.put(0, "a", "un");
            world.put(0, "b", "deux");
            process.sink.step();

            assertThat(process.index.checkpoint()).isEqualTo(Checkpoint.NONE);

            world.delete(1, "c");
            process.sink.step();

            assertThat(process.index.checkpoint()).isEqualTo(new Checkpoint("topic-a", Map.of(0, 2L, 1, 1L)));
            assertThat(process.meters.get("vigie.index.commit").timer().count()).isEqualTo(1);
        }
    }

    @Test
    void badRecordsCountTowardsACommit() throws IOException {
        try (var process = world.start(new Pace(Duration.ZERO, NEVER, 2))) {
            world.append(0, key("a"), GARBAGE);
            world.append(0, key("b"), GARBAGE);

            process.sink.step();

            assertThat(process.index.checkpoint().nextOffset(0)).isEqualTo(2);
        }
    }

    @Test
    void aClockThatIsSetBackDelaysNothing() throws IOException {
        try (var process = world.start(new Pace(Duration.ofMillis(60), Duration.ofSeconds(5), Integer.MAX_VALUE))) {
            world.put(0, "a", "box en panne");
            world.time.pass(Duration.ofSeconds(6));
            world.time.setWall(world.time.instant().minus(Duration.ofHours(2)));

            process.sink.step();

            assertThat(process.visible()).containsOnlyKeys("a");
            assertThat(process.index.checkpoint().nextOffset(0)).isEqualTo(1);
        }
    }

    @Test
    void runCommitsWhatItAppliedWhenItIsClosed() throws IOException {
        world.put(0, "a", "box en panne");
        try (var process = world.start(VISIBLE)) {
            process.run(() -> {});

            assertThat(process.consumer.closed()).isTrue();
            assertThat(process.sink.state()).isEqualTo(new SinkState.Stopped("closed"));
        }

        try (var restarted = world.start(VISIBLE)) {
            assertThat(restarted.visible()).containsOnlyKeys("a");
            assertThat(restarted.index.checkpoint().nextOffset(0)).isEqualTo(1);
        }
    }

    @Test
    void aSinkClosedBeforeItRunsCommitsNothing() throws IOException {
        world.put(0, "a", "box en panne");
        try (var process = world.start(VISIBLE)) {
            process.sink.close();
            process.sink.run();

            assertThat(process.index.checkpoint()).isEqualTo(Checkpoint.NONE);
            assertThat(process.consumer.closed()).isTrue();
        }
    }

    @Test
    void aRestartedSinkGoesOnWhereTheIndexStands() throws IOException {
        world.put(0, "a", "un");
        world.put(1, "b", "deux");
        try (var process = world.start(VISIBLE)) {
            process.run(() -> {});
        }
        world.put(0, "c", "trois");

        try (var restarted = world.start(VISIBLE)) {
            restarted.sink.step();

            assertThat(restarted.visible()).containsOnlyKeys("a", "b", "c");
            assertThat(restarted.count("vigie.index.records", "result", "indexed"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatADeadProcessHadNotCommittedIsReadAgainAndIsThereOnce() throws IOException {
        try (var process = world.start(DURABLE)) {
            world.put(0, "a", "un");
            process.sink.step();
        }
        try (var process = world.start(VISIBLE)) {
            world.put(0, "a", "un, corrigé");
            world.put(0, "b", "deux");
            world.delete(0, "b");
            world.put(1, "c", "trois");
            process.sink.step();
        }

        try (var restarted = world.start(VISIBLE)) {
            assertThat(restarted.visible()).isEqualTo(Map.of("a", "un"));

            restarted.sink.step();

            assertThat(restarted.visible()).isEqualTo(Map.of("a", "un, corrigé", "c", "trois"));
        }
    }

    @Test
    void aNewPartitionIsReadFromItsBeginningAfterARestart() throws IOException {
        world.put(0, "a", "un");
        try (var process = world.start(VISIBLE)) {
            process.run(() -> {});
        }
        world.topic.growTo(3);
        world.put(2, "b", "deux");

        try (var restarted = world.start(DURABLE)) {
            restarted.sink.step();

            assertThat(restarted.visible()).containsOnlyKeys("a", "b");
            assertThat(restarted.index.checkpoint()).isEqualTo(new Checkpoint("topic-a", Map.of(0, 1L, 1, 0L, 2, 1L)));
        }
    }

    @Test
    void theCheckpointCoversHolesWithTheNextCommit() throws IOException {
        try (var process = world.start(DURABLE)) {
            world.topic.leaveHole(0);
            world.put(0, "a", "un");
            world.topic.leaveHole(0);
            world.topic.leaveHole(1);

            process.sink.step();

            assertThat(process.index.checkpoint()).isEqualTo(new Checkpoint("topic-a", Map.of(0, 3L, 1, 1L)));
            assertThat(lag(process, 0)).isZero();
            assertThat(lag(process, 1)).isZero();
        }
    }

    @Test
    void holesAloneAreReadButNotWorthACommit() throws IOException {
        try (var process = world.start(DURABLE)) {
            world.topic.leaveHole(0);
            process.sink.step();

            assertThat(process.index.checkpoint()).isEqualTo(Checkpoint.NONE);
            assertThat(lag(process, 0)).isZero();

            world.put(1, "a", "un");
            process.sink.step();

            assertThat(process.index.checkpoint()).isEqualTo(new Checkpoint("topic-a", Map.of(0, 1L, 1, 1L)));
        }
    }

    @Test
    void aSinkDoesNotStartOnAnIndexOfAnotherTopic() throws IOException {
        world.put(0, "a", "un");
        try (var process = world.start(VISIBLE)) {
            process.run(() -> {});
        }
        world.topic.recreate("topic-b");

        assertThatThrownBy(() -> world.start(VISIBLE))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("topic-a, now topic-b");
    }

    private static double lag(SinkProcess process, int partition) {
        return process.meters
                .get("vigie.index.lag.records")
                .tag("topic", VerbatimTopic.NAME)
                .tag("partition", Integer.toString(partition))
                .gauge()
                .value();
    }
}
