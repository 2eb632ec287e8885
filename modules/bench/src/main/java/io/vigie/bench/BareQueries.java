package io.vigie.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.NumericUtils;

/**
 * The {@link ScaleQuery searches} by Lucene alone, in this process, down to the stored bytes of the hits; without highlights,
 * JSON and HTTP.
 */
final class BareQueries implements Closeable {
    private static final String TEXT = "text";
    private static final int HITS = 10;
    private static final int NEWEST = 20;
    private static final long[] MONTHS = months();

    private final FSDirectory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final FrenchAnalyzer analyzer = new FrenchAnalyzer();
    /** Totals are counted up to here; ours are always exact. */
    private final int totals;

    BareQueries(Path place, int totals) throws IOException {
        directory = FSDirectory.open(place);
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
        this.totals = totals;
    }

    /** How many verbatims match, as far as it was counted. */
    long run(ScaleQuery query, int variant) throws IOException {
        List<String> words = query.words(variant);
        return switch (query) {
            case FREQUENT_WORD, RARE_WORD -> top(term(words.getFirst()));
            case TWO_WORDS -> top(all(words));
            case THREE_ALTERNATIVES, TWO_ALTERNATIVES -> top(any(words));
            case PHRASE ->
                top(new PhraseQuery(TEXT, words.stream().map(this::analyzed).toArray(String[]::new)));
            case PREFIX -> top(new PrefixQuery(new Term(TEXT, words.getFirst())));
            case MISSPELT -> top(new FuzzyQuery(new Term(TEXT, analyzed(words.getFirst())), 1, 1, 50, true));
            case WORD_OFFER_QUARTER ->
                top(new BooleanQuery.Builder()
                        .add(term(words.getFirst()), Occur.MUST)
                        .add(new TermQuery(new Term("offer", query.offer(variant))), Occur.FILTER)
                        .add(during(query.from(variant), query.to(variant)), Occur.FILTER)
                        .build());
            case NEWEST_OF_MONTH -> newest(during(query.from(variant), query.to(variant)));
            case FACETS -> facets(term(words.getFirst()));
            case MONTHS_OF_OFFER -> months(new TermQuery(new Term("offer", query.offer(variant))));
        };
    }

    private long top(Query query) throws IOException {
        return read(searcher.search(query, new TopScoreDocCollectorManager(HITS, null, totals)));
    }

    private long newest(Query query) throws IOException {
        var sort = new Sort(new SortedNumericSortField("occurredAt", SortField.Type.LONG, true));
        return read(searcher.search(query, new TopFieldCollectorManager(sort, NEWEST, null, totals)));
    }

    private long read(TopDocs found) throws IOException {
        var stored = searcher.storedFields();
        for (var hit : found.scoreDocs) {
            stored.document(hit.doc);
        }
        return found.totalHits.value();
    }

    private Query term(String word) {
        return new TermQuery(new Term(TEXT, analyzed(word)));
    }

    private Query all(List<String> words) {
        var query = new BooleanQuery.Builder();
        words.forEach(word -> query.add(term(word), Occur.MUST));
        return query.build();
    }

    private Query any(List<String> words) {
        var query = new BooleanQuery.Builder();
        words.forEach(word -> query.add(term(word), Occur.SHOULD));
        return query.build();
    }

    private static Query during(Instant from, Instant to) {
        return LongField.newRangeQuery("occurredAt", from.toEpochMilli(), to.toEpochMilli() - 1);
    }

    private String analyzed(String word) {
        try (TokenStream tokens = analyzer.tokenStream(TEXT, word)) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            return tokens.incrementToken() ? term.toString() : word;
        } catch (IOException e) {
            throw new IllegalStateException("a word in memory cannot be read", e);
        }
    }

    private long facets(Query query) throws IOException {
        return searcher.search(query, new One<>(() -> new Facets("offer", "theme", "kind")));
    }

    private long months(Query query) throws IOException {
        return searcher.search(query, new One<>(Months::new));
    }

    private static long[] months() {
        return IntStream.rangeClosed(0, 30)
                .mapToLong(month -> ScaleVerbatims.FIRST
                        .atZone(ZoneOffset.UTC)
                        .plusMonths(month)
                        .toInstant()
                        .toEpochMilli())
                .toArray();
    }

    private interface Counter extends Collector {
        long count();

        @Override
        default ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    /** This searcher has one thread, so there is one collector. */
    private record One<C extends Counter>(Supplier<C> maker) implements CollectorManager<C, Long> {
        @Override
        public C newCollector() {
            return maker.get();
        }

        @Override
        public Long reduce(Collection<C> counters) {
            return counters.stream().mapToLong(Counter::count).sum();
        }
    }

    private static final class Facets implements Counter {
        private final String[] fields;
        private final Map<String, Long> counts = new TreeMap<>();
        private long count;

        Facets(String... fields) {
            this.fields = fields;
        }

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
            var values = new SortedSetDocValues[fields.length];
            var found = new int[fields.length][];
            for (int i = 0; i < fields.length; i++) {
                values[i] = DocValues.getSortedSet(leaf.reader(), fields[i]);
                found[i] = new int[(int) values[i].getValueCount()];
            }
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable scorer) {}

                @Override
                public void collect(int document) throws IOException {
                    count++;
                    for (int i = 0; i < values.length; i++) {
                        if (values[i].advanceExact(document)) {
                            for (int j = values[i].docValueCount(); j > 0; j--) {
                                found[i][(int) values[i].nextOrd()]++;
                            }
                        }
                    }
                }

                @Override
                public void finish() throws IOException {
                    for (int i = 0; i < values.length; i++) {
                        for (int ord = 0; ord < found[i].length; ord++) {
                            if (found[i][ord] > 0) {
                                counts.merge(
                                        fields[i] + values[i].lookupOrd(ord).utf8ToString(),
                                        (long) found[i][ord],
                                        Long::sum);
                            }
                        }
                    }
                }
            };
        }

        @Override
        public long count() {
            return count;
        }
    }

    private static final class Months implements Counter {
        private final long[] counts = new long[MONTHS.length];
        private final double[] sentiments = new double[MONTHS.length];

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
            var times = DocValues.unwrapSingleton(DocValues.getSortedNumeric(leaf.reader(), "occurredAt"));
            var moods = DocValues.unwrapSingleton(DocValues.getSortedNumeric(leaf.reader(), "sentiment"));
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable scorer) {}

                @Override
                public void collect(int document) throws IOException {
                    if (times.advanceExact(document) && moods.advanceExact(document)) {
                        int found = Arrays.binarySearch(MONTHS, times.longValue());
                        int month = Math.max(0, found < 0 ? -found - 2 : found);
                        counts[month]++;
                        sentiments[month] += NumericUtils.sortableLongToDouble(moods.longValue());
                    }
                }
            };
        }

        @Override
        public long count() {
            return Arrays.stream(counts).sum();
        }
    }

    @Override
    public void close() throws IOException {
        analyzer.close();
        reader.close();
        directory.close();
    }
}
