package io.vigie.index;

import io.vigie.index.Comparison.Compared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.FixedBitSet;

/** Holds two results of one state of the index against each other. */
final class ComparisonSearch {
    /** Longer ones are no words that a person reads. */
    private static final int WORD_LENGTH_MAX = Narrowing.CONDITION_LENGTH_MAX - 2;

    private final Side first;
    private final Side second;
    private final int words;
    private final Deadline deadline;

    private ComparisonSearch(Side first, Side second, int words, Deadline deadline) {
        this.first = first;
        this.second = second;
        this.words = words;
        this.deadline = deadline;
    }

    static ComparisonOutcome run(
            DirectoryReader reader, SearchRequest first, SearchRequest second, int words, Deadline deadline)
            throws IOException {
        return Attempt.answered(
                () -> {
                    check(first, second, words);
                    var one = Side.of(reader, first, deadline);
                    var other = Side.of(reader, second, deadline);
                    return one.searcher.timedOut() || other.searcher.timedOut()
                            ? Search.tooSlow()
                            : new ComparisonSearch(one, other, words, deadline).answer();
                },
                refused -> refused);
    }

    private static void check(SearchRequest first, SearchRequest second, int words) throws QueryRefused {
        if (words < 0 || words > Comparison.WORDS_MAX) {
            throw Search.badParameter(
                    "the lists of words are to have " + words + "; they may have 0 to " + Comparison.WORDS_MAX);
        }
        Narrowing.check(first);
        Narrowing.check(second);
        if (!areApart(first, second)) {
            throw Search.badParameter(
                    "a verbatim may be on both sides, and then nothing can be told of their difference;"
                            + " compare two periods that do not overlap, or two different offers");
        }
    }

    /** Whether no verbatim can be found by both, by their times or a filter; themes do not tell: a verbatim may have two. */
    private static boolean areApart(SearchRequest first, SearchRequest second) {
        return isBefore(first, second)
                || isBefore(second, first)
                || first.filters().entrySet().stream()
                        .anyMatch(filter -> filter.getKey() != Dimension.THEME
                                && !filter.getValue().isEmpty()
                                && !second.filters()
                                        .getOrDefault(filter.getKey(), List.of())
                                        .isEmpty()
                                && Collections.disjoint(
                                        filter.getValue(), second.filters().getOrDefault(filter.getKey(), List.of())));
    }

    private static boolean isBefore(SearchRequest one, SearchRequest other) {
        return one.to().isPresent()
                && other.from().isPresent()
                && !one.to().get().isAfter(other.from().get());
    }

    private ComparisonOutcome answer() throws IOException, QueryRefused {
        var values = new EnumMap<Dimension, List<Compared>>(Dimension.class);
        for (var dimension : Dimension.values()) {
            if (filter(first, dimension).equals(filter(second, dimension))) {
                values.put(dimension, values(dimension));
            }
        }
        var tested = WordCounts.of(first.searcher.getIndexReader(), first.verbatims, second.verbatims, deadline);
        var q = adjusted(tested.stream().map(this::contrast).toList());
        var sure = new ArrayList<Word>();
        for (int i = 0; i < tested.size(); i++) {
            if (q[i] <= Comparison.FALSE_DISCOVERIES_MAX) {
                sure.add(new Word(tested.get(i).word(), contrast(tested.get(i)), q[i]));
            }
        }
        sure.sort(Comparator.comparingDouble((Word word) -> word.contrast.g2())
                .reversed()
                .thenComparing(Word::word));
        var rising = list(sure, word -> word.contrast.difference() > 0, first);
        var falling = list(sure, word -> word.contrast.difference() < 0, second);
        if (deadline.shouldExit()) {
            return Search.tooSlow();
        }
        var pairs = new PairComparison(first, second, words, deadline).answer();
        return new Comparison(
                new Comparison.Side(Narrowing.plain(first.request), first.total),
                new Comparison.Side(Narrowing.plain(second.request), second.total),
                values,
                tested.size(),
                rising,
                falling,
                pairs,
                first.sentiment.count() == 0 || second.sentiment.count() == 0
                        ? Optional.empty()
                        : Optional.of(MeanDifference.of(first.sentiment, second.sentiment)));
    }

    private static List<String> filter(Side side, Dimension dimension) {
        return side.request.filters().getOrDefault(dimension, List.of());
    }

    private List<Compared> values(Dimension dimension) {
        var ofFirst = first.counts(dimension);
        var ofSecond = second.counts(dimension);
        var all = new TreeSet<>(ofFirst.keySet());
        all.addAll(ofSecond.keySet());
        // The others are there because a verbatim has several values; a filter cannot ask for one and another together.
        var wanted = filter(first, dimension);
        all.removeIf(value -> !wanted.isEmpty() && !wanted.contains(value));
        var contrasts = all.stream()
                .map(value -> contrast(ofFirst.getOrDefault(value, 0L), ofSecond.getOrDefault(value, 0L)))
                .toList();
        var q = adjusted(contrasts);
        var compared = new ArrayList<Compared>();
        int at = 0;
        for (String value : all) {
            compared.add(new Compared(
                    value,
                    contrasts.get(at),
                    q[at],
                    Narrowing.by(first.request, dimension, value),
                    Narrowing.by(second.request, dimension, value)));
            at++;
        }
        return compared.stream()
                .sorted(Comparator.comparingDouble(
                                (Compared value) -> value.contrast().g2())
                        .reversed()
                        .thenComparing(Compared::value))
                .limit(Count.VALUES_MAX)
                .toList();
    }

    private Contrast contrast(WordCounts.Counted word) {
        return contrast(word.first(), word.second());
    }

    private Contrast contrast(long ofFirst, long ofSecond) {
        return new Contrast(ofFirst, first.total, ofSecond, second.total);
    }

    private static double[] adjusted(List<Contrast> contrasts) {
        return Significance.adjusted(contrasts.stream().mapToDouble(Contrast::p).toArray());
    }

    /** A word as it is indexed. */
    private record Word(String word, Contrast contrast, double q) {}

    /** The surest words of a kind, written as those of a side do. */
    private List<Compared> list(List<Word> sure, Predicate<Word> kind, Side side) throws IOException {
        var written = new WrittenForm(side.searcher);
        var list = new ArrayList<Compared>();
        for (var word : sure) {
            if (list.size() == words || deadline.shouldExit()) {
                break;
            }
            if (kind.test(word) && stands(word.word, word.word)) {
                String form = written.of(word.word, side.verbatims);
                // In quotes a word is this form of it; without, it would be all of the same stem.
                String condition = '"' + (stands(form, word.word) ? form : word.word) + '"';
                list.add(new Compared(
                        form,
                        word.contrast,
                        word.q,
                        Narrowing.by(first.request, condition),
                        Narrowing.by(second.request, condition)));
            }
        }
        return list;
    }

    /** Whether a query with a word in quotes asks for one of the index and nothing else. */
    private static boolean stands(String typed, String word) {
        var words = TextAnalyzer.words(typed);
        return typed.length() <= WORD_LENGTH_MAX
                && typed.indexOf('"') < 0
                && words.size() == 1
                && words.getFirst().text().equals(word);
    }

    /** What one search finds, counted. */
    static final class Side {
        final SearchRequest request;
        final IndexSearcher searcher;
        final FixedBitSet verbatims;
        final long total;
        final Moments sentiment = new Moments();
        private final Map<Dimension, FacetCounter> counters = new EnumMap<>(Dimension.class);

        static Side of(DirectoryReader reader, SearchRequest request, Deadline deadline)
                throws IOException, QueryRefused {
            return new Side(request, Search.select(reader, request, deadline));
        }

        private Side(SearchRequest request, Search.Selection selection) throws IOException {
            this.request = request;
            this.searcher = selection.searcher();
            this.verbatims = new FixedBitSet(searcher.getIndexReader().maxDoc());
            var collectors = new ArrayList<Collector>(List.of(new Marking(verbatims), sentiment));
            for (var dimension : Dimension.values()) {
                var counter = new FacetCounter(dimension);
                counters.put(dimension, counter);
                collectors.add(counter);
            }
            searcher.search(selection.query(), Search.once(MultiCollector.wrap(collectors)));
            this.total = verbatims.cardinality();
        }

        Map<String, Long> counts(Dimension dimension) {
            var counter = counters.get(dimension);
            return counter == null ? Map.of() : counter.counts();
        }
    }

    /** Sets the bits of all matches. */
    private static final class Marking extends SimpleCollector {
        private final FixedBitSet verbatims;
        private int base;

        Marking(FixedBitSet verbatims) {
            this.verbatims = verbatims;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext segment) {
            base = segment.docBase;
        }

        @Override
        public void collect(int document) {
            verbatims.set(base + document);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
