package io.vigie.index;

import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;

/** How Lucene sorts hits; the last two values make the order total. */
final class HitOrder {
    private static final SortField NEWEST_FIRST =
            new SortField(VerbatimDocument.OCCURRED_AT, SortField.Type.LONG, true);
    private static final SortField BY_ID = new SortField(VerbatimDocument.ID, SortField.Type.STRING);

    private HitOrder() {}

    static org.apache.lucene.search.Sort of(Sort sort) {
        return switch (sort) {
            case RELEVANCE -> new org.apache.lucene.search.Sort(SortField.FIELD_SCORE, NEWEST_FIRST, BY_ID);
            case NEWEST -> new org.apache.lucene.search.Sort(NEWEST_FIRST, BY_ID);
        };
    }

    static Object[] values(Sort sort, float score, long occurredAt, BytesRef id) {
        return switch (sort) {
            case RELEVANCE -> new Object[] {score, occurredAt, id};
            case NEWEST -> new Object[] {occurredAt, id};
        };
    }

    static double score(Sort sort, FieldDoc hit) {
        return sort == Sort.RELEVANCE ? (float) hit.fields[0] : 1;
    }

    static Cursor cursor(int search, long snapshot, Sort sort, FieldDoc hit) {
        int time = sort == Sort.RELEVANCE ? 1 : 0;
        float score = sort == Sort.RELEVANCE ? (float) hit.fields[0] : 0;
        return new Cursor(search, snapshot, score, (long) hit.fields[time], (BytesRef) hit.fields[time + 1]);
    }
}
