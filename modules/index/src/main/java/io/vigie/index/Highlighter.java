package io.vigie.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

/** Finds the words of a text that made it match, from the offsets in the index; the text is not analysed again. */
final class Highlighter {
    /** Most matches of one hit that are looked at; a hundred hits with a frequent word must stay a small answer. */
    static final int HIGHLIGHTS_MAX = 500;

    private final List<LeafReaderContext> segments;
    private final Weight weight;

    /** Of a query that the searcher has rewritten. */
    Highlighter(IndexSearcher searcher, Query query) throws IOException {
        this.segments = searcher.getLeafContexts();
        this.weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    /** Ascending and not overlapping. */
    List<Highlight> highlights(int document, String text) throws IOException {
        var segment = segments.get(ReaderUtil.subIndex(document, segments));
        var matches = weight.matches(segment, document - segment.docBase);
        var words = matches == null ? null : matches.getMatches(VerbatimDocument.TEXT);
        var found = new TreeMap<Integer, Integer>();
        // Matches are counted, not words: many near phrases can stand on the same few words.
        for (int seen = 0; words != null && seen < HIGHLIGHTS_MAX && words.next(); seen++) {
            add(words, text, found);
        }
        return apart(found);
    }

    private static void add(MatchesIterator match, String text, SortedMap<Integer, Integer> found) throws IOException {
        int start = match.startOffset();
        int end = match.endOffset();
        if (start < 0 || end > text.length() || start >= end) {
            return;
        }
        if (match.getQuery() instanceof PhraseQuery phrase) {
            addWords(phrase, text.substring(start, end), start, found);
        } else {
            found.merge(start, end, Math::max);
        }
    }

    /** A phrase matches from its first word to its last; what stands between may be other words. */
    private static void addWords(PhraseQuery phrase, String range, int start, SortedMap<Integer, Integer> found) {
        var wanted = Arrays.stream(phrase.getTerms()).map(Term::text).collect(Collectors.toSet());
        for (var word : TextAnalyzer.forms(range)) {
            if (wanted.contains(word.text())) {
                found.merge(start + word.start(), start + word.end(), Math::max);
            }
        }
    }

    private static List<Highlight> apart(SortedMap<Integer, Integer> found) {
        var highlights = new ArrayList<Highlight>();
        int after = 0;
        for (var range : found.entrySet()) {
            if (range.getKey() >= after) {
                highlights.add(new Highlight(range.getKey(), range.getValue()));
                after = range.getValue();
            }
        }
        return highlights;
    }
}
