package io.vigie.index;

import io.vigie.index.Ranking.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Groups all matches by their texts: how many each group has, and which comes first in the order of the search. */
final class GroupCounter implements Collector {
    private static final byte[] NO_WORDS = new byte[0];

    private final Ranking ranking;
    private final Map<Long, Group> groups = new HashMap<>();

    GroupCounter(Ranking ranking) {
        this.ranking = ranking;
    }

    /**
     * All groups, when everything is collected.
     *
     * @param textsMax most different texts that one group has
     */
    List<Group> groups(int textsMax) throws IOException {
        return NearGroups.of(groups.values(), textsMax);
    }

    /** The first of some groups after a place in the order, or from its start. */
    List<Group> page(List<Group> all, Optional<Cursor> after, int size) throws IOException {
        var place = after.map(Place::new);
        Comparator<Group> order = (one, other) -> ranking.compare(one.first, other.first);
        var page = new PriorityQueue<>(size + 1, order.reversed());
        try {
            for (var group : all) {
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
        var words = DocValues.getBinary(segment.reader(), VerbatimDocument.SHORT_WORDS);
        var kinds = new GroupKinds(segment.reader());
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
                    var place = new Place(score, times.longValue(), segment.docBase + document);
                    var known = groups.get(signatures.longValue());
                    if (known != null) {
                        known.add(place, 1);
                    } else {
                        groups.put(signatures.longValue(), group(document, place));
                    }
                }
            }

            private Group group(int document, Place place) throws IOException {
                boolean isShort = words.advanceExact(document);
                return new Group(
                        ranking,
                        signatures.longValue(),
                        isShort ? BytesRef.deepCopyOf(words.binaryValue()).bytes : NO_WORDS,
                        isShort ? kinds.of(document) : 0,
                        place);
            }
        };
    }

    @Override
    public ScoreMode scoreMode() {
        return ranking.byScore() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
    }

    /** Verbatims of texts that are nearly the same, and the first of them. */
    static final class Group {
        private final Ranking ranking;
        private final long signature;
        private final byte[] words;
        private final long kind;
        /** Of its other texts, which few groups have. */
        private List<Long> others = List.of();

        private int size = 1;
        private Place first;

        Group(Ranking ranking, long signature, byte[] words, long kind, Place first) {
            this.ranking = ranking;
            this.signature = signature;
            this.words = words;
            this.kind = kind;
            this.first = first;
        }

        /** Takes the verbatims of another group, which is none from then on. */
        void take(Group other) throws IOException {
            var all = new ArrayList<>(others);
            all.addAll(other.signatures());
            others = all;
            add(other.first, other.size);
        }

        private void add(Place match, int more) throws IOException {
            size += more;
            try {
                if (ranking.compare(match, first) < 0) {
                    first = match;
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        /** Of its most frequent text. */
        long signature() {
            return signature;
        }

        /** How many different texts it has. */
        int texts() {
            return 1 + others.size();
        }

        /** Of all its texts. */
        List<Long> signatures() {
            var all = new ArrayList<Long>();
            all.add(signature);
            all.addAll(others);
            return all;
        }

        /** Of its most frequent text, when that is short. */
        byte[] words() {
            return words;
        }

        /** What the first verbatim of that text is about. */
        long kind() {
            return kind;
        }

        int size() {
            return size;
        }

        Place first() {
            return first;
        }
    }
}
