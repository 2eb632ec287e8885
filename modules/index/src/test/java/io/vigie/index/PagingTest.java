package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Verbatim;
import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PagingTest {
    private final TurnedClock clock = new TurnedClock();
    private final VerbatimIndex index;

    PagingTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), clock);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    /** Several readers page at once while the index changes between any two pages; each sees his first state. */
    @RepeatedTest(8)
    void everyReaderSeesEachVerbatimOfHisStateOnceInOrder() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var model = new HashMap<String, Verbatim>();
        change(300, model, random);
        index.refresh();
        var readers = new ArrayList<Reader>();
        for (int step = 0; step < 150; step++) {
            if (random.nextInt(8) == 0) {
                readers.add(new Reader(random, model));
            }
            if (!readers.isEmpty()) {
                var reader = readers.get(random.nextInt(readers.size()));
                assertThat(reader.turn()).as("-Dseed=%d", seed).isTrue();
            }
            replace(random.nextInt(40), model, random);
            index.refresh();
            if (random.nextInt(20) == 0) {
                index.commit(Checkpoint.NONE);
            }
        }

        for (var reader : readers) {
            while (reader.hasNext()) {
                assertThat(reader.turn()).as("-Dseed=%d", seed).isTrue();
            }
            assertThat(reader.seen.stream().map(Hit::verbatim))
                    .as("-Dseed=%d", seed)
                    .containsExactlyInAnyOrderElementsOf(reader.expected);
            assertThat(reader.seen).as("-Dseed=%d", seed).isSortedAccordingTo(order(reader.request.sort()));
        }
    }

    /** What is streamed is what is counted, what is paged, and what a loop over everything finds. */
    @RepeatedTest(5)
    void aStreamIsTheWholeResultOfItsMoment() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var model = new HashMap<String, Verbatim>();
        change(500, model, random);
        index.refresh();
        String word = "mot" + random.nextInt(4);
        var request = SearchRequest.of(word)
                .withSort(random.nextBoolean() ? Sort.NEWEST : Sort.RELEVANCE)
                .withFilter(Dimension.OFFER, "offre0", "offre1")
                .withFrom(NOON.plusSeconds(random.nextInt(30)))
                .withTo(NOON.plusSeconds(30 + random.nextInt(30)));
        var expected = model.values().stream()
                .filter(one -> List.of(one.getText().split(" ")).contains(word))
                .filter(one -> List.of("offre0", "offre1").contains(one.getOfferId()))
                .filter(one -> !one.getOccurredAt().isBefore(request.from().orElseThrow())
                        && one.getOccurredAt().isBefore(request.to().orElseThrow()))
                .toList();
        var paged = new Reader(request.withSize(7), expected);

        var streamed = new ArrayList<Hit>();
        try (var stream = stream(request)) {
            assertThat(stream.total()).as("-Dseed=%d", seed).isEqualTo(expected.size());
            replace(300, model, random);
            index.refresh();
            while (stream.next()) {
                streamed.add(stream.hit());
            }
        }

        while (paged.hasNext()) {
            paged.turn();
        }
        assertThat(streamed).as("-Dseed=%d", seed).isEqualTo(paged.seen);
        assertThat(streamed.stream().map(Hit::verbatim))
                .as("-Dseed=%d", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aStreamOfSeveralPiecesKeepsItsOrder() throws IOException {
        int count = 2 * ResultStream.PIECE_HITS + 17;
        for (int i = 0; i < count; i++) {
            index.put(draft("id" + i, i % 3 == 0 ? "box" : "la box en panne")
                    .setOccurredAt(NOON.plusSeconds(i % 97))
                    .build());
        }
        index.refresh();

        for (Sort sort : Sort.values()) {
            var seen = new ArrayList<Hit>();
            try (var stream = stream(SearchRequest.of("box").withSort(sort))) {
                while (stream.next()) {
                    seen.add(new Hit(stream.verbatim(), stream.score(), List.of()));
                }
                assertThat(stream.next()).isFalse();
            }

            assertThat(seen).hasSize(count);
            assertThat(seen.stream().map(hit -> hit.verbatim().getVerbatimId()).distinct())
                    .hasSize(count);
            assertThat(seen).isSortedAccordingTo(order(sort));
        }
    }

    @Test
    void anEmptyStreamEndsAtOnce() throws IOException {
        try (var stream = stream(SearchRequest.of("box"))) {
            assertThat(stream.total()).isZero();
            assertThat(stream.next()).isFalse();
        }
    }

    @Test
    void aStreamRefusesWhatASearchRefuses() throws IOException {
        assertThat(index.stream(SearchRequest.of("(box")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.SYNTAX));
    }

    @Test
    void aStreamMayBeReadSlowlyButNotForEver() throws IOException {
        index.put(verbatim("a", "box"));
        index.put(verbatim("b", "box"));
        index.put(verbatim("c", "box"));
        index.refresh();

        try (var stream = stream(SearchRequest.of("box"))) {
            assertThat(stream.next()).isTrue();
            clock.turn(ResultStream.READING_TIME_MAX.minusSeconds(1));
            assertThat(stream.next()).isTrue();
            assertThat(stream.hit().highlights()).hasSize(1);
            clock.turn(Duration.ofSeconds(1));
            assertThatThrownBy(stream::next).isInstanceOf(IOException.class).hasMessageContaining("2 of 3 verbatims");
        }
    }

    @Test
    void aStreamOutlivesItsIndex() throws IOException {
        index.put(verbatim("a", "box"));
        index.refresh();

        try (var stream = stream(SearchRequest.of("box"))) {
            index.close();

            assertThat(stream.next()).isTrue();
            assertThat(stream.verbatim().getVerbatimId()).isEqualTo("a");
        }
    }

    @Test
    void whenItsStateIsGoneACursorByRelevanceIsRefusedAndOneByNewestGoesOn() throws IOException {
        for (int i = 0; i < 5; i++) {
            index.put(draft("id" + i, "box").setOccurredAt(NOON.minusSeconds(i)).build());
        }
        index.refresh();
        var relevance = SearchRequest.of("box").withSize(2);
        var newest = relevance.withSort(Sort.NEWEST);
        String byRelevance = page(relevance).cursor().orElseThrow();
        String byNewest = page(newest).cursor().orElseThrow();
        index.put(draft("id3", "autre").build());
        index.refresh();

        assertThat(page(newest.withCursor(byNewest)).total()).isEqualTo(5);
        clock.turn(Snapshots.UNUSED_MAX.plusMillis(1));

        assertThat(index.search(relevance.withCursor(byRelevance))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.CURSOR_EXPIRED);
            assertThat(refused.detail()).contains("leave the cursor out").contains("sort by newest");
        });
        var next = page(newest.withCursor(byNewest));
        assertThat(next.sameState()).isFalse();
        assertThat(next.total()).isEqualTo(4);
        assertThat(next.hits().stream().map(hit -> hit.verbatim().getVerbatimId()))
                .containsExactly("id2", "id4");
    }

    @Test
    void theVisibleStateIsKeptHoweverLongItStandsStill() throws IOException {
        var request = five();
        String cursor = page(request).cursor().orElseThrow();
        clock.turn(Snapshots.AGE_MAX.multipliedBy(3));
        index.refresh();

        assertThat(page(request.withCursor(cursor)).sameState()).isTrue();
        index.put(verbatim("z", "box"));
        index.refresh();
        assertThat(page(request.withCursor(cursor)).sameState()).isTrue();
    }

    @Test
    void aStateInUseIsKeptButNotForEver() throws IOException {
        var request = five();
        String cursor = page(request).cursor().orElseThrow();
        index.put(verbatim("z", "box"));
        index.refresh();

        for (int i = 0; i < 10; i++) {
            clock.turn(Duration.ofMinutes(3));
            assertThat(page(request.withCursor(cursor)).hits()).hasSize(2);
        }
        clock.turn(Duration.ofMinutes(3));

        assertThat(index.search(request.withCursor(cursor))).isInstanceOf(Refused.class);
        index.refresh();
        assertThat(index.snapshots()).isZero();
    }

    @Test
    void fewStatesAreKeptAndThoseInUseGoLast() throws IOException {
        var request = five();
        String inUse = page(request).cursor().orElseThrow();
        page(request.withCursor(inUse));
        index.put(verbatim("y", "box"));
        index.refresh();
        String unused = page(request).cursor().orElseThrow();

        for (int i = 0; i < 2 * Snapshots.SNAPSHOTS_MAX; i++) {
            index.put(verbatim("z" + i, "box"));
            index.refresh();
            page(request);
        }

        assertThat(index.snapshots()).isEqualTo(Snapshots.SNAPSHOTS_MAX);
        assertThat(page(request.withCursor(inUse)).total()).isEqualTo(5);
        assertThat(index.search(request.withCursor(unused))).isInstanceOf(Refused.class);
    }

    @Test
    void aResultOfOnePageKeepsNothing() throws IOException {
        var request = five();

        page(request.withSize(5));
        page(request.withSize(0));

        assertThat(index.snapshots()).isZero();
    }

    @Test
    void aCursorOutlivesARollback() throws IOException {
        index.commit(Checkpoint.NONE);
        var request = five();
        String cursor = page(request).cursor().orElseThrow();

        index.rollback();

        assertThat(index.documents()).isZero();
        assertThat(page(request.withCursor(cursor)).total()).isEqualTo(5);
    }

    private SearchRequest five() throws IOException {
        for (int i = 0; i < 5; i++) {
            index.put(verbatim("id" + i, "box"));
        }
        index.refresh();
        return SearchRequest.of("box").withSize(2);
    }

    private void change(int count, Map<String, Verbatim> model, Random random) throws IOException {
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                String id = "id" + random.nextInt(200);
                index.delete(id);
                model.remove(id);
            } else {
                replace(1, model, random);
            }
        }
    }

    private void replace(int count, Map<String, Verbatim> model, Random random) throws IOException {
        for (int i = 0; i < count; i++) {
            String id = "id" + random.nextInt(200);
            var one = draft(id, "mot" + random.nextInt(4) + " mot" + random.nextInt(4) + " mot")
                    .setOccurredAt(NOON.plusSeconds(random.nextInt(60)))
                    .setOfferId("offre" + random.nextInt(3))
                    .build();
            index.put(one);
            model.put(id, one);
        }
    }

    private static Comparator<Hit> order(Sort sort) {
        var newest = Comparator.comparing((Hit hit) -> hit.verbatim().getOccurredAt())
                .reversed()
                .thenComparing(hit -> hit.verbatim().getVerbatimId());
        return switch (sort) {
            case NEWEST -> newest;
            case RELEVANCE -> Comparator.comparingDouble(Hit::score).reversed().thenComparing(newest);
        };
    }

    private SearchResult page(SearchRequest request) throws IOException {
        return (SearchResult) index.search(request);
    }

    private ResultStream stream(SearchRequest request) throws IOException {
        return (ResultStream) index.stream(request);
    }

    /** Turns pages; what he must see in the end is fixed with his first page. */
    private final class Reader {
        final SearchRequest request;
        final List<Verbatim> expected;
        final List<Hit> seen = new ArrayList<>();
        private Optional<String> cursor;

        Reader(Random random, Map<String, Verbatim> model) throws IOException {
            this(
                    SearchRequest.of(random.nextInt(4) == 0 ? "" : "mot" + random.nextInt(4))
                            .withSort(random.nextBoolean() ? Sort.NEWEST : Sort.RELEVANCE)
                            .withSize(1 + random.nextInt(30)),
                    model.values());
        }

        Reader(SearchRequest request, Collection<Verbatim> model) throws IOException {
            this.request = request;
            this.expected = model.stream()
                    .filter(one -> request.query().isEmpty()
                            || List.of(one.getText().split(" ")).contains(request.query()))
                    .toList();
            var first = page(request);
            seen.addAll(first.hits());
            cursor = first.cursor();
        }

        boolean hasNext() {
            return cursor.isPresent();
        }

        /** True when the page is of the first state. */
        boolean turn() throws IOException {
            if (cursor.isEmpty()) {
                return true;
            }
            var sized = seen.size() % 2 == 0 ? request : request.withSize(1 + seen.size() % 17);
            var next = page(sized.withCursor(cursor.get()));
            seen.addAll(next.hits());
            cursor = next.cursor();
            return next.sameState() && next.total() == expected.size();
        }
    }
}
