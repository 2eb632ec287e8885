package io.vigie.index;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FuzzyTermsEnum;

/**
 * Finds what was meant by a query that found little: words of the index that differ by a letter or two from words that it
 * does not know, tried out under the same filters, so that what is suggested is known to find more, in a language that is
 * searched. The same way of looking as Lucene's DirectSpellChecker, which is in a library we have no other use for.
 */
final class Suggester {
    /** A query that finds more needs no help, and a word in more texts is no slip. */
    static final int FEW_MAX = 2;
    /** Longest it may take; when it takes longer there is no suggestion. */
    static final Duration TIME_MAX = Duration.ofMillis(250);
    /** Most unknown words of a query; more are no slips. */
    static final int WORDS_MAX = 5;
    /** Most other queries tried out. */
    static final int TRIES_MAX = 6;

    private static final int CANDIDATES_MAX = 5;
    /** Texts that are looked at for the way in which a word is written. */
    private static final int SAMPLES = 20;
    /** One more letter of difference must be earned by a word so many times as frequent. */
    private static final double SLIP_COST = 100;
    /** The first letter must be right: without it every word of the index would be compared. */
    private static final int PREFIX = 1;

    private static final int LENGTH_MIN = 3;
    private static final int LENGTH_OF_TWO_SLIPS_MIN = 6;
    private static final int LENGTH_MAX = 64;

    private final Search.State state;
    private final IndexReader timed;
    private final SearchRequest request;
    private final Deadline deadline;

    private Suggester(DirectoryReader reader, SearchRequest request, Deadline deadline) throws IOException {
        // Nobody asks for the next page of a try.
        this.state = new Search.State(reader, false, Optional.empty());
        this.timed = ExitableDirectoryReader.wrap(reader, deadline);
        this.request = request;
        this.deadline = deadline;
    }

    /** Empty when nothing better is known, or not known in time. */
    static Optional<Suggestion> suggest(DirectoryReader reader, SearchRequest request, long total, Deadline deadline)
            throws IOException {
        try {
            return new Suggester(reader, request, deadline.within(TIME_MAX)).better(total);
        } catch (QueryRefused | ExitableDirectoryReader.ExitingReaderException e) {
            return Optional.empty();
        }
    }

    private Optional<Suggestion> better(long total) throws IOException, QueryRefused {
        var slips = new ArrayList<Slip>();
        for (var word : typed(QueryParser.parse(request.query())).toList()) {
            slip(word).ifPresent(slips::add);
        }
        if (slips.size() > WORDS_MAX) {
            return Optional.empty();
        }
        for (var words : alternatives(slips).limit(TRIES_MAX).toList()) {
            var outcome = Search.plain(state, other(replaced(words)), deadline);
            if (outcome instanceof SearchResult found && found.total() > total) {
                return Optional.of(new Suggestion(replaced(written(words, found)), found.total()));
            }
        }
        return Optional.empty();
    }

    /** Words whose text is searched; those that are excluded may well be unknown. */
    private static Stream<Expression.Word> typed(Expression expression) {
        if (expression instanceof Expression.And and) {
            return and.parts().stream().flatMap(Suggester::typed);
        }
        if (expression instanceof Expression.Or or) {
            return or.parts().stream().flatMap(Suggester::typed);
        }
        return expression instanceof Expression.Word word && word.field() == QueryField.TEXT
                ? Stream.of(word)
                : Stream.empty();
    }

    private Optional<Slip> slip(Expression.Word typed) throws IOException {
        int start = typed.column() - 1;
        var words = TextAnalyzer.words(typed.text());
        if (words.size() != 1 || !request.query().startsWith(typed.text(), start)) {
            return Optional.empty();
        }
        var candidates = candidates(words.getFirst());
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(new Slip(start, start + typed.text().length(), candidates));
    }

    /** The likeliest first. */
    private List<String> candidates(TextAnalyzer.Word word) throws IOException {
        int slips = slipsMax(word.text());
        var terms = slips == 0 ? null : MultiTerms.getTerms(timed, VerbatimDocument.TEXT);
        int known = terms == null ? Integer.MAX_VALUE : frequency(word);
        if (terms == null || known > FEW_MAX) {
            return List.of();
        }
        var candidates = new ArrayList<Candidate>();
        var alike = new FuzzyTermsEnum(terms, new Term(VerbatimDocument.TEXT, word.text()), slips, PREFIX, true);
        for (var term = alike.next(); term != null; term = alike.next()) {
            String text = term.utf8ToString();
            if (alike.docFreq() > known && !text.equals(word.text())) {
                candidates.add(Candidate.of(text, word.text(), alike.getBoost(), alike.docFreq()));
            }
        }
        return candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::likelihood)
                        .reversed()
                        .thenComparing(Candidate::word))
                .limit(CANDIDATES_MAX)
                .map(Candidate::word)
                .toList();
    }

    /** No slips are looked for in codes and numbers: IPv4 is not what was meant by IPv6. */
    private static int slipsMax(String word) {
        int length = word.codePointCount(0, word.length());
        if (length < LENGTH_MIN || length > LENGTH_MAX || word.chars().anyMatch(Character::isDigit)) {
            return 0;
        }
        return length < LENGTH_OF_TWO_SLIPS_MIN ? 1 : 2;
    }

    private int frequency(TextAnalyzer.Word word) throws IOException {
        int frequency = timed.docFreq(new Term(VerbatimDocument.TEXT, word.text()));
        for (String stem : word.stems()) {
            var marked = new Term(VerbatimDocument.TEXT, TextAnalyzer.STEM_MARK + stem);
            frequency = Math.max(frequency, timed.docFreq(marked));
        }
        return frequency;
    }

    /** All slips mended at once; then, of one slip, its other candidates, of several each alone. */
    private static Stream<Map<Slip, String>> alternatives(List<Slip> slips) {
        if (slips.isEmpty()) {
            return Stream.empty();
        }
        if (slips.size() == 1) {
            var slip = slips.getFirst();
            return slip.candidates().stream().map(candidate -> Map.of(slip, candidate));
        }
        var all = new HashMap<Slip, String>();
        slips.forEach(slip -> all.put(slip, slip.candidates().getFirst()));
        return Stream.concat(
                Stream.of(all),
                slips.stream().map(slip -> Map.of(slip, slip.candidates().getFirst())));
    }

    private SearchRequest other(String query) {
        return new SearchRequest(
                query,
                request.filters(),
                request.from(),
                request.to(),
                Sort.RELEVANCE,
                SAMPLES,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                request.zone(),
                false);
    }

    private String replaced(Map<Slip, String> words) {
        var query = new StringBuilder(request.query());
        words.entrySet().stream()
                .sorted(Comparator.comparingInt(
                                (Map.Entry<Slip, String> word) -> word.getKey().start())
                        .reversed())
                .forEach(word ->
                        query.replace(word.getKey().start(), word.getKey().end(), word.getValue()));
        return query.toString();
    }

    /** Words of the index have no accents; as they are mostly written in what was found they have. */
    private static Map<Slip, String> written(Map<Slip, String> words, SearchResult found) {
        var spellings = new HashMap<String, Map<String, Integer>>();
        for (var hit : found.hits()) {
            for (var range : hit.highlights()) {
                String written = hit.verbatim()
                        .getText()
                        .substring(range.start(), range.end())
                        .toLowerCase(Locale.ROOT);
                var read = TextAnalyzer.words(written);
                if (read.size() == 1) {
                    spellings
                            .computeIfAbsent(read.getFirst().text(), _ -> new HashMap<>())
                            .merge(written, 1, Integer::sum);
                }
            }
        }
        var written = new HashMap<Slip, String>();
        words.forEach((slip, word) -> written.put(slip, mostFrequent(spellings.getOrDefault(word, Map.of()), word)));
        return written;
    }

    /** Of spellings as frequent as each other one with accents, which come after those without. */
    private static String mostFrequent(Map<String, Integer> spellings, String word) {
        return spellings.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(word);
    }

    /** A word of the query, from its first to behind its last character, and what it may have meant. */
    private record Slip(int start, int end, List<String> candidates) {}

    private record Candidate(String word, double likelihood) {
        /** The boost of a fuzzy term is the part of the shorter word's letters that are right. */
        static Candidate of(String word, String typed, float boost, int frequency) {
            int letters = Math.min(word.codePointCount(0, word.length()), typed.codePointCount(0, typed.length()));
            int slips = Math.round((1 - boost) * letters);
            return new Candidate(word, frequency / Math.pow(SLIP_COST, slips));
        }
    }
}
