package io.vigie.index;

import io.vigie.index.Ranking.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.jspecify.annotations.Nullable;

/**
 * Counts all matches and keeps the first of them in the order of the search. Lucene's collector for several sort keys reads
 * each key of each hit that comes among the first, and all of them again for each segment; here most matches cost one
 * comparison of their first key.
 */
final class TopHits implements Collector {
    private final Ranking ranking;
    private final int size;
    private final Optional<Place> after;
    /** The last of those kept is the first to go. */
    private final PriorityQueue<Place> kept;

    private long total;

    /**
     * Keeps nothing yet.
     *
     * @param size how many are kept; none when they are only counted
     * @param after where the page before ended
     */
    TopHits(Ranking ranking, int size, Optional<Cursor> after) {
        this.ranking = ranking;
        this.size = size;
        this.after = after.map(Place::new);
        Comparator<Place> order = ranking::compare;
        this.kept = new PriorityQueue<>(Math.max(1, size), order.reversed());
    }

    /** All matches. */
    long total() {
        return total;
    }

    /** Those kept, in the order of the search. */
    List<Place> hits() throws IOException {
        try {
            return kept.stream().sorted(ranking::compare).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public ScoreMode scoreMode() {
        return size > 0 && ranking.byScore() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
        var times = DocValues.getNumeric(segment.reader(), VerbatimDocument.OCCURRED_AT);
        return new LeafCollector() {
            private @Nullable Scorable scorer;

            @Override
            public void setScorer(Scorable ofMatch) {
                scorer = ofMatch;
            }

            @Override
            public void collect(int document) throws IOException {
                total++;
                if (size == 0) {
                    return;
                }
                float score = scorer == null || !ranking.byScore() ? 1 : scorer.score();
                var last = kept.size() < size ? null : kept.peek();
                if (last != null && score < last.score) {
                    return;
                }
                long time = times.advanceExact(document) ? times.longValue() : 0;
                if (last == null || score > last.score || time >= last.occurredAt) {
                    add(new Place(score, time, segment.docBase + document));
                }
            }
        };
    }

    private void add(Place place) throws IOException {
        try {
            if (after.isPresent() && ranking.compare(place, after.get()) <= 0) {
                return;
            }
            if (kept.size() < size) {
                kept.add(place);
            } else if (ranking.compare(place, kept.element()) < 0) {
                kept.remove();
                kept.add(place);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
