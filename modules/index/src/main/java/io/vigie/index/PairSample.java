package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.util.FixedBitSet;

/**
 * Which pairs of words two sides may have unequally often: the texts of a part of each side tell, evenly taken from all of
 * it, because pairs are in no list of the index. How often they have them is counted by {@link PairCounts}.
 */
final class PairSample {
    /** Most verbatims that are read of a side. */
    static final int VERBATIMS_MAX = 1_000;
    /** Most words that are read of a side, when its texts are long; with those of the other some 0.1 seconds. */
    static final int WORDS_MAX = 40_000;

    /** In the sample; once is what most of what people say is. */
    private static final int SEEN_MIN = 2;

    private static final int CHARACTERS_A_WORD = 5;

    private final StoredFields documents;
    private final int verbatimsMax;
    private final Map<WordPair, Seen> pairs = new HashMap<>();

    /** How many verbatims of the sample have a pair, by side. */
    private static final class Seen {
        private int first;
        private int second;
    }

    /** How surely a pair differs in the sample. */
    private record Weighed(WordPair pair, double g2) {}

    /**
     * What the sample tells.
     *
     * @param likely pairs that may differ, the likeliest first
     * @param tested how many they were chosen from
     */
    record Likely(List<WordPair> likely, int tested) {}

    private PairSample(StoredFields documents, int verbatimsMax) {
        this.documents = documents;
        this.verbatimsMax = verbatimsMax;
    }

    /** @param max most pairs that are wanted */
    static Likely of(StoredFields documents, FixedBitSet first, FixedBitSet second, int max, Deadline deadline)
            throws IOException, QueryRefused {
        return of(documents, first, second, max, VERBATIMS_MAX, deadline);
    }

    /** With another limit than {@value #VERBATIMS_MAX}. */
    static Likely of(
            StoredFields documents, FixedBitSet first, FixedBitSet second, int max, int verbatimsMax, Deadline deadline)
            throws IOException, QueryRefused {
        var sample = new PairSample(documents, verbatimsMax);
        int readOfFirst = sample.read(first, true, deadline);
        int readOfSecond = sample.read(second, false, deadline);
        double ofFirst = (double) first.cardinality() / Math.max(1, readOfFirst);
        double ofSecond = (double) second.cardinality() / Math.max(1, readOfSecond);
        var weighed = new ArrayList<Weighed>();
        sample.pairs.forEach((pair, seen) -> {
            // Of sides that were read whole these are all that a count could find often enough.
            boolean enough = seen.first * ofFirst + seen.second * ofSecond >= Comparison.WORD_COUNT_MIN;
            if (enough && seen.first + seen.second >= SEEN_MIN) {
                var contrast = new Contrast(seen.first, readOfFirst, seen.second, readOfSecond);
                weighed.add(new Weighed(pair, contrast.g2()));
            }
        });
        var likely = weighed.stream()
                .sorted(Comparator.comparingDouble(Weighed::g2).reversed().thenComparing(each -> each.pair.plain()))
                .limit(max)
                .map(Weighed::pair)
                .toList();
        return new Likely(likely, weighed.size());
    }

    /** The number of verbatims that were read. */
    private int read(FixedBitSet side, boolean isFirst, Deadline deadline) throws IOException, QueryRefused {
        int read = 0;
        long characters = 0;
        for (int document : spread(side)) {
            if (deadline.shouldExit()) {
                throw new QueryRefused(Search.tooSlow());
            }
            if (characters > (long) WORDS_MAX * CHARACTERS_A_WORD) {
                break;
            }
            var verbatim = VerbatimDocument.verbatim(documents, document);
            characters += Math.min(verbatim.getText().length(), WordPair.TEXT_WORDS_MAX * CHARACTERS_A_WORD);
            add(verbatim, isFirst);
            read++;
        }
        return read;
    }

    /** Numbers of verbatims at equal distances, in an order in which any beginning of them is as fair a sample. */
    private List<Integer> spread(FixedBitSet side) {
        int all = side.cardinality();
        int wanted = Math.min(all, verbatimsMax);
        var spread = new ArrayList<Integer>(wanted);
        int document = -1;
        int passed = 0;
        for (int i = 0; i < wanted; i++) {
            int until = (int) ((long) i * all / wanted) + 1;
            for (; passed < until; passed++) {
                document = side.nextSetBit(document + 1);
            }
            spread.add(document);
        }
        // Always the same, so that a comparison asked for twice has one answer.
        Collections.shuffle(spread, new Random(wanted));
        return spread;
    }

    private void add(Verbatim verbatim, boolean isFirst) {
        for (var pair : WordPair.of(verbatim).keySet()) {
            var seen = pairs.computeIfAbsent(pair, _ -> new Seen());
            seen.first += isFirst ? 1 : 0;
            seen.second += isFirst ? 0 : 1;
        }
    }
}
