package io.vigie.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.index.OnDamage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An index is found to be damaged at the start. */
@Timeout(60)
class RemainsTest {
    private static final Pace PACE = new Pace(Duration.ofMillis(60), Duration.ofDays(365), 1);

    @TempDir
    private Path directory;

    private World world;

    @BeforeEach
    void damageAnIndexOfTwoSegments() throws IOException {
        world = new World(directory, 1);
        try (var process = world.start(PACE)) {
            world.put(0, "sound", "box en panne");
            process.sink.step();
            world.put(0, "lost", "facture fausse");
            process.sink.step();
        }
        var file = world.index().resolve("_1.cfs");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        world.onDamage = OnDamage.REBUILD;
    }

    @Test
    void itsSoundPartAnswersUntilAsMuchIsReadAgain() throws IOException {
        world.put(0, "new", "lenteur");
        try (var process = world.start(PACE)) {
            var atStart = process.visible();
            process.consumer.pollAtMost(1);
            pass(process);
            var halfway = process.visible();
            var caveat = process.index.caveat().orElseThrow();
            pass(process);
            pass(process);

            assertThat(atStart).containsOnlyKeys("sound");
            assertThat(halfway).containsOnlyKeys("sound");
            assertThat(caveat).contains("(50 %)").contains("the 1 verbatims of its damaged part");
            assertThat(process.visible()).containsOnlyKeys("sound", "lost", "new");
            assertThat(process.index.caveat()).isEmpty();
        }
    }

    @Test
    void aFailureOnTheWayDoesNotHideIt() throws IOException {
        try (var process = world.start(PACE)) {
            process.consumer.pollAtMost(1);
            pass(process);

            process.sink.recover();
            var afterwards = process.visible();
            pass(process);
            pass(process);

            assertThat(afterwards).containsOnlyKeys("sound");
            assertThat(process.visible()).containsOnlyKeys("sound", "lost");
        }
    }

    @Test
    void whatWasErasedMeanwhileIsGoneWithIt() throws IOException {
        world.delete(0, "sound");
        try (var process = world.start(PACE)) {
            pass(process);

            assertThat(process.visible()).containsOnlyKeys("lost");
        }
    }

    @Test
    void ofAnotherTopicItIsSeenOnlyUntilAnythingIsRead() throws IOException {
        world.topic.recreate("topic-b");
        world.put(0, "new", "lenteur");
        try (var process = world.start(PACE)) {
            var atStart = process.visible();
            pass(process);

            assertThat(atStart).containsOnlyKeys("sound");
            assertThat(process.visible()).containsOnlyKeys("new");
        }
    }

    @Test
    void aTopicThatHasLostRecordsIsShownOnceAllItHasIsRead() throws IOException {
        world.topic.loseFrom(0, 1);
        try (var process = world.start(PACE)) {
            pass(process);

            assertThat(process.visible()).containsOnlyKeys("sound");
            assertThat(process.index.caveat()).isEmpty();
        }
    }

    private void pass(SinkProcess process) throws IOException {
        world.time.pass(Duration.ofSeconds(1));
        process.sink.step();
    }
}
