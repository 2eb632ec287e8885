package io.vigie.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a search, all of it from one state of the index.
 *
 * @param total how many verbatims match, always exact, and the same on every page of one state
 * @param hits one page of them
 * @param facets of every dimension asked for, its most frequent values, at most {@value Count#VALUES_MAX}; a dimension
 *     that is filtered is counted without its own filter
 * @param histogram ascending and without gaps; empty when none was asked for
 * @param cursor of the next page, empty when this is the last one
 * @param stats sums of the whole result, empty when they were not asked for
 * @param suggestion words that find more, empty when the result is not small or nothing better is known
 * @param sameState whether this page is of the state of the index that the page before was of; it always is for the
 *     first page and by relevance. Without it the page goes on at the place where the page before ended, in the state
 *     of now.
 */
public record SearchResult(
        long total,
        List<Hit> hits,
        Map<Dimension, List<Count>> facets,
        List<Bucket> histogram,
        Optional<String> cursor,
        Optional<Stats> stats,
        Optional<Suggestion> suggestion,
        boolean sameState)
        implements SearchOutcome {
    public SearchResult {
        hits = List.copyOf(hits);
        facets = Map.copyOf(facets);
        histogram = List.copyOf(histogram);
    }

    SearchResult suggesting(Optional<Suggestion> better) {
        return new SearchResult(total, hits, facets, histogram, cursor, stats, better, sameState);
    }
}
