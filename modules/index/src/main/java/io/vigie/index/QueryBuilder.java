package io.vigie.index;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Says an {@link Expression} to Lucene, within the limits of what one search may cost. */
final class QueryBuilder {
    /** Most words and values of a query, those of phrases included. */
    static final int CLAUSES_MAX = 128;
    /** Fewest characters of a word before a star. */
    static final int PREFIX_LENGTH_MIN = 2;
    /** Most words of the index that one fuzzy word stands for, the most alike first. */
    static final int FUZZY_WORDS_MAX = 50;

    /** Most fuzzy words of a query; each is compared with the words of the index. */
    static final int FUZZY_MAX = 10;

    /** A word that only shares its stem counts less than the word itself. */
    private static final float STEM_WEIGHT = 0.3f;
    /** The first letter of a fuzzy word must be right: without it every word of the index would be compared. */
    private static final int FUZZY_PREFIX = 1;

    private static final int FUZZY_SHORT = 2;
    private static final int FUZZY_MIDDLE = 5;
    /** Longer words are codes or accidents, and their automata are large. */
    private static final int FUZZY_LENGTH_MAX = 64;

    private final Expansion expansion;
    private final ValueQuery values;
    private int clauses;
    private int fuzzyWords;

    private QueryBuilder(IndexReader reader, ZoneId zone, Instant now) {
        this.expansion = new Expansion(reader);
        this.values = new ValueQuery(reader, zone, now, expansion);
    }

    /**
     * The query of an expression.
     *
     * @param reader whose words the prefixes and themes of the query may stand for
     * @param zone whose calendar the dates of the query follow
     * @param now what its relative dates are counted from
     */
    static Query build(Expression expression, IndexReader reader, ZoneId zone, Instant now)
            throws IOException, QueryRefused {
        return new QueryBuilder(reader, zone, now)
                .query(expression)
                .orElseGet(() -> new MatchNoDocsQuery("no word in the query"));
    }

    /** Empty for signs without a word, which neither match nor exclude anything. */
    private Optional<Query> query(Expression expression) throws IOException, QueryRefused {
        return switch (expression) {
            case Expression.All() -> Optional.of(MatchAllDocsQuery.INSTANCE);
            case Expression.Any(QueryField field) -> Optional.of(ValueQuery.any(field));
            case Expression.Word word -> word(word);
            case Expression.Phrase phrase -> phrase(phrase);
            case Expression.Prefix prefix -> prefix(prefix);
            case Expression.Wildcard wildcard ->
                Optional.of(pattern(wildcard.field(), wildcard.pattern(), wildcard.column()));
            case Expression.Fuzzy fuzzy -> fuzzy(fuzzy);
            case Expression.Not(Expression excluded) -> query(excluded).map(ValueQuery::allBut);
            case Expression.And(List<Expression> parts) -> and(parts);
            case Expression.Or(List<Expression> parts) -> or(parts);
        };
    }

    private Optional<Query> and(List<Expression> parts) throws IOException, QueryRefused {
        var all = new BooleanQuery.Builder();
        boolean required = false;
        boolean excluded = false;
        for (var part : parts) {
            if (part instanceof Expression.Not(Expression inner)) {
                var query = query(inner);
                query.ifPresent(q -> all.add(q, Occur.MUST_NOT));
                excluded |= query.isPresent();
            } else {
                var query = query(part);
                query.ifPresent(q -> all.add(q, Occur.MUST));
                required |= query.isPresent();
            }
        }
        if (excluded && !required) {
            all.add(MatchAllDocsQuery.INSTANCE, Occur.MUST);
        }
        return required || excluded ? Optional.of(all.build()) : Optional.empty();
    }

    private Optional<Query> or(List<Expression> parts) throws IOException, QueryRefused {
        var alternatives = new ArrayList<Query>();
        for (var part : parts) {
            query(part).ifPresent(alternatives::add);
        }
        return alternatives.isEmpty() ? Optional.empty() : Optional.of(anyOf(alternatives));
    }

    private static Query anyOf(List<Query> alternatives) {
        var any = new BooleanQuery.Builder();
        alternatives.forEach(query -> any.add(query, Occur.SHOULD));
        return any.build();
    }

    private Optional<Query> word(Expression.Word word) throws IOException, QueryRefused {
        if (word.field() != QueryField.TEXT) {
            count(1, word.column());
            return Optional.of(values.typed(word.field(), word.text(), word.column()));
        }
        var words = words(word.text(), word.column());
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (words.size() == 1) {
            return Optional.of(anyForm(words.getFirst()));
        }
        var inOrder = inOrder(words, 0);
        var inOneWord = TextAnalyzer.inOneWord(word.text()).map(QueryBuilder::anyForm);
        return Optional.of(inOneWord.map(one -> anyOf(List.of(inOrder, one))).orElse(inOrder));
    }

    /** The word itself, or any other with the same stem. */
    private static Query anyForm(TextAnalyzer.Word word) {
        var others = new LinkedHashSet<String>();
        others.add(TextAnalyzer.STEM_MARK + word.text());
        for (String stem : word.stems()) {
            others.add(stem);
            others.add(TextAnalyzer.STEM_MARK + stem);
        }
        var forms = new ArrayList<Query>();
        forms.add(exact(word.text()));
        others.forEach(other -> forms.add(new BoostQuery(exact(other), STEM_WEIGHT)));
        return anyOf(forms);
    }

    private static Query exact(String word) {
        return new TermQuery(new Term(VerbatimDocument.TEXT, word));
    }

    private Optional<Query> phrase(Expression.Phrase phrase) throws IOException, QueryRefused {
        if (phrase.field() != QueryField.TEXT) {
            count(1, phrase.column());
            return Optional.of(values.quoted(phrase.field(), phrase.text(), phrase.column()));
        }
        var words = words(phrase.text(), phrase.column());
        return words.isEmpty() ? Optional.empty() : Optional.of(inOrder(words, phrase.slop()));
    }

    private static Query inOrder(List<TextAnalyzer.Word> words, int slop) {
        var phrase = new PhraseQuery.Builder().setSlop(slop);
        words.forEach(word -> phrase.add(new Term(VerbatimDocument.TEXT, word.text()), word.position()));
        return words.size() == 1 ? exact(words.getFirst().text()) : phrase.build();
    }

    private Optional<Query> prefix(Expression.Prefix prefix) throws IOException, QueryRefused {
        if (prefix.field() != QueryField.TEXT) {
            return Optional.of(pattern(prefix.field(), prefix.text() + "*", prefix.column()));
        }
        var all = new BooleanQuery.Builder();
        var words = words(prefix.text(), prefix.column());
        String start = words.isEmpty() ? "" : words.removeLast().text();
        words.forEach(word -> all.add(anyForm(word), Occur.MUST));
        if (start.codePointCount(0, start.length()) < PREFIX_LENGTH_MIN) {
            throw QueryRefused.syntax(
                    prefix.column(),
                    prefix.text() + "* at column " + prefix.column() + " needs at least " + PREFIX_LENGTH_MIN
                            + " letters before *");
        }
        var term = new Term(VerbatimDocument.TEXT, start);
        expansion.count(term.field(), term.bytes(), prefix.text() + "*", prefix.column());
        return Optional.of(all.add(new PrefixQuery(term), Occur.MUST).build());
    }

    private Query pattern(QueryField field, String pattern, int column) throws IOException, QueryRefused {
        count(1, column);
        return values.pattern(field, pattern, column);
    }

    private Optional<Query> fuzzy(Expression.Fuzzy fuzzy) throws QueryRefused {
        if (fuzzy.field() != QueryField.TEXT) {
            throw QueryRefused.syntax(
                    fuzzy.column(), "~ works on words of the text, not on a field, at column " + fuzzy.column());
        }
        var words = words(fuzzy.text(), fuzzy.column());
        fuzzyWords += words.size();
        if (fuzzyWords > FUZZY_MAX) {
            throw QueryRefused.tooComplex(
                    fuzzy.column(),
                    "the query has more than " + FUZZY_MAX + " words with ~, too many from column " + fuzzy.column()
                            + " on; remove some ~");
        }
        var all = new BooleanQuery.Builder();
        words.forEach(word -> all.add(alike(word, fuzzy.edits()), Occur.MUST));
        return words.isEmpty() ? Optional.empty() : Optional.of(all.build());
    }

    private static Query alike(TextAnalyzer.Word word, int edits) {
        int length = word.text().codePointCount(0, word.text().length());
        int byLength = length <= FUZZY_SHORT ? 0 : length <= FUZZY_MIDDLE ? 1 : QueryLexer.EDITS_MAX;
        int most = edits == Expression.Fuzzy.EDITS_BY_LENGTH ? byLength : edits;
        if (most == 0 || length > FUZZY_LENGTH_MAX) {
            return exact(word.text());
        }
        var term = new Term(VerbatimDocument.TEXT, word.text());
        return new FuzzyQuery(term, most, FUZZY_PREFIX, FUZZY_WORDS_MAX, true);
    }

    private List<TextAnalyzer.Word> words(String text, int column) throws QueryRefused {
        var words = TextAnalyzer.words(text);
        count(words.size(), column);
        return words;
    }

    private void count(int more, int column) throws QueryRefused {
        clauses += more;
        if (clauses > CLAUSES_MAX) {
            throw QueryRefused.tooComplex(
                    column,
                    "the query has more than " + CLAUSES_MAX + " words, too many from column " + column
                            + " on; search for fewer words");
        }
    }
}
