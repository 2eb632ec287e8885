package io.vigie.index;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/**
 * Counts the values of one dimension over all matches. Within a segment it counts numbers of values; only at the end of
 * the segment they become values, because each segment numbers its own.
 */
final class FacetCounter implements Collector {
    private final Dimension dimension;
    private final Map<String, Long> counts = new HashMap<>();

    FacetCounter(Dimension dimension) {
        this.dimension = dimension;
    }

    /** Of every value that any match has. */
    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    List<Count> mostFrequent() {
        return counts.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::value))
                .limit(Count.VALUES_MAX)
                .toList();
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
        var values = DocValues.getSortedSet(segment.reader(), VerbatimDocument.field(dimension));
        var ofSegment = new int[Math.toIntExact(values.getValueCount())];
        return new LeafCollector() {
            @Override
            public void setScorer(Scorable scorer) {}

            @Override
            public void collect(int document) throws IOException {
                if (values.advanceExact(document)) {
                    for (int i = values.docValueCount(); i > 0; i--) {
                        ofSegment[(int) values.nextOrd()]++;
                    }
                }
            }

            @Override
            public void finish() throws IOException {
                add(values, ofSegment);
            }
        };
    }

    private void add(SortedSetDocValues values, int[] ofSegment) throws IOException {
        for (int number = 0; number < ofSegment.length; number++) {
            if (ofSegment[number] > 0) {
                counts.merge(values.lookupOrd(number).utf8ToString(), (long) ofSegment[number], Long::sum);
            }
        }
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
