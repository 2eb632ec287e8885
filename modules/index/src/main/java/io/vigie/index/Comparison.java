package io.vigie.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What two searches find, held against each other, all of it from one state of the index. Every number is the total of a
 * search that stands beside it.
 *
 * @param values of each dimension that both sides filter alike, the values that differ most first, at most
 *     {@value Count#VALUES_MAX}; of a dimension with a filter, those of the filter
 * @param wordsTested words that at least {@value #WORD_COUNT_MIN} verbatims of both sides together have, without those that
 *     bind others together; both lists are chosen of these
 * @param rising words of which the first side has more than chance explains, the surest first
 * @param falling words of which the second side has more
 * @param sentiment how the mean sentiments differ; empty when a side has none
 */
public record Comparison(
        Side first,
        Side second,
        Map<Dimension, List<Compared>> values,
        long wordsTested,
        List<Compared> rising,
        List<Compared> falling,
        Optional<MeanDifference> sentiment)
        implements ComparisonOutcome {
    /** Most words of a list. */
    public static final int WORDS_MAX = 100;
    /** Fewest verbatims with a word; with fewer nothing can be told, and most words of a language are as rare. */
    public static final int WORD_COUNT_MIN = 5;
    /** Most words of a list that are there by chance, as a part of it on average. */
    public static final double FALSE_DISCOVERIES_MAX = 0.05;

    public Comparison {
        values = Map.copyOf(values);
        rising = List.copyOf(rising);
        falling = List.copyOf(falling);
    }

    /**
     * One side.
     *
     * @param verbatims the search that finds them
     */
    public record Side(SearchRequest verbatims, long total) {}

    /**
     * How often one value or word is on both sides.
     *
     * @param value a value as it was put; a word as the verbatims mostly write it
     * @param q its p-value adjusted for all that were tested with it: taking everything up to this q for a difference, this
     *     part of it on average is none
     * @param first the search that finds those of the first side
     * @param second the search that finds those of the second side
     */
    public record Compared(String value, Contrast contrast, double q, SearchRequest first, SearchRequest second) {}
}
