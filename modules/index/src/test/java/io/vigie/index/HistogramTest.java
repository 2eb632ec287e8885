package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final VerbatimIndex index;

    HistogramTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void daysFollowTheClocksOfTheZone() throws IOException {
        // Clocks went forward in the night before 29 March 2026: that day has 23 hours.
        put("2026-03-28T22:59:59.999Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999Z", "2026-03-29T22:00:00Z");

        assertThat(histogram(Interval.DAY))
                .containsExactly(
                        new Bucket(Instant.parse("2026-03-27T23:00:00Z"), 1),
                        new Bucket(Instant.parse("2026-03-28T23:00:00Z"), 2),
                        new Bucket(Instant.parse("2026-03-29T22:00:00Z"), 1));
    }

    @Test
    void theHourThatComesTwiceHasTwoBuckets() throws IOException {
        put("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");

        assertThat(histogram(Interval.HOUR))
                .containsExactly(
                        new Bucket(Instant.parse("2026-10-25T00:00:00Z"), 1),
                        new Bucket(Instant.parse("2026-10-25T01:00:00Z"), 1),
                        new Bucket(Instant.parse("2026-10-25T02:00:00Z"), 1));
    }

    @Test
    void weeksStartOnMondayAndEmptyOnesAreShown() throws IOException {
        put("2026-03-02T12:00:00Z", "2026-03-22T12:00:00Z");

        assertThat(histogram(Interval.WEEK))
                .containsExactly(
                        new Bucket(Instant.parse("2026-03-01T23:00:00Z"), 1),
                        new Bucket(Instant.parse("2026-03-08T23:00:00Z"), 0),
                        new Bucket(Instant.parse("2026-03-15T23:00:00Z"), 1));
    }

    @Test
    void monthsHaveTheirOwnLength() throws IOException {
        put("2026-01-31T22:30:00Z", "2026-01-31T23:30:00Z", "2026-02-28T23:30:00Z");

        assertThat(histogram(Interval.MONTH)).extracting(Bucket::count).containsExactly(1L, 1L, 1L);
    }

    @Test
    void aRangeIsCoveredFromItsStartToItsEnd() throws IOException {
        put("2026-03-10T12:00:00Z");
        var request = SearchRequest.of("")
                .withHistogram(Interval.DAY, PARIS)
                .withFrom(Instant.parse("2026-03-08T23:00:00Z"))
                .withTo(Instant.parse("2026-03-11T23:00:00Z"));

        assertThat(((SearchResult) index.search(request)).histogram())
                .extracting(Bucket::count)
                .containsExactly(0L, 1L, 0L);
    }

    @Test
    void nothingFoundHasNoBuckets() throws IOException {
        assertThat(histogram(Interval.DAY)).isEmpty();
    }

    @Test
    void tooManyBucketsAreRefusedWithAdvice() throws IOException {
        put("2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "+50000-01-01T00:00:00Z", "-5000-01-01T00:00:00Z");

        var refused = (Refused) index.search(SearchRequest.of("").withHistogram(Interval.HOUR, PARIS));

        assertThat(refused.reason()).isEqualTo(Reason.BAD_PARAMETER);
        assertThat(refused.detail()).contains("coarser interval");
    }

    @ParameterizedTest
    @CsvSource({"Europe/Paris", "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu", "America/Sao_Paulo", "Z"})
    void bucketsDivideTimeWithoutGapsAndOverlaps(String zone) {
        for (var interval : Interval.values()) {
            var buckets = new CalendarBuckets(interval, ZoneId.of(zone));
            long end = Instant.parse("2019-01-01T00:00:00Z").toEpochMilli();
            long start = buckets.start(Instant.parse("2016-01-01T00:00:00Z").toEpochMilli());
            while (start < end) {
                long next = buckets.next(start);
                assertThat(next).isGreaterThan(start);
                assertThat(buckets.start(start)).isEqualTo(start);
                assertThat(buckets.start(next - 1)).isEqualTo(start);
                start = next;
            }
        }
    }

    @RepeatedTest(10)
    void countsEqualThoseOfALoop() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var times = new ArrayList<Instant>();
        var first = Instant.parse("2026-03-25T00:00:00Z");
        for (int i = 0; i < 300; i++) {
            var time = first.plus(Duration.ofMinutes(random.nextInt(12_000)));
            times.add(time);
            index.put(draft("id" + i, "box").setOccurredAt(time).build());
            if (random.nextInt(40) == 0) {
                index.refresh();
            }
        }
        index.refresh();

        for (var interval : Interval.values()) {
            var found = histogram(interval);
            assertThat(found.stream().mapToLong(Bucket::count).sum())
                    .as("-Dseed=%d", seed)
                    .isEqualTo(300);
            for (int i = 0; i < found.size(); i++) {
                var start = found.get(i).start();
                var end = i + 1 < found.size() ? found.get(i + 1).start() : Instant.MAX;
                assertThat(times.stream()
                                .filter(t -> !t.isBefore(start) && t.isBefore(end))
                                .count())
                        .as("-Dseed=%d", seed)
                        .isEqualTo(found.get(i).count());
            }
        }
    }

    private void put(String... times) throws IOException {
        for (String time : times) {
            index.put(draft(time, "box").setOccurredAt(Instant.parse(time)).build());
        }
        index.refresh();
    }

    private List<Bucket> histogram(Interval interval) throws IOException {
        return ((SearchResult) index.search(SearchRequest.of("").withHistogram(interval, PARIS))).histogram();
    }
}
