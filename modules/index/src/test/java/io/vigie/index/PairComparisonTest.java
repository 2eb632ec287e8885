package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.Comparison.Compared;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PairComparisonTest {
    /** On a busy machine too no search takes too long. */
    private static final Clock STILL = Clock.fixed(NOON, ZoneOffset.UTC);

    private static final List<String> SAID = List.of(
            "la carte mémoire",
            "une carte",
            "la mémoire",
            "carte. Mémoire",
            "le Wi-Fi lent",
            "l’offre C++",
            "résilier l'abonnement",
            "port 25",
            "très",
            "merci");

    private final VerbatimIndex index;

    PairComparisonTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), STILL);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void whatIsSaidTogetherMoreOftenRisesAsItIsWritten() throws IOException {
        for (int i = 0; i < 60; i++) {
            boolean some = i % 3 == 0;
            put("new" + i, some ? "Ma carte mémoire est très lente" : "Ma carte est lente, la mémoire aussi", 1 + i);
            put("old" + i, some ? "You charged a late fee" : "Ma carte est lente, la mémoire aussi", -1 - i);
        }
        index.refresh();

        var pairs = compare(20).pairs();

        assertThat(pairs.rising().stream().map(Compared::value)).containsExactly("carte mémoire");
        assertThat(pairs.falling().stream().map(Compared::value)).containsExactly("late fee");
        var rising = pairs.rising().getFirst();
        assertThat(rising.contrast()).isEqualTo(new Contrast(20, 60, 0, 60));
        assertThat(rising.q()).isLessThan(0.001);
        assertThat(rising.first().query()).isEqualTo("\"carte mémoire\"");
    }

    /** Every number of a pair is the total of the search beside it, also of what no text puts together. */
    @RepeatedTest(5)
    void everyNumberIsTheLengthOfItsList() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            boolean late = random.nextBoolean();
            var said = new ArrayList<String>();
            for (int j = 0; j < 3; j++) {
                said.add(SAID.get(late ? random.nextInt(SAID.size()) : 4 + random.nextInt(SAID.size() - 4)));
            }
            String id = "id" + random.nextInt(280);
            if (random.nextInt(9) == 0) {
                index.delete(id);
            } else {
                put(id, String.join(random.nextBoolean() ? ", " : " ", said), late ? 1 + i : -1 - i);
            }
            if (random.nextInt(60) == 0) {
                index.refresh();
            }
        }
        index.refresh();

        var pairs = compare(100).pairs();

        assertThat(pairs.rising()).as("-Dseed=%d", seed).isNotEmpty();
        for (var each :
                Stream.concat(pairs.rising().stream(), pairs.falling().stream()).toList()) {
            assertThat(List.of(total(each.first()), total(each.second())))
                    .as("%s -Dseed=%d", each.value(), seed)
                    .containsExactly(each.contrast().first(), each.contrast().second());
        }
    }

    /** Of a side that is too large to be read whole, verbatims from everywhere are read, and the pairs of most are seen. */
    @Test
    void aPartOfALargeSideTellsWhatPairsThereAre() throws IOException, QueryRefused {
        var first = new FixedBitSet(400);
        first.set(0, 200);
        var second = new FixedBitSet(400);
        second.set(200, 400);
        try (var writer = new CheckpointedWriter(new ByteBuffersDirectory(), "memory")) {
            for (int i = 0; i < 400; i++) {
                String text = i % 9 == 0 ? "une carte mémoire" : i == 35 ? "un port lent" : "une mémoire";
                writer.put(draft("id" + i, text).build());
            }
            try (var reader = writer.openReader()) {
                assertThatThePairIsSeen(PairSample.of(
                        reader.storedFields(), first, second, 10, 100, Deadline.ofSearch(Clock.systemUTC())));
            }
        }
    }

    private static void assertThatThePairIsSeen(PairSample.Likely sample) {
        assertThat(sample.likely()).containsExactly(new WordPair("carte", "memoire"));
        assertThat(sample.tested()).isEqualTo(1);
    }

    @Test
    void withoutRoomForWordsNoTextIsRead() throws IOException {
        put("new", "carte mémoire", 1);
        put("old", "carte mémoire", -1);
        index.refresh();

        assertThat(compare(0).pairs()).isSameAs(Comparison.Pairs.NONE);
    }

    @Test
    void withoutTimeForPairsTheRestIsTold() throws IOException {
        var times = new ArrayList<Comparison>();
        for (int late = 1;
                late < 400 && (times.isEmpty() || !times.getLast().pairs().inTime());
                late++) {
            try (var slow = VerbatimIndex.open(
                    new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), new LaterClock(late))) {
                slow.put(draft("new", "carte mémoire").setOccurredAt(NOON).build());
                slow.put(draft("old", "carte mémoire")
                        .setOccurredAt(NOON.minusSeconds(1))
                        .build());
                slow.refresh();
                var all = SearchRequest.of("");
                if (slow.compare(all.withFrom(NOON), all.withTo(NOON), 10) instanceof Comparison told) {
                    times.add(told);
                }
            }
        }

        assertThat(times.getFirst().pairs()).isSameAs(Comparison.Pairs.TOO_SLOW);
        assertThat(times.getFirst().first().total()).isEqualTo(1);
        assertThat(times.getLast().pairs().inTime()).isTrue();
    }

    /** Ten seconds pass at once, when it was looked at so often. */
    private static final class LaterClock extends Clock {
        private int looksLeft;

        LaterClock(int looks) {
            this.looksLeft = looks;
        }

        @Override
        public Instant instant() {
            return looksLeft-- > 0 ? NOON : NOON.plusSeconds(10);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for another zone");
        }
    }

    private void put(String id, String text, int minutes) throws IOException {
        index.put(draft(id, text)
                .setOccurredAt(NOON.plus(Duration.ofMinutes(minutes)))
                .build());
    }

    private Comparison compare(int words) throws IOException {
        var all = SearchRequest.of("");
        return (Comparison) index.compare(all.withFrom(NOON), all.withTo(NOON), words);
    }

    private long total(SearchRequest request) throws IOException {
        return ((SearchResult) index.search(request.withSize(0))).total();
    }
}
