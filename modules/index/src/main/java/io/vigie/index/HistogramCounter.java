package io.vigie.index;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/** Counts all matches by calendar bucket; only buckets that have any. */
final class HistogramCounter implements Collector {
    private final CalendarBuckets buckets;
    private final TreeMap<Long, Slot> slots = new TreeMap<>();
    private Slot last = new Slot(0, 0);

    HistogramCounter(CalendarBuckets buckets) {
        this.buckets = buckets;
    }

    CalendarBuckets buckets() {
        return buckets;
    }

    /** Counts by start of bucket; one bucket more than {@link Bucket#BUCKETS_MAX} when there are too many. */
    SortedMap<Long, Long> counts() {
        var counts = new TreeMap<Long, Long>();
        slots.forEach((start, slot) -> counts.put(start, slot.count));
        return counts;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
        var times = DocValues.getNumeric(segment.reader(), VerbatimDocument.OCCURRED_AT);
        return new LeafCollector() {
            @Override
            public void setScorer(Scorable scorer) {}

            @Override
            public void collect(int document) throws IOException {
                if (times.advanceExact(document)) {
                    count(times.longValue());
                }
            }
        };
    }

    private void count(long millis) {
        // Neighbours in the index were mostly said at about the same time; the calendar is asked once a bucket.
        if (!last.holds(millis)) {
            last = slot(millis);
        }
        last.count++;
    }

    private Slot slot(long millis) {
        var known = slots.floorEntry(millis);
        if (known != null && known.getValue().holds(millis)) {
            return known.getValue();
        }
        long start = buckets.start(millis);
        var slot = new Slot(start, buckets.next(start));
        if (slots.size() <= Bucket.BUCKETS_MAX) {
            slots.put(start, slot);
        }
        return slot;
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }

    private static final class Slot {
        private final long start;
        private final long end;
        private long count;

        Slot(long start, long end) {
            this.start = start;
            this.end = end;
        }

        boolean holds(long millis) {
            return millis >= start && millis < end;
        }
    }
}
