package io.vigie.index;

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
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Groups all matches by the signature of their text: how many each has, and which comes first in the order of the search. */
final class GroupCounter implements Collector {
    private final Sort sort;
    private final List<LeafReaderContext> segments;
    private final Map<Long, Group> groups = new HashMap<>();

    GroupCounter(Sort sort, List<LeafReaderContext> segments) {
        this.sort = sort;
        this.segments = segments;
    }

    int groups() {
        return groups.size();
    }

    /** The first groups after a place in the order, or from its start. */
    List<Group> page(Optional<Cursor> after, int size) throws IOException {
        var place = after.map(cursor -> new Group(cursor.score(), cursor.occurredAt(), cursor.id()));
        Comparator<Group> order = this::compare;
        var page = new PriorityQueue<>(size + 1, order.reversed());
        try {
            for (var group : groups.values()) {
                if (place.isEmpty() || compare(group, place.get()) > 0) {
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

    /** Its first match as Lucene sorts it. */
    FieldDoc first(Group group) throws IOException {
        try {
            var values = HitOrder.values(sort, group.score, group.occurredAt, id(group));
            return new FieldDoc(group.document, group.score, values);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** In the order of the search, which is total: the id is read only where all else is equal. */
    private int compare(Group one, Group other) {
        int order = sort == Sort.RELEVANCE ? Float.compare(other.score, one.score) : 0;
        order = order == 0 ? Long.compare(other.occurredAt, one.occurredAt) : order;
        return order == 0 ? id(one).compareTo(id(other)) : order;
    }

    private BytesRef id(Group group) {
        var known = group.id;
        if (known != null) {
            return known;
        }
        try {
            var id = readId(group.document);
            group.id = id;
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the id of a verbatim", e);
        }
    }

    private BytesRef readId(int document) throws IOException {
        var segment = segments.get(ReaderUtil.subIndex(document, segments));
        var ids = DocValues.getSorted(segment.reader(), VerbatimDocument.ID);
        return ids.advanceExact(document - segment.docBase)
                ? BytesRef.deepCopyOf(ids.lookupOrd(ids.ordValue()))
                : new BytesRef();
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
                    float score = scorer == null || sort == Sort.NEWEST ? 1 : scorer.score();
                    add(signatures.longValue(), new Group(score, times.longValue(), segment.docBase + document));
                }
            }
        };
    }

    private void add(long signature, Group match) throws IOException {
        var known = groups.putIfAbsent(signature, match);
        if (known == null) {
            match.signature = signature;
            return;
        }
        known.size++;
        try {
            if (compare(match, known) < 0) {
                known.lead(match);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public ScoreMode scoreMode() {
        return sort == Sort.RELEVANCE ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
    }

    /** Verbatims of one signature, and what the first of them is sorted by. */
    static final class Group {
        private long signature;
        private int size = 1;
        private int document;
        private float score;
        private long occurredAt;
        private @Nullable BytesRef id;

        Group(float score, long occurredAt, int document) {
            this.score = score;
            this.occurredAt = occurredAt;
            this.document = document;
        }

        /** A place in the order. */
        Group(float score, long occurredAt, BytesRef id) {
            this(score, occurredAt, -1);
            this.id = id;
        }

        private void lead(Group match) {
            document = match.document;
            score = match.score;
            occurredAt = match.occurredAt;
            id = match.id;
        }

        long signature() {
            return signature;
        }

        int size() {
            return size;
        }

        int document() {
            return document;
        }
    }
}
