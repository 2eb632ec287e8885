package io.vigie.sink;

import static io.vigie.sink.World.GARBAGE;
import static io.vigie.sink.World.UNKNOWN_SCHEMA;
import static io.vigie.sink.World.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.index.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random records, failures and deaths. At each start the index is exactly what its checkpoint says, and once all is read
 * it is exactly what a map says.
 */
@Timeout(120)
class IndexSinkModelTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String RERUN = "rerun with -Dseed=" + SEED;
    private static final int ROUNDS = 20;
    private static final int ACTIONS_A_ROUND = 60;
    private static final int IDS = 30;
    private static final int PARTITIONS = 3;
    /** What is late already is not kept back longer. */
    private static final Duration LATE_MAX = Duration.ofSeconds(1);

    private static final Pace PACE = new Pace(Duration.ofMillis(60), Duration.ofSeconds(5), 20);

    private final Random random = new Random(SEED);
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> bad = new HashSet<>();

    @Test
    void theIndexIsWhatTheTopicSays(@TempDir Path directory) throws IOException {
        var world = new World(directory, PARTITIONS);
        var process = world.start(PACE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int action = 0; action < ACTIONS_A_ROUND; action++) {
                act(world, process);
            }
            switch (random.nextInt(4)) {
                case 0 -> process = restarted(world, process);
                case 1 -> {
                    process.run();
                    process = restarted(world, process);
                }
                default -> readAll(world, process);
            }
        }
        readAll(world, process);
        process.close();
    }

    private void act(World world, SinkProcess process) throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> {
                int id = random.nextInt(IDS);
                String text = "texte " + random.nextInt();
                long offset = world.put(id % PARTITIONS, "v" + id, text);
                changes.add(new Change(id % PARTITIONS, offset, "v" + id, Optional.of(text)));
            }
            case 8, 9 -> {
                int id = random.nextInt(IDS);
                long offset = world.delete(id % PARTITIONS, "v" + id);
                changes.add(new Change(id % PARTITIONS, offset, "v" + id, Optional.empty()));
            }
            case 10 -> appendBad(world);
            case 11, 12 -> world.topic.leaveHole(random.nextInt(PARTITIONS));
            case 13 -> world.time.pass(Duration.ofMillis(random.nextInt(3_000)));
            case 14 -> world.failBurials(random.nextInt(2));
            case 15 -> {
                if (random.nextInt(4) == 0) {
                    failingWrite(world, process);
                }
            }
            default -> {
                process.consumer.pollAtMost(1 + random.nextInt(10));
                step(process);
            }
        }
    }

    private void appendBad(World world) {
        int partition = random.nextInt(PARTITIONS);
        long offset = switch (random.nextInt(4)) {
            case 0 -> world.append(partition, key("v" + random.nextInt(IDS)), GARBAGE);
            case 1 -> world.append(partition, key("v" + random.nextInt(IDS)), UNKNOWN_SCHEMA);
            case 2 -> world.append(partition, null, null);
            default -> world.append(partition, key("autre"), World.bytes(World.verbatim("v1", "mauvaise clé")));
        };
        bad.add(partition + "@" + offset);
    }

    private void failingWrite(World world, SinkProcess process) throws IOException {
        world.failBurials(0);
        world.breakDisk();
        world.time.pass(Duration.ofSeconds(random.nextInt(6)));
        attempt(process.sink::step);
        for (int tries = random.nextInt(3); tries > 0; tries--) {
            attempt(process.sink::recover);
        }
        world.mendDisk();
        // Also when nothing was written and nothing failed: other things than the disk may.
        recover(process);
    }

    /** Whether it fails depends on what there is to write. */
    private static void attempt(SinkProcess.Action action) {
        try {
            action.run();
        } catch (IOException | RuntimeException e) {
            assertThat(e).as(RERUN).isInstanceOfAny(IOException.class, IllegalStateException.class);
        }
    }

    private void step(SinkProcess process) throws IOException {
        try {
            process.sink.step();
        } catch (IOException | RuntimeException e) {
            recover(process);
        }
    }

    /** As {@link IndexSink#run} does: again and again, without a step between. */
    private void recover(SinkProcess process) throws IOException {
        while (random.nextInt(3) == 0) {
            process.consumer.setOffsetsException(new TimeoutException("the broker is away"));
            assertThatThrownBy(process.sink::recover).isInstanceOf(TimeoutException.class);
        }
        process.sink.recover();
        assertIsAsCommitted(process);
    }

    private SinkProcess restarted(World world, SinkProcess dead) throws IOException {
        dead.close();
        var process = world.start(PACE);
        assertIsAsCommitted(process);
        return process;
    }

    private void assertIsAsCommitted(SinkProcess process) throws IOException {
        assertThat(process.visible()).as(RERUN).isEqualTo(model(process.index.checkpoint()));
    }

    private void readAll(World world, SinkProcess process) throws IOException {
        world.failBurials(0);
        process.consumer.pollAtMost(7);
        while (process.consumer.lag() > 0) {
            process.sink.step();
        }
        world.time.pass(LATE_MAX);
        process.sink.step();

        assertThat(process.visible()).as(RERUN).isEqualTo(model(end(world)));
        assertThat(process.sink.state()).as(RERUN).isEqualTo(new SinkState.Following());
        assertThat(world.buried.stream()
                        .map(buried -> buried.letter().partition() + "@"
                                + buried.letter().offset()))
                .as(RERUN)
                .allMatch(bad::contains)
                .containsAll(bad);
    }

    private static Checkpoint end(World world) {
        var ends = new HashMap<Integer, Long>();
        world.topic.ends().forEach((partition, end) -> ends.put(partition.partition(), end));
        return new Checkpoint("any", ends);
    }

    /** What was written before a checkpoint, the last of each id. */
    private Map<String, String> model(Checkpoint checkpoint) {
        var texts = new HashMap<String, String>();
        for (var change : changes) {
            if (change.offset() < checkpoint.nextOffset(change.partition())) {
                change.text().ifPresentOrElse(text -> texts.put(change.id(), text), () -> texts.remove(change.id()));
            }
        }
        return texts;
    }

    /** @param text none when the verbatim was deleted */
    private record Change(int partition, long offset, String id, Optional<String> text) {}
}
