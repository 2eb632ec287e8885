package io.vigie.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderSlice;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Counts in how many verbatims of two sides each word stands, exactly: it reads the index's own lists of verbatims by word,
 * all of them, which takes as long for few verbatims as for many but needs no text read and no sample. Segments without a
 * verbatim of either side are left out; as verbatims come in by time, that are most of a short period.
 */
final class WordCounts {
    /** Most words that are tested, in some 20 MB; a language has fewer, but verbatims have misspelt words and codes too. */
    static final int WORDS_MAX = 200_000;

    private static final int ENTRIES_PER_CHECK = 1 << 18;
    /** What it costs to go to a word, in entries of its list. */
    private static final int WORD_COST = 32;

    private final FixedBitSet first;
    private final FixedBitSet second;
    private final Deadline deadline;
    private final int wordsMax;
    private final List<Counted> counted = new ArrayList<>();
    private long entriesUntilCheck = ENTRIES_PER_CHECK;

    /**
     * A word that is not too rare.
     *
     * @param word as it is indexed: without accents and in small letters
     */
    record Counted(String word, long first, long second) {}

    private WordCounts(FixedBitSet first, FixedBitSet second, Deadline deadline, int wordsMax) {
        this.first = first;
        this.second = second;
        this.deadline = deadline;
        this.wordsMax = wordsMax;
    }

    /** In no order; only words that say something by themselves. */
    static List<Counted> of(IndexReader reader, FixedBitSet first, FixedBitSet second, Deadline deadline)
            throws IOException, QueryRefused {
        return of(reader, first, second, deadline, WORDS_MAX);
    }

    /** With another limit than {@value #WORDS_MAX}. */
    static List<Counted> of(IndexReader reader, FixedBitSet first, FixedBitSet second, Deadline deadline, int wordsMax)
            throws IOException, QueryRefused {
        var counts = new WordCounts(first, second, deadline, wordsMax);
        counts.count(reader);
        return counts.counted;
    }

    private void count(IndexReader reader) throws IOException, QueryRefused {
        var words = new ArrayList<Terms>();
        var slices = new ArrayList<ReaderSlice>();
        for (var segment : reader.leaves()) {
            int length = segment.reader().maxDoc();
            var terms = segment.reader().terms(VerbatimDocument.TEXT);
            if (terms != null && (any(first, segment.docBase, length) || any(second, segment.docBase, length))) {
                slices.add(new ReaderSlice(segment.docBase, length, words.size()));
                words.add(terms);
            }
        }
        if (words.size() == 1) {
            count(words.getFirst().iterator(), slices.getFirst().start());
        } else if (words.size() > 1) {
            var all = new MultiTerms(words.toArray(Terms[]::new), slices.toArray(ReaderSlice[]::new));
            count(all.iterator(), 0);
        }
    }

    /** Whether a side has a verbatim in a range. */
    static boolean any(FixedBitSet side, int start, int length) {
        return side.nextSetBit(start, start + length) != DocIdSetIterator.NO_MORE_DOCS;
    }

    /** @param base what the numbers of verbatims are counted from */
    private void count(TermsEnum words, int base) throws IOException, QueryRefused {
        // Stems come before all words.
        var firstWord = new BytesRef(String.valueOf((char) (TextAnalyzer.STEM_MARK + 1)));
        if (words.seekCeil(firstWord) == TermsEnum.SeekStatus.END) {
            return;
        }
        PostingsEnum reused = null;
        for (var word = words.term(); word != null; word = words.next()) {
            int frequency = words.docFreq();
            check(WORD_COST);
            if (frequency >= Comparison.WORD_COUNT_MIN) {
                String text = word.utf8ToString();
                if (SignificantWord.isSignificant(text)) {
                    reused = words.postings(reused, PostingsEnum.NONE);
                    count(text, reused, base);
                    check(frequency);
                }
            }
        }
    }

    private void count(String word, PostingsEnum verbatims, int base) throws IOException, QueryRefused {
        int ofFirst = 0;
        int ofSecond = 0;
        for (int each = verbatims.nextDoc(); each != DocIdSetIterator.NO_MORE_DOCS; each = verbatims.nextDoc()) {
            ofFirst += first.get(base + each) ? 1 : 0;
            ofSecond += second.get(base + each) ? 1 : 0;
        }
        if (ofFirst + ofSecond >= Comparison.WORD_COUNT_MIN) {
            if (counted.size() == wordsMax) {
                throw new QueryRefused(Refused.of(
                        Refused.Reason.TOO_COMPLEX,
                        "the verbatims have more than " + wordsMax
                                + " different words; narrow them with a filter or a shorter time range"));
            }
            counted.add(new Counted(word, ofFirst, ofSecond));
        }
    }

    private void check(int entries) throws QueryRefused {
        entriesUntilCheck -= entries;
        if (entriesUntilCheck <= 0) {
            entriesUntilCheck = ENTRIES_PER_CHECK;
            if (deadline.shouldExit()) {
                throw new QueryRefused(Search.tooSlow());
            }
        }
    }
}
