package io.vigie.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;

/** Counts in how many verbatims of two sides a pair of words stands, exactly as a search for it in quotes finds them. */
final class PairCounts {
    private final FixedBitSet first;
    private final FixedBitSet second;
    private final List<Integer> someOfFirst = new ArrayList<>();
    private final List<Integer> someOfSecond = new ArrayList<>();
    private long ofFirst;
    private long ofSecond;

    /**
     * A pair.
     *
     * @param someOfFirst numbers of verbatims of the first side that have it, to see how they write it
     * @param someOfSecond of the second side
     */
    record Counted(WordPair pair, long first, long second, List<Integer> someOfFirst, List<Integer> someOfSecond) {}

    private PairCounts(FixedBitSet first, FixedBitSet second) {
        this.first = first;
        this.second = second;
    }

    /** Most verbatims that are looked at to count a pair: those with the rarer of its words. */
    static int looks(IndexReader reader, WordPair pair) throws IOException {
        return Math.min(
                reader.docFreq(new Term(VerbatimDocument.TEXT, pair.first())),
                reader.docFreq(new Term(VerbatimDocument.TEXT, pair.second())));
    }

    static Counted count(IndexSearcher searcher, WordPair pair, FixedBitSet first, FixedBitSet second)
            throws IOException {
        var phrase = searcher.rewrite(new PhraseQuery(VerbatimDocument.TEXT, pair.first(), pair.second()));
        var weight = searcher.createWeight(phrase, ScoreMode.COMPLETE_NO_SCORES, 1);
        var counts = new PairCounts(first, second);
        for (var segment : searcher.getLeafContexts()) {
            int length = segment.reader().maxDoc();
            if (WordCounts.any(first, segment.docBase, length) || WordCounts.any(second, segment.docBase, length)) {
                counts.count(weight, segment);
            }
        }
        return new Counted(pair, counts.ofFirst, counts.ofSecond, counts.someOfFirst, counts.someOfSecond);
    }

    private void count(Weight weight, LeafReaderContext segment) throws IOException {
        var scorer = weight.scorer(segment);
        if (scorer == null) {
            return;
        }
        // Whether both words stand together is only looked at in verbatims of a side.
        var together = scorer.twoPhaseIterator();
        var documents = together == null ? scorer.iterator() : together.approximation();
        for (int each = documents.nextDoc(); each != DocIdSetIterator.NO_MORE_DOCS; each = documents.nextDoc()) {
            int document = segment.docBase + each;
            boolean isOfFirst = first.get(document);
            if ((isOfFirst || second.get(document)) && (together == null || together.matches())) {
                ofFirst += isOfFirst ? 1 : 0;
                ofSecond += isOfFirst ? 0 : 1;
                remember(isOfFirst ? someOfFirst : someOfSecond, document);
            }
        }
    }

    private static void remember(List<Integer> some, int document) {
        if (some.size() < WrittenForm.VERBATIMS_MAX) {
            some.add(document);
        }
    }
}
