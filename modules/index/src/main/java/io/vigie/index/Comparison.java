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
 * @param pairs of words that follow each other, chosen in the same way
 * @param sentiment how the mean sentiments differ; empty when a side has none
 */
public record Comparison(
        Side first,
        Side second,
        Map<Dimension, List<Compared>> values,
        long wordsTested,
        List<Compared> rising,
        List<Compared> falling,
        Pairs pairs,
        Optional<MeanDifference> sentiment)
        implements ComparisonOutcome {
    /** Most words of a list, and most pairs. */
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
     * Pairs of words that follow each other. Which there are is read in a part of the verbatims of a large side, so a pair
     * that fewer than one in three hundred of them have may be missed; those that are told are counted in all of them.
     *
     * @param inTime false when the time was over before they were counted, and there are none
     * @param tested pairs that both lists are chosen of
     * @param rising of which the first side has more than chance explains, the surest first
     * @param falling of which the second side has more
     */
    public record Pairs(boolean inTime, long tested, List<Compared> rising, List<Compared> falling) {
        /** When there was nothing to test. */
        static final Pairs NONE = new Pairs(true, 0, List.of(), List.of());

        static final Pairs TOO_SLOW = new Pairs(false, 0, List.of(), List.of());

        public Pairs {
            rising = List.copyOf(rising);
            falling = List.copyOf(falling);
        }
    }

    /**
     * How often one value, word or pair of words is on both sides.
     *
     * @param value a value as it was put; a word or pair as the verbatims mostly write it
     * @param q its p-value adjusted for all that were tested with it: taking everything up to this q for a difference, this
     *     part of it on average is none
     * @param first the search that finds those of the first side
     * @param second the search that finds those of the second side
     */
    public record Compared(String value, Contrast contrast, double q, SearchRequest first, SearchRequest second) {}
}
