package io.vigie.index;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;

/** Which verbatims a request asks for beside its words: values of dimensions, and the time they were said. */
final class Filters {
    private final SearchRequest request;

    Filters(SearchRequest request) {
        this.request = request;
    }

    Query around(Query words) {
        return around(words, request.filters());
    }

    /** As {@link #around(Query)}, whatever the value of one dimension. */
    Query around(Query words, Dimension without) {
        var others = new HashMap<>(request.filters());
        others.remove(without);
        return around(words, others);
    }

    boolean has(Dimension dimension) {
        return !request.filters().getOrDefault(dimension, List.of()).isEmpty();
    }

    private Query around(Query words, Map<Dimension, List<String>> filters) {
        if (filters.isEmpty() && request.from().isEmpty() && request.to().isEmpty()) {
            return words;
        }
        var all = new BooleanQuery.Builder().add(words, Occur.MUST);
        filters.forEach((dimension, values) -> {
            if (!values.isEmpty()) {
                var keywords = values.stream().map(VerbatimDocument::keyword).toList();
                all.add(new TermInSetQuery(VerbatimDocument.field(dimension), keywords), Occur.FILTER);
            }
        });
        if (request.from().isPresent() || request.to().isPresent()) {
            all.add(LongField.newRangeQuery(VerbatimDocument.OCCURRED_AT, first(), last()), Occur.FILTER);
        }
        return all.build();
    }

    /** The first millisecond that is asked for. */
    long first() {
        return request.from().map(Filters::firstMillisFrom).orElse(Long.MIN_VALUE);
    }

    /** The last millisecond that is asked for; before the first when the time is empty. */
    long last() {
        return request.to().map(to -> firstMillisFrom(to) - 1).orElse(Long.MAX_VALUE);
    }

    /** Whether the time has both ends, and anything between them. */
    boolean hasRange() {
        return request.from().isPresent() && request.to().isPresent() && first() <= last();
    }

    /** Verbatims have whole milliseconds: the first one that is not before an instant. */
    private static long firstMillisFrom(Instant instant) {
        long millis = CalendarBuckets.millis(instant);
        return Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }
}
