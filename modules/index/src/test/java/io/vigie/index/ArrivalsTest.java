package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Intent;
import io.vigie.index.Arrivals.Arrived;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Checkpoint START = new Checkpoint("topic", Map.of());
    private static final int PARTITIONS = 3;
    private static final int MANY = 1_000;

    private static final SearchRequest BOX = SearchRequest.of("box");

    @Test
    void whatMatchesArrivesOnceItIsSearchable() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", "box en panne"), new Arrival(0, 0));
            index.put(verbatim("b", "facture fausse"), new Arrival(0, 1));
            assertThat(ids(arrived(index, BOX, START))).isEmpty();

            index.refresh(at(2));

            var arrivals = arrived(index, BOX, START);
            assertThat(ids(arrivals)).containsExactly("a");
            assertThat(arrivals.arrived().getFirst().hit().highlights()).containsExactly(new Highlight(0, 3));
            assertThat(arrivals.next()).isEqualTo(at(2));
            assertThat(ids(arrived(index, BOX, arrivals.next()))).isEmpty();
        }
    }

    @Test
    void filtersHoldAsForASearch() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", "box"), new Arrival(0, 0));
            index.put(draft("b", "box").setIntent(Intent.PRAISE).build(), new Arrival(0, 1));
            index.put(draft("c", "box").setOccurredAt(NOON.minusSeconds(1)).build(), new Arrival(0, 2));
            index.refresh(at(3));

            assertThat(ids(arrived(index, BOX.withFilter(Dimension.INTENT, "PRAISE"), START)))
                    .containsExactly("b");
            assertThat(ids(arrived(index, BOX.withFrom(NOON), START))).containsExactly("a", "b");
        }
    }

    @Test
    void whatWasPutAgainArrivesAgainAndWhatWasDeletedDoesNot() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", "box"), new Arrival(0, 0));
            index.put(verbatim("b", "box"), new Arrival(0, 1));
            index.refresh(at(2));
            index.put(verbatim("a", "box neuve"), new Arrival(0, 2));
            index.delete("b");
            index.refresh(at(4));

            assertThat(ids(arrived(index, BOX, START))).containsExactly("a");
            assertThat(ids(arrived(index, BOX, at(2)))).containsExactly("a");
            assertThat(ids(arrived(index, BOX, at(3)))).isEmpty();
        }
    }

    @Test
    void partitionsAreMergedByTheTimeOfUnderstanding() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            for (int i = 0; i < 6; i++) {
                var box = draft("id" + i, "box")
                        .setClassifiedAt(NOON.plusSeconds(i))
                        .build();
                index.put(box, new Arrival(i % 2, i / 2));
            }
            index.refresh(new Checkpoint("topic", Map.of(0, 3L, 1, 3L)));

            assertThat(ids(arrived(index, BOX, START))).containsExactly("id0", "id1", "id2", "id3", "id4", "id5");
        }
    }

    @Test
    void aPositionInTheFutureWaitsForAnIndexThatIsBehind() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", "box"), new Arrival(0, 0));
            index.refresh(at(1));

            var arrivals = arrived(index, BOX, at(5));

            assertThat(arrivals.total()).isZero();
            assertThat(arrivals.next()).isEqualTo(at(5));
            assertThat(arrivals.end()).isEqualTo(at(5));
        }
    }

    @Test
    void aQueryThatIsWrongIsRefused() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            assertThat(index.arrived(SearchRequest.of("(box"), START, 1)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void changesAreToldAndNothingElseIs() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            var told = new AtomicInteger();
            index.onChange(told::incrementAndGet);

            index.refresh(at(1));
            assertThat(told).hasValue(0);
            assertThat(index.searchable()).isEqualTo(at(1));
            index.put(verbatim("a", "box"), new Arrival(0, 1));
            assertThat(told).hasValue(0);
            index.refresh(at(2));
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void aRestartedIndexIsSearchableUpToItsCheckpoint() throws IOException {
        var disk = new CrashingDirectory();
        var index = open(disk);
        index.put(verbatim("a", "box"), new Arrival(0, 0));
        index.commit(at(1));
        index.put(verbatim("b", "box"), new Arrival(0, 1));
        index.refresh(at(2));

        try (var restarted = open(disk.crash())) {
            assertThat(restarted.searchable()).isEqualTo(at(1));
            assertThat(ids(arrived(restarted, BOX, START))).containsExactly("a");
        }
        index.close();
    }

    @Test
    void positionsHaveLimits() {
        var last = new Arrival(Arrival.PARTITION_MAX, Arrival.OFFSET_MAX);

        assertThat(Arrival.of(last.position())).isEqualTo(last);
        assertThatThrownBy(() -> new Arrival(Arrival.PARTITION_MAX + 1, 0)).hasMessageContaining("no arrival");
        assertThatThrownBy(() -> new Arrival(0, -1)).hasMessageContaining("no arrival");
    }

    /** A topic is applied with commits, rollbacks and crashes in between; somebody listens all the time. */
    @RepeatedTest(3)
    void nothingIsMissedAndNothingComesTwice() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var topic = new Topic(random);
        var disk = new CrashingDirectory();
        var index = open(disk);
        var applied = START;
        var listener = new Listener(random);

        for (int step = 0; step < 150; step++) {
            switch (random.nextInt(12)) {
                case 0 -> {
                    index.rollback();
                    applied = topic(index.checkpoint());
                    index.reached(applied);
                }
                case 1 -> {
                    disk = disk.crash();
                    index.close();
                    index = open(disk);
                    applied = topic(index.checkpoint());
                    index.reached(applied);
                }
                case 2 -> index.commit(applied);
                case 3, 4, 5 -> index.refresh(applied);
                case 6, 7, 8 -> listener.look(index);
                default -> applied = topic.apply(index, applied, random.nextInt(5));
            }
        }
        applied = topic.apply(index, applied, MANY);
        index.refresh(applied);
        boolean more = true;
        while (more) {
            more = listener.look(index);
        }

        assertThat(listener.texts).as("seed %d", seed).containsAllEntriesOf(topic.last("box"));
        index.close();
    }

    private static Checkpoint topic(Checkpoint checkpoint) {
        return new Checkpoint("topic", checkpoint.nextOffsets());
    }

    /** Records of three partitions; each text is said once. */
    private static final class Topic {
        private record Put(String id, String text) {}

        private final List<List<Put>> partitions = new ArrayList<>();

        Topic(Random random) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var records = new ArrayList<Put>();
                for (int i = 0; i < 60; i++) {
                    String word = random.nextInt(3) == 0 ? "facture" : "box";
                    String text = random.nextInt(8) == 0 ? "" : word + " " + partition + " " + i;
                    records.add(new Put(partition + "id" + random.nextInt(25), text));
                }
                partitions.add(records);
            }
        }

        /** An empty text is a tombstone. */
        Checkpoint apply(VerbatimIndex index, Checkpoint from, int max) throws IOException {
            var applied = from;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var records = partitions.get(partition);
                for (int i = 0; i < max && applied.nextOffset(partition) < records.size(); i++) {
                    long offset = applied.nextOffset(partition);
                    var record = records.get((int) offset);
                    if (record.text().isEmpty()) {
                        index.delete(record.id());
                    } else {
                        index.put(verbatim(record.id(), record.text()), new Arrival(partition, offset));
                    }
                    applied = applied.advancedTo(partition, offset + 1);
                }
            }
            return applied;
        }

        /** What is left in the end, by id. */
        Map<String, String> last(String word) {
            var last = new TreeMap<String, String>();
            partitions.forEach(records -> records.forEach(record -> last.put(record.id(), record.text())));
            last.values().removeIf(text -> !text.startsWith(word));
            return last;
        }
    }

    /** Goes on behind the last it has got, or behind all it was told of; as a client that loses its connection. */
    private static final class Listener {
        final Map<String, String> texts = new TreeMap<>();
        private final Set<String> seen = new HashSet<>();
        private final Random random;
        private Checkpoint since = START;

        Listener(Random random) {
            this.random = random;
        }

        boolean look(VerbatimIndex index) throws IOException {
            var arrivals = (Arrivals) index.arrived(BOX, since, 1 + random.nextInt(10));
            int kept =
                    random.nextInt(3) == 0 ? random.nextInt(arrivals.arrived().size() + 1) : MANY;
            for (var one : arrivals.arrived()) {
                if (kept == 0) {
                    return true;
                }
                kept--;
                var verbatim = one.hit().verbatim();
                assertThat(seen.add(verbatim.getText())).as("comes once").isTrue();
                texts.put(verbatim.getVerbatimId(), verbatim.getText());
                since = one.next();
            }
            since = arrivals.next();
            return arrivals.more();
        }
    }

    private static Checkpoint at(long offset) {
        return new Checkpoint("topic", Map.of(0, offset));
    }

    private static Arrivals arrived(VerbatimIndex index, SearchRequest request, Checkpoint since) throws IOException {
        return (Arrivals) index.arrived(request, since, MANY);
    }

    private static List<String> ids(Arrivals arrivals) {
        return arrivals.arrived().stream()
                .map(Arrived::hit)
                .map(hit -> hit.verbatim().getVerbatimId())
                .toList();
    }

    private static VerbatimIndex open(Directory directory) throws IOException {
        return VerbatimIndex.open(directory, "memory", new SimpleMeterRegistry(), Clock.systemUTC());
    }
}
