package io.vigie.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The total order of one search's hits, that of {@link HitOrder}, for those who collect them by themselves. */
final class Ranking {
    private final Sort sort;
    private final List<LeafReaderContext> segments;

    Ranking(Sort sort, List<LeafReaderContext> segments) {
        this.sort = sort;
        this.segments = segments;
    }

    /** What a hit is sorted by. Its id is read only where all else is equal: that takes longer than scoring it. */
    static final class Place {
        final float score;
        final long occurredAt;
        final int document;
        private @Nullable BytesRef id;

        Place(float score, long occurredAt, int document) {
            this.score = score;
            this.occurredAt = occurredAt;
            this.document = document;
        }

        /** Where a page ended. */
        Place(Cursor cursor) {
            this(cursor.score(), cursor.occurredAt(), -1);
            this.id = cursor.id();
        }
    }

    boolean byScore() {
        return sort == Sort.RELEVANCE;
    }

    /**
     * Negative when one comes before the other.
     *
     * @throws UncheckedIOException when an id cannot be read
     */
    int compare(Place one, Place other) {
        int order = byScore() ? Float.compare(other.score, one.score) : 0;
        order = order == 0 ? Long.compare(other.occurredAt, one.occurredAt) : order;
        return order == 0 ? id(one).compareTo(id(other)) : order;
    }

    /** As Lucene's own collector gives it. */
    FieldDoc hit(Place place) throws IOException {
        try {
            return new FieldDoc(
                    place.document, place.score, HitOrder.values(sort, place.score, place.occurredAt, id(place)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private BytesRef id(Place place) {
        var known = place.id;
        if (known != null) {
            return known;
        }
        try {
            var id = readId(place.document);
            place.id = id;
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
}
