package io.vigie.index;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to search. Nothing here is checked before {@link VerbatimIndex#search}, which refuses what is wrong.
 *
 * @param query in the query language; blank or {@code *:*} matches all
 * @param filters values of one dimension are alternatives, dimensions must all match; a dimension without values is no
 *     filter
 * @param from earliest time of a verbatim, inclusive
 * @param to latest time of a verbatim, exclusive
 * @param sort the order of hits
 * @param size hits wanted, 0 (counts only) to {@value #SIZE_MAX}
 * @param cursor where the previous page of the same search ended
 * @param facets dimensions whose values are counted over the whole result; of a dimension with a filter, over what the
 *     result would be without this one filter, so that the alternatives to its values are seen
 * @param interval width of the histogram's buckets, empty for no histogram
 * @param zone whose calendar the dates of the query and the histogram follow
 * @param stats whether the numbers of the whole result are summed up
 */
public record SearchRequest(
        String query,
        Map<Dimension, List<String>> filters,
        Optional<Instant> from,
        Optional<Instant> to,
        Sort sort,
        int size,
        Optional<String> cursor,
        Set<Dimension> facets,
        Optional<Interval> interval,
        ZoneId zone,
        boolean stats) {
    /** Most hits of one page. */
    public static final int SIZE_MAX = 100;

    private static final int SIZE_DEFAULT = 10;
    private static final ZoneId ZONE_DEFAULT = ZoneId.of("Europe/Paris");

    public SearchRequest {
        filters = filters.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, filter -> List.copyOf(filter.getValue())));
        facets = Set.copyOf(facets);
    }

    /** The best ten, without facets and histogram, in the time zone of Paris. */
    public static SearchRequest of(String query) {
        return new SearchRequest(
                query,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Sort.RELEVANCE,
                SIZE_DEFAULT,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                ZONE_DEFAULT,
                false);
    }

    /** The same request with the filter of one dimension replaced. */
    public SearchRequest withFilter(Dimension dimension, String... values) {
        var filtered = new LinkedHashMap<>(filters);
        filtered.put(dimension, List.of(values));
        return new SearchRequest(query, filtered, from, to, sort, size, cursor, facets, interval, zone, stats);
    }

    public SearchRequest withFrom(Instant inclusive) {
        return new SearchRequest(
                query, filters, Optional.of(inclusive), to, sort, size, cursor, facets, interval, zone, stats);
    }

    public SearchRequest withTo(Instant exclusive) {
        return new SearchRequest(
                query, filters, from, Optional.of(exclusive), sort, size, cursor, facets, interval, zone, stats);
    }

    public SearchRequest withSort(Sort order) {
        return new SearchRequest(query, filters, from, to, order, size, cursor, facets, interval, zone, stats);
    }

    public SearchRequest withSize(int hits) {
        return new SearchRequest(query, filters, from, to, sort, hits, cursor, facets, interval, zone, stats);
    }

    public SearchRequest withCursor(String end) {
        return new SearchRequest(query, filters, from, to, sort, size, Optional.of(end), facets, interval, zone, stats);
    }

    public SearchRequest withFacets(Set<Dimension> dimensions) {
        return new SearchRequest(query, filters, from, to, sort, size, cursor, dimensions, interval, zone, stats);
    }

    public SearchRequest withHistogram(Interval width, ZoneId calendar) {
        return new SearchRequest(
                query, filters, from, to, sort, size, cursor, facets, Optional.of(width), calendar, stats);
    }

    /** The same request with the numbers of the whole result summed up. */
    public SearchRequest withStats() {
        return new SearchRequest(query, filters, from, to, sort, size, cursor, facets, interval, zone, true);
    }
}
