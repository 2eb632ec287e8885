package io.vigie.index;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.jspecify.annotations.Nullable;

/** Says the value of a field to Lucene; every value of a field counts the same. */
final class ValueQuery {
    /** Fewest characters before the first star. */
    static final int START_LENGTH_MIN = 2;
    /** Most stars of one value. */
    static final int STARS_MAX = 5;
    /** Longest value with stars, in UTF-16 units. */
    static final int PATTERN_LENGTH_MAX = 64;
    /** Longest value whose capitals are forgiven, in UTF-16 units; a longer one is no name. */
    static final int NAME_LENGTH_MAX = 256;
    /** Most themes of an index that a value is compared with; taxonomies have some hundred. */
    static final int THEMES_MAX = 5_000;

    /** Shorter words resemble too many others. */
    private static final int THEME_LENGTH_MIN = 4;

    private static final int DETERMINIZE_WORK_MAX = 10_000;
    private static final String UNASSIGNED = "unassigned";

    private final IndexReader reader;
    private final ZoneId zone;
    private final Instant now;
    private final Expansion expansion;
    private @Nullable List<String> themes;

    ValueQuery(IndexReader reader, ZoneId zone, Instant now, Expansion expansion) {
        this.reader = reader;
        this.zone = zone;
        this.now = now;
        this.expansion = expansion;
    }

    /** A value as typed. */
    Query typed(QueryField field, String value, int column) throws IOException, QueryRefused {
        return constant(
                field.holds() == QueryField.Values.THEMES ? theme(value, column, true) : value(field, value, column));
    }

    /** A value in quotes, which is meant as it is: no theme that resembles it is proposed instead. */
    Query quoted(QueryField field, String value, int column) throws IOException, QueryRefused {
        return constant(
                field.holds() == QueryField.Values.THEMES ? theme(value, column, false) : value(field, value, column));
    }

    private Query value(QueryField field, String value, int column) throws QueryRefused {
        return switch (field.holds()) {
            case WORDS, CODES, THEMES -> exact(field.field(), value);
            case NAMES -> name(field.field(), value);
            case LANGUAGES -> name(field.field(), QuerySymbols.language(value));
            case SYMBOLS -> exact(field.field(), QuerySymbols.symbol(field, value, column));
            case NUMBERS -> NumberRange.query(field, value, column);
            case DATES -> date(value, column);
            case TRAITS -> QueryTrait.named(value, column).query();
            case FIELDS -> presence(field, value, column);
            case SIGNATURES -> signature(value, column);
        };
    }

    private static Query constant(Query query) {
        return new ConstantScoreQuery(query);
    }

    private static Query exact(String field, String value) {
        return new TermQuery(new Term(field, VerbatimDocument.keyword(value)));
    }

    /** Looked up in no index of its own: it is asked within results, and reading eight bytes a verbatim is quick. */
    private static Query signature(String value, int column) throws QueryRefused {
        try {
            return NumericDocValuesField.newSlowExactQuery(VerbatimDocument.SIGNATURE, TextSignature.parse(value));
        } catch (NumberFormatException e) {
            throw QueryRefused.syntax(
                    column,
                    value + " at column " + column + " names no text; take the 16 hexadecimal digits from the hit whose"
                            + " duplicates are wanted");
        }
    }

    private static Query name(String field, String value) {
        return value.isEmpty() || value.length() > NAME_LENGTH_MAX
                ? exact(field, value)
                : new AutomatonQuery(new Term(field, value), Automata.makeCaseInsensitiveString(value));
    }

    private Query date(String value, int column) throws QueryRefused {
        var range = DateRange.of(value, column, zone, now);
        // An open end is the last long, which must not be lowered.
        long last = range.end() == Long.MAX_VALUE ? Long.MAX_VALUE : range.end() - 1;
        return LongField.newRangeQuery(VerbatimDocument.OCCURRED_AT, range.start(), last);
    }

    /** Verbatims with any value of a field. */
    static Query any(QueryField field) {
        return constant(
                switch (field) {
                    case CUSTOMER, AGENT, MENTION, PREFERRED_CHANNEL -> exact(VerbatimDocument.TRAIT, field.field());
                    case THEME, NPS, CSAT, CES -> new FieldExistsQuery(field.field());
                    case TEXT,
                            OFFER,
                            INTENT,
                            KIND,
                            LANGUAGE,
                            CHANNEL,
                            DATE,
                            SEVERITY,
                            SENTIMENT,
                            CHURN_RISK,
                            CONVERSATION,
                            SOURCE,
                            CLASSIFIER,
                            EVENT,
                            ID,
                            DUPLICATES,
                            IS,
                            HAS,
                            WITHOUT -> MatchAllDocsQuery.INSTANCE;
                });
    }

    private static Query presence(QueryField field, String value, int column) throws QueryRefused {
        var asked = QueryField.named(value)
                .orElseThrow(() -> QueryRefused.syntax(
                        column, "unknown field " + value + " at column " + column + "; " + QueryField.meant(value)));
        var present = asked == QueryField.OFFER ? allBut(exact(asked.field(), UNASSIGNED)) : any(asked);
        return field == QueryField.HAS ? present : allBut(present);
    }

    static Query allBut(Query excluded) {
        return new BooleanQuery.Builder()
                .add(MatchAllDocsQuery.INSTANCE, Occur.MUST)
                .add(excluded, Occur.MUST_NOT)
                .build();
    }

    /**
     * A theme by its id ({@code network.outage}), its category ({@code network}) or its last part ({@code outage}). One
     * that no verbatim has matches nothing, unless it resembles one so much that it must be a slip.
     */
    private Query theme(String value, int column, boolean slips) throws IOException, QueryRefused {
        var known = themes();
        String wanted = value.toLowerCase(Locale.ROOT);
        var found = known.stream()
                .filter(theme -> names(wanted, theme.toLowerCase(Locale.ROOT)))
                .map(VerbatimDocument::keyword)
                .toList();
        if (found.isEmpty() && slips && value.length() >= THEME_LENGTH_MIN) {
            var meant = QueryField.nearest(wanted, spellings(known));
            if (meant.isPresent()) {
                throw QuerySymbols.unknown("theme", value, column, List.of(meant.get()));
            }
        }
        return found.isEmpty()
                ? exact(QueryField.THEME.field(), value)
                : new TermInSetQuery(QueryField.THEME.field(), found);
    }

    private static boolean names(String wanted, String theme) {
        return theme.equals(wanted) || theme.startsWith(wanted + ".") || theme.endsWith("." + wanted);
    }

    /** Of the index, read once for all themes of a query. */
    private List<String> themes() throws IOException {
        if (themes == null) {
            themes = readThemes();
        }
        return themes;
    }

    private List<String> readThemes() throws IOException {
        var read = new TreeSet<String>();
        for (var leaf : reader.leaves()) {
            var terms = leaf.reader().terms(QueryField.THEME.field());
            var each = terms == null ? null : terms.iterator();
            while (each != null && read.size() < THEMES_MAX && each.next() != null) {
                read.add(each.term().utf8ToString());
            }
        }
        return List.copyOf(read);
    }

    private static List<String> spellings(List<String> themes) {
        var spellings = new ArrayList<String>();
        for (String theme : themes) {
            spellings.add(theme);
            int dot = theme.indexOf('.');
            if (dot > 0) {
                spellings.add(theme.substring(0, dot));
            }
        }
        return spellings;
    }

    /** Values with stars in them. */
    Query pattern(QueryField field, String pattern, int column) throws IOException, QueryRefused {
        return switch (field.holds()) {
            case SYMBOLS -> symbols(field, pattern, column);
            case TRAITS, FIELDS, NUMBERS, DATES, SIGNATURES -> value(field, pattern, column);
            case WORDS, NAMES, CODES, THEMES, LANGUAGES -> constant(wildcard(field, pattern, column));
        };
    }

    private static Query symbols(QueryField field, String pattern, int column) throws QueryRefused {
        int star = pattern.indexOf('*');
        if (star < pattern.length() - 1) {
            throw QueryRefused.syntax(
                    column + star,
                    "* at column " + (column + star) + " can stand only at the end of a value of "
                            + QueryField.plain(field.field()));
        }
        return constant(new TermInSetQuery(
                field.field(),
                QuerySymbols.startingWith(field, pattern.substring(0, star), column).stream()
                        .map(VerbatimDocument::keyword)
                        .toList()));
    }

    private Query wildcard(QueryField field, String pattern, int column) throws IOException, QueryRefused {
        check(pattern, column);
        boolean exact = field.holds() == QueryField.Values.CODES;
        var parts = new ArrayList<Automaton>();
        int start = 0;
        for (int star = pattern.indexOf('*'); star >= 0; star = pattern.indexOf('*', start)) {
            parts.add(literal(pattern.substring(start, star), exact));
            parts.add(Automata.makeAnyString());
            start = star + 1;
        }
        // What starts so is counted, not what matches: the search walks through it all.
        var walked = Operations.concatenate(parts.subList(0, 2));
        expansion.count(field.field(), new CompiledAutomaton(deterministic(walked, column)), pattern, column);
        parts.add(literal(pattern.substring(start), exact));
        return new AutomatonQuery(
                new Term(field.field(), pattern), deterministic(Operations.concatenate(parts), column));
    }

    private static Automaton literal(String text, boolean exact) {
        return text.isEmpty()
                ? Automata.makeEmptyString()
                : exact ? Automata.makeString(text) : Automata.makeCaseInsensitiveString(text);
    }

    private static Automaton deterministic(Automaton automaton, int column) throws QueryRefused {
        try {
            return Operations.determinize(automaton, DETERMINIZE_WORK_MAX);
        } catch (TooComplexToDeterminizeException e) {
            throw QueryRefused.tooComplex(
                    column, "the stars at column " + column + " match in too many ways; use fewer *");
        }
    }

    private static void check(String pattern, int column) throws QueryRefused {
        if (pattern.length() > PATTERN_LENGTH_MAX) {
            throw QueryRefused.tooComplex(
                    column,
                    "the value at column " + column + " has more than " + PATTERN_LENGTH_MAX
                            + " characters; a value with * may have no more");
        }
        if (pattern.chars().filter(c -> c == '*').count() > STARS_MAX) {
            throw QueryRefused.tooComplex(
                    column, "the value at column " + column + " has more than " + STARS_MAX + " stars; use fewer *");
        }
        int start = pattern.indexOf('*');
        if (pattern.codePointCount(0, start) < START_LENGTH_MIN) {
            throw QueryRefused.syntax(
                    column,
                    pattern + " at column " + column + " needs at least " + START_LENGTH_MIN + " letters before *");
        }
    }
}
