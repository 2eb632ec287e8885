package io.vigie.index;

import io.vigie.index.Ranking.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.jspecify.annotations.Nullable;

/** Groups all matches by the signature of their text: how many each has, and which comes first in the order of the search. */
final class GroupCounter implements Collector {
    private final Ranking ranking;
    private final Map<Long, Group> groups = new HashMap<>();

    GroupCounter(Ranking ranking) {
        this.ranking = ranking;
    }

    int groups() {
        return groups.size();
    }

    /** The first groups after a place in the order, or from its start. */
    List<Group> page(Optional<Cursor> after, int size) throws IOException {
        var place = after.map(Place::new);
        Comparator<Group> order = (one, other) -> ranking.compare(one.first, other.first);
        var page = new PriorityQueue<>(size + 1, order.reversed());
        try {
            for (var group : groups.values()) {
                if (place.isEmpty() || ranking.compare(group.first, place.get()) > 0) {
                    page.add(group);
                    if (page.size() > size) {
                        page.remove();
                    }
                }
            }
            return page.stream().sorted(order).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext segment) throws IOException {
        var signatures = DocValues.getNumeric(segment.reader(), VerbatimDocument.SIGNATURE);
        var times = DocValues.getNumeric(segment.reader(), VerbatimDocument.OCCURRED_AT);
        return new LeafCollector() {
            private @Nullable Scorable scorer;

            @Override
            public void setScorer(Scorable ofMatch) {
                scorer = ofMatch;
            }

            @Override
            public void collect(int document) throws IOException {
                if (signatures.advanceExact(document) && times.advanceExact(document)) {
                    float score = scorer == null || !ranking.byScore() ? 1 : scorer.score();
                    add(signatures.longValue(), new Place(score, times.longValue(), segment.docBase + document));
                }
            }
        };
    }

    private void add(long signature, Place match) throws IOException {
        var known = groups.get(signature);
        if (known == null) {
            groups.put(signature, new Group(signature, match));
            return;
        }
        known.size++;
        try {
            if (ranking.compare(match, known.first) < 0) {
                known.first = match;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public ScoreMode scoreMode() {
        return ranking.byScore() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
    }

    /** Verbatims of one signature, and the first of them. */
    static final class Group {
        private final long signature;
        private int size = 1;
        private Place first;

        Group(long signature, Place first) {
            this.signature = signature;
            this.first = first;
        }

        long signature() {
            return signature;
        }

        int size() {
            return size;
        }

        Place first() {
            return first;
        }
    }
}
