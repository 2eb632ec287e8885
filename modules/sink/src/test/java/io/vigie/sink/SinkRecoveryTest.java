package io.vigie.sink;

import static io.vigie.sink.World.GARBAGE;
import static io.vigie.sink.World.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.index.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails, the index is as of its last commit and goes on from there; or the sink ends and says why. */
@Timeout(60)
class SinkRecoveryTest {
    private static final Duration NEVER = Duration.ofDays(365);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Visible after each step, durable by the third record. */
    private static final Pace PACE = new Pace(Duration.ZERO, NEVER, 3);

    @TempDir
    private Path directory;

    private World world;

    @BeforeEach
    void makeWorld() {
        world = new World(directory, 2);
    }

    @Test
    void aFailedWriteIsRolledBackAndReadAgain() throws IOException {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "un");
            world.put(0, "b", "deux");
            world.put(0, "c", "trois");

            process.run(
                    () -> {},
                    () -> {
                        world.put(0, "a", "un, corrigé");
                        world.delete(1, "b");
                        world.breakDisk();
                    },
                    () -> {
                        assertThat(process.sink.state()).isInstanceOf(SinkState.Recovering.class);
                        assertThat(process.visible()).isEqualTo(Map.of("a", "un", "b", "deux", "c", "trois"));
                        world.mendDisk();
                    },
                    () -> assertThat(process.sink.state()).isEqualTo(new SinkState.Following()));

            assertThat(process.visible()).isEqualTo(Map.of("a", "un, corrigé", "c", "trois"));
            assertThat(process.index.checkpoint()).isEqualTo(new Checkpoint("topic-a", Map.of(0, 4L, 1, 1L)));
            assertThat(process.count("vigie.index.rollbacks")).isEqualTo(1);
        }
    }

    @Test
    void recoveryIsRepeatedWhileWritingFails() throws IOException {
        try (var process = world.start(PACE)) {
            process.run(
                    () -> {
                        world.put(0, "a", "un");
                        world.breakDisk();
                    },
                    () -> {},
                    world::mendDisk,
                    () -> assertThat(process.visible()).containsOnlyKeys("a"));

            assertThat(process.count("vigie.index.rollbacks")).isEqualTo(2);
            assertThat(process.index.checkpoint().nextOffset(0)).isEqualTo(1);
        }
    }

    @Test
    void aFailedCommitIsRolledBackAndReadAgain() throws IOException {
        try (var process = world.start(new Pace(NEVER, NEVER, 3))) {
            process.run(
                    () -> {
                        world.put(0, "a", "un");
                        world.put(0, "b", "deux");
                        world.put(0, "c", "trois");
                        world.breakDisk();
                    },
                    () -> {
                        assertThat(process.index.checkpoint()).isEqualTo(Checkpoint.NONE);
                        world.mendDisk();
                    });
        }

        try (var restarted = world.start(PACE)) {
            assertThat(restarted.visible()).containsOnlyKeys("a", "b", "c");
            assertThat(restarted.index.checkpoint().nextOffset(0)).isEqualTo(3);
        }
    }

    @Test
    void anIndexThatCannotBeOpenedIsTriedAgainUntilItCan() throws Exception {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "un");
            world.put(0, "b", "deux");
            world.put(0, "c", "trois");
            process.sink.step();
            world.put(0, "d", "quatre");
            world.takeDiskAway();

            var running = Thread.ofVirtual().start(process.sink);
            until(() -> process.count("vigie.index.rollbacks") >= 3);
            var reason = process.sink.state();
            var meanwhile = process.visible();
            world.bringDiskBack();
            until(() -> process.sink.state() instanceof SinkState.Following);
            process.sink.close();
            running.join();

            assertThat(reason)
                    .isInstanceOfSatisfying(
                            SinkState.Recovering.class,
                            recovering -> assertThat(recovering.reason()).contains("cannot be opened"));
            assertThat(meanwhile).containsOnlyKeys("a", "b", "c");
            assertThat(process.visible()).containsOnlyKeys("a", "b", "c", "d");
            assertThat(process.index.checkpoint().nextOffset(0)).isEqualTo(4);
        }
    }

    @Test
    void closingEndsAWaitForTheNextTry() throws Exception {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "un");
            world.takeDiskAway();
            var running = Thread.ofVirtual().start(process.sink);
            // The fourth wait is of 1.6 s.
            until(() -> process.count("vigie.index.rollbacks") >= 4);

            process.sink.close();

            assertThat(running.join(Duration.ofSeconds(1))).isTrue();
            assertThat(process.sink.state()).isInstanceOf(SinkState.Stopped.class);
            assertThat(process.index.checkpoint()).isEqualTo(Checkpoint.NONE);
        }
    }

    @Test
    void aRecordWhoseDeadLetterFailsIsReadAgain() throws IOException {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "un");
            world.append(0, key("b"), GARBAGE);
            world.put(0, "c", "trois");
            world.failBurials(2);

            process.run(() -> {}, () -> {}, () -> {}, () -> {});

            assertThat(world.buried)
                    .singleElement()
                    .satisfies(buried -> assertThat(buried.letter().offset()).isEqualTo(1));
            assertThat(process.visible()).containsOnlyKeys("a", "c");
            assertThat(process.count("vigie.index.rollbacks")).isEqualTo(2);
        }
    }

    @Test
    void nothingIsReadOnUntilTheSinkHasGoneBack() throws IOException {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "un");
            world.append(0, key("b"), GARBAGE);
            world.put(0, "c", "trois");
            world.failBurials(1);

            process.run(() -> process.consumer.setOffsetsException(new TimeoutException("the broker is away")), () -> {
                world.put(0, "d", "quatre");
                assertThat(process.count("vigie.index.rollbacks")).isEqualTo(2);
            });

            assertThat(world.buried).hasSize(1);
            assertThat(process.index.checkpoint().nextOffset(0)).isEqualTo(4);
            assertThat(process.visible()).containsOnlyKeys("a", "c", "d");
        }
    }

    @Test
    void closingAfterAFailureCommitsNothingOfTheFailedBatch() throws Exception {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "un");
            process.sink.step();
            world.put(0, "b", "deux");
            world.append(0, key("c"), GARBAGE);
            world.failBurials(1);
            var running = Thread.ofVirtual().start(process.sink);
            until(() -> process.sink.state() instanceof SinkState.Recovering);

            process.sink.close();
            running.join();

            assertThat(process.index.checkpoint()).isEqualTo(Checkpoint.NONE);
        }
    }

    @Test
    void closingWakesAPollThatWaits() throws IOException {
        try (var process = world.start(PACE)) {
            process.sink.close();

            assertThatThrownBy(process.sink::step).isInstanceOf(WakeupException.class);
        }
    }

    @Test
    void theWaitForTheNextTryDoublesUpToHalfAMinute() {
        var waits = Stream.iterate(Duration.ofMillis(200), IndexSink::longer).limit(12);

        assertThat(waits)
                .startsWith(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800))
                .endsWith(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    @Test
    void aFailureOfTheConsumerIsRecoveredFrom() throws IOException {
        try (var process = world.start(PACE)) {
            world.put(0, "a", "un");

            process.run(() -> {}, () -> process.consumer.setPollException(new KafkaException("passing")), () -> {});

            assertThat(process.visible()).containsOnlyKeys("a");
            assertThat(process.count("vigie.index.rollbacks")).isEqualTo(1);
        }
    }

    @Test
    void recordsRemovedBeforeTheyWereReadEndTheSink() throws IOException {
        try (var process = world.start(PACE)) {
            assertThatThrownBy(() -> process.run(() -> {}, () -> {
                        world.put(0, "a", "un");
                        world.put(0, "b", "deux");
                        world.topic.removeBefore(0, 1);
                    }))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("{voc.verbatims-0=0}")
                    .hasMessageContaining("vigie index rebuild");

            assertStopped(process, "{voc.verbatims-0=0}");
        }
    }

    @Test
    void recordsRemovedWhileItRecoversEndTheSink() throws IOException {
        try (var process = world.start(PACE)) {
            process.run(() -> {
                world.put(0, "a", "un");
                world.put(0, "b", "deux");
                world.put(0, "c", "trois");
            });
        }
        try (var process = world.start(PACE)) {
            assertThatThrownBy(() -> process.run(() -> {
                        world.put(0, "d", "quatre");
                        world.put(0, "e", "cinq");
                        world.topic.removeBefore(0, 5);
                        process.consumer.setPollException(new KafkaException("passing"));
                    }))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("records 3 to 4 of voc.verbatims-0 were removed");

            assertStopped(process, "records 3 to 4");
        }
    }

    @Test
    void aMissingPermissionEndsTheSink() throws IOException {
        try (var process = world.start(PACE)) {
            assertThatThrownBy(() -> process.run(() -> process.consumer.setPollException(
                            new TopicAuthorizationException(Set.of(VerbatimTopic.NAME)))))
                    .isInstanceOf(SinkException.class)
                    .hasMessageStartingWith("the sink may not read voc.verbatims: ");

            assertStopped(process, "may not read");
        }
    }

    @Test
    void aLastCommitThatFailsLosesNothing() throws IOException {
        try (var process = world.start(new Pace(NEVER, NEVER, Integer.MAX_VALUE))) {
            world.put(0, "a", "un");
            process.run(() -> {}, world::breakDisk);

            assertThat(process.sink.state()).isEqualTo(new SinkState.Stopped("closed without a last commit"));
        }
        world.mendDisk();

        try (var restarted = world.start(PACE)) {
            assertThat(restarted.visible()).isEmpty();
            restarted.sink.step();
            assertThat(restarted.visible()).containsOnlyKeys("a");
        }
    }

    private static void assertStopped(SinkProcess process, String reason) {
        assertThat(process.consumer.closed()).isTrue();
        assertThat(process.sink.state())
                .isInstanceOfSatisfying(
                        SinkState.Stopped.class,
                        stopped -> assertThat(stopped.reason()).contains(reason));
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
