package io.vigie.index;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** What a request wants counted of all its matches: facets, a histogram, statistics. */
final class Counting {
    private final Filters filters;
    private final Map<Dimension, FacetCounter> facets = new EnumMap<>(Dimension.class);
    private final Optional<HistogramCounter> histogram;
    private final Optional<StatsCounter> stats;

    Counting(SearchRequest request, Filters filters) {
        this.filters = filters;
        request.facets().forEach(dimension -> facets.put(dimension, new FacetCounter(dimension)));
        this.histogram =
                request.interval().map(interval -> new HistogramCounter(new CalendarBuckets(interval, request.zone())));
        this.stats = request.stats() ? Optional.of(new StatsCounter()) : Optional.empty();
    }

    /** Those that are to see every match; the others are for {@link #countSideways}. */
    Collection<Collector> collectors() {
        var collectors = new ArrayList<Collector>();
        facets.forEach((dimension, counter) -> {
            if (!filters.has(dimension)) {
                collectors.add(counter);
            }
        });
        histogram.ifPresent(collectors::add);
        stats.ifPresent(collectors::add);
        return collectors;
    }

    /**
     * Counts each filtered dimension without its own filter: the values beside the chosen ones are what a user may add.
     * A search for each costs less than telling near misses apart for every verbatim, because few are filtered at once.
     */
    void countSideways(IndexSearcher searcher, Query words) throws IOException {
        for (var facet : facets.entrySet()) {
            if (filters.has(facet.getKey())) {
                searcher.search(filters.around(words, facet.getKey()), Search.once(facet.getValue()));
            }
        }
    }

    /** All that was counted. */
    record Counts(Map<Dimension, List<Count>> facets, List<Bucket> histogram, Optional<Stats> stats) {}

    Counts counts() throws QueryRefused {
        var counts = new EnumMap<Dimension, List<Count>>(Dimension.class);
        facets.forEach((dimension, counter) -> counts.put(dimension, counter.mostFrequent()));
        var bars = histogram.isEmpty() ? List.<Bucket>of() : filled(histogram.get());
        return new Counts(counts, bars, stats.map(StatsCounter::stats));
    }

    /** With the empty buckets between, and up to both ends of the time asked for when it has two. */
    private List<Bucket> filled(HistogramCounter histogram) throws QueryRefused {
        var counts = histogram.counts();
        boolean ranged = filters.hasRange();
        if (counts.isEmpty() && !ranged) {
            return List.of();
        }
        var buckets = histogram.buckets();
        long start = ranged ? buckets.start(filters.first()) : counts.firstKey();
        long last = ranged ? filters.last() : counts.lastKey();
        var filled = new ArrayList<Bucket>();
        for (long at = start; at <= last; at = buckets.next(at)) {
            if (filled.size() == Bucket.BUCKETS_MAX) {
                throw Search.badParameter("the histogram would have more than " + Bucket.BUCKETS_MAX
                        + " buckets; take a coarser interval or a shorter range");
            }
            filled.add(new Bucket(Instant.ofEpochMilli(at), counts.getOrDefault(at, 0L)));
        }
        return filled;
    }
}
