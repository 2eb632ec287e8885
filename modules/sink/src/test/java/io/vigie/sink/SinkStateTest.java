package io.vigie.sink;

import static io.vigie.sink.World.GARBAGE;
import static io.vigie.sink.World.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.vigie.index.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health checks and dashboards are told. */
class SinkStateTest {
    private static final Duration REFRESH = Duration.ofMillis(60);
    private static final Pace PACE = new Pace(REFRESH, Duration.ofDays(365), Integer.MAX_VALUE);

    @TempDir
    private Path directory;

    private World world;

    @BeforeEach
    void makeWorld() {
        world = new World(directory, 2);
    }

    @Test
    void aSinkCatchesUpFromItsFirstMoment() throws IOException {
        putBacklog(10);

        try (var process = world.start(PACE)) {
            assertThat(process.sink.state()).isEqualTo(new SinkState.CatchingUp(10));
        }
    }

    @Test
    void recordsToCatchUpWithAreCountedFromWhereEachPartitionBegins() throws IOException {
        putBacklog(10);
        world.topic.removeBefore(0, 4);

        try (var process = world.start(PACE)) {
            assertThat(process.sink.state()).isEqualTo(new SinkState.CatchingUp(6));
        }
    }

    @Test
    void itCatchesUpStepByStep() throws IOException {
        putBacklog(10);
        try (var process = world.start(PACE)) {
            process.consumer.pollAtMost(4);

            process.sink.step();
            assertThat(process.sink.state()).isEqualTo(new SinkState.CatchingUp(6));

            world.put(1, "nouveau", "ne compte pas");
            process.sink.step();
            assertThat(process.sink.state()).isInstanceOf(SinkState.CatchingUp.class);
        }
    }

    @Test
    void itFollowsOnlyOnceTheLastOfTheBacklogIsVisible() throws IOException {
        putBacklog(2);
        try (var process = world.start(PACE)) {
            process.sink.step();
            assertThat(process.sink.state()).isEqualTo(new SinkState.CatchingUp(0));

            world.time.pass(REFRESH);
            process.sink.step();
            assertThat(process.sink.state()).isEqualTo(new SinkState.Following());
            assertThat(process.visible()).hasSize(2);
        }
    }

    @Test
    void aBacklogIsMadeVisibleOnceASecondAndAtItsEnd() throws IOException {
        putBacklog(10);
        try (var process = world.start(PACE)) {
            process.consumer.pollAtMost(4);
            process.sink.step();
            world.time.pass(REFRESH.multipliedBy(3));
            process.sink.step();
            assertThat(process.visible()).isEmpty();

            world.time.pass(Duration.ofSeconds(1));
            process.consumer.pollAtMost(1);
            process.sink.step();
            assertThat(process.visible()).hasSize(9);

            world.time.pass(REFRESH);
            process.sink.step();
            assertThat(process.visible()).hasSize(10);
        }
    }

    @Test
    void nothingIsRefreshedWhenNothingCame() throws IOException {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "box en panne");
            world.time.pass(REFRESH);
            process.sink.step();
            long refreshes = process.meters.get("vigie.index.refresh").timer().count();

            for (int i = 0; i < 10; i++) {
                world.time.pass(REFRESH);
                world.topic.leaveHole(0);
                process.sink.step();
            }

            assertThat(process.meters.get("vigie.index.refresh").timer().count())
                    .isEqualTo(refreshes);
        }
    }

    @Test
    void theFirstRecordAfterAPauseIsVisibleAtOnce() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.step();
            world.time.pass(REFRESH);
            world.put(0, "a", "box en panne");

            process.sink.step();

            assertThat(process.visible()).containsOnlyKeys("a");
        }
    }

    @Test
    void whatIsReadIsSearchableOnceItIsVisibleAndHolesAtOnce() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.step();
            world.put(0, "a", "box en panne");
            process.sink.step();
            assertThat(process.index.searchable().nextOffset(0)).isZero();

            world.time.pass(REFRESH);
            process.sink.step();
            assertThat(process.index.searchable().nextOffset(0)).isEqualTo(1);

            world.topic.leaveHole(0);
            process.sink.step();
            assertThat(process.index.searchable().nextOffset(0)).isEqualTo(2);
        }
    }

    @Test
    void aSinkThatGoesBackTakesBackWhatWasSearchable() throws IOException {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "box en panne");
            world.time.pass(REFRESH);
            process.sink.step();
            assertThat(process.index.searchable().nextOffset(0)).isEqualTo(1);

            process.sink.recover();

            assertThat(process.index.searchable()).isEqualTo(new Checkpoint("topic-a", Map.of(0, 0L, 1, 0L)));
        }
    }

    @Test
    void anEmptyTopicIsFollowedAtOnce() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.step();

            assertThat(process.sink.state()).isEqualTo(new SinkState.Following());
        }
    }

    @Test
    void aBacklogOfHolesIsCaughtUpWith() throws IOException {
        world.topic.leaveHole(0);
        world.topic.leaveHole(1);
        try (var process = world.start(PACE)) {
            process.sink.step();

            assertThat(process.sink.state()).isEqualTo(new SinkState.Following());
        }
    }

    @Test
    void onceItFollowsNewRecordsDoNotChangeThat() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.step();
            putBacklog(1_000);

            process.sink.step();

            assertThat(process.sink.state()).isEqualTo(new SinkState.Following());
        }
    }

    @Test
    void theBacklogIsNotMeasuredAsFreshness() throws IOException {
        putBacklog(10);
        try (var process = world.start(PACE)) {
            world.time.pass(Duration.ofHours(1));
            process.sink.step();
            world.time.pass(REFRESH);
            process.sink.step();

            assertThat(freshness(process).count()).isZero();
        }
    }

    @Test
    void freshnessIsFromProductionToVisibility() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.step();
            world.put(0, "a", "box en panne");
            world.time.pass(Duration.ofMillis(10));
            process.sink.step();
            world.put(1, "b", "facture fausse");
            world.time.pass(REFRESH);
            process.sink.step();

            assertThat(freshness(process).count()).isEqualTo(2);
            assertThat(freshness(process).totalTime(TimeUnit.MILLISECONDS)).isEqualTo(70 + 60);
        }
    }

    @Test
    void whatIsNotIndexedIsNotMeasured() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.step();
            world.append(0, key("a"), GARBAGE);
            world.delete(0, "b");
            world.time.pass(REFRESH);
            process.sink.step();

            assertThat(freshness(process).count()).isZero();
        }
    }

    @Test
    void freshnessIsNeverNegative() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.step();
            world.put(0, "a", "d'une horloge en avance");
            world.time.pass(REFRESH);
            world.time.setWall(world.time.instant().minus(Duration.ofHours(2)));
            process.sink.step();

            assertThat(freshness(process).count()).isEqualTo(1);
            assertThat(freshness(process).totalTime(TimeUnit.MILLISECONDS)).isZero();
        }
    }

    @Test
    void whatIsReadAgainAfterAFailureIsCaughtUpWithAndNotMeasured() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.step();
            putBacklog(10);
            world.time.pass(REFRESH);
            process.sink.step();
            process.consumer.pollAtMost(4);

            process.run(
                    () -> process.consumer.setPollException(new KafkaException("passing")),
                    () -> {
                        assertThat(process.sink.state()).isEqualTo(new SinkState.Recovering("passing"));
                        world.time.pass(REFRESH);
                    },
                    () -> assertThat(process.sink.state()).isEqualTo(new SinkState.CatchingUp(6)),
                    () -> world.time.pass(REFRESH),
                    () -> assertThat(process.sink.state()).isEqualTo(new SinkState.Following()));

            assertThat(freshness(process).count()).isEqualTo(10);
        }
    }

    @Test
    void lagIsWhatIsWrittenAndNotYetRead() throws IOException {
        putBacklog(10);
        try (var process = world.start(PACE)) {
            process.consumer.pollAtMost(4);

            process.sink.step();

            assertThat(process.meters
                            .get("vigie.index.lag.records")
                            .tag("partition", "0")
                            .gauge()
                            .value())
                    .isEqualTo(6);
            assertThat(process.meters
                            .get("vigie.index.lag.records")
                            .tag("partition", "1")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    private void putBacklog(int records) {
        for (int i = 0; i < records; i++) {
            world.put(0, "ancien-" + i, "du passé");
        }
    }

    private static Timer freshness(SinkProcess process) {
        return process.meters.get("vigie.freshness").timer();
    }
}
