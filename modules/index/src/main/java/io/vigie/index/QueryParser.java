package io.vigie.index;

import io.vigie.index.QueryToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the query language by recursive descent.
 *
 * <pre>
 * or      = and { (OR | OU | ||) and }
 * and     = unary { [AND | ET | &amp;&amp;] unary }
 * unary   = { NOT | SAUF | - } primary
 * primary = [field :] ( word | prefix* | fuzzy~N | "phrase"~N | * | ( or ) )
 * </pre>
 *
 * What a field's word may be (a comparison, a range, a date, a name) is decided where it is searched, by
 * {@link ValueQuery}.
 *
 * The depth of its recursion is a limit of the language, so no query can overflow the stack.
 */
final class QueryParser {
    /** Most characters of a query, in UTF-16 units. */
    static final int QUERY_LENGTH_MAX = 4_096;
    /** Deepest nesting of parentheses. */
    static final int DEPTH_MAX = 64;

    private final List<QueryToken> tokens;
    private int next;
    private int depth;

    private QueryParser(List<QueryToken> tokens) {
        this.tokens = tokens;
    }

    /** What a query says; blank says all. */
    static Expression parse(String query) throws QueryRefused {
        if (query.length() > QUERY_LENGTH_MAX) {
            throw new QueryRefused(Refused.of(
                    Refused.Reason.TOO_LONG,
                    "the query has " + query.length() + " characters and may have " + QUERY_LENGTH_MAX
                            + "; search for fewer words"));
        }
        var tokens = QueryLexer.tokens(query);
        if (tokens.size() == 1) {
            return new Expression.All();
        }
        var parser = new QueryParser(tokens);
        var expression = parser.or(QueryField.TEXT);
        var rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw QueryRefused.syntax(
                    rest.column(),
                    ") at column " + rest.column() + " closes nothing; remove it or add ( before the group");
        }
        return expression;
    }

    private Expression or(QueryField field) throws QueryRefused {
        var parts = new ArrayList<Expression>();
        parts.add(and(field));
        while (peek().kind() == Kind.OR) {
            next++;
            parts.add(and(field));
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Or(List.copyOf(parts));
    }

    private Expression and(QueryField field) throws QueryRefused {
        var parts = new ArrayList<Expression>();
        parts.add(unary(field));
        while (!endsAnd(peek().kind())) {
            if (peek().kind() == Kind.AND) {
                next++;
            }
            parts.add(unary(field));
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.And(List.copyOf(parts));
    }

    private static boolean endsAnd(Kind kind) {
        return kind == Kind.OR || kind == Kind.CLOSE || kind == Kind.END;
    }

    private Expression unary(QueryField field) throws QueryRefused {
        boolean excluded = false;
        while (peek().kind() == Kind.NOT) {
            excluded = !excluded;
            next++;
        }
        var primary = primary(field);
        return excluded ? new Expression.Not(primary) : primary;
    }

    private Expression primary(QueryField outer) throws QueryRefused {
        var field = outer;
        if (peek().kind() == Kind.FIELD) {
            field = QueryField.named(tokens.get(next++).text()).orElseThrow();
        }
        var token = peek();
        next++;
        return switch (token.kind()) {
            case WORD -> new Expression.Word(field, token.text(), token.column());
            case PREFIX -> new Expression.Prefix(field, token.text(), token.column());
            case WILDCARD -> new Expression.Wildcard(field, token.text(), token.column());
            case FUZZY -> new Expression.Fuzzy(field, token.text(), token.number(), token.column());
            case PHRASE -> new Expression.Phrase(field, token.text(), token.number(), token.column());
            case STAR -> any(field, token);
            case OPEN -> group(field, token);
            case FIELD, CLOSE, AND, OR, NOT, END -> throw missing(token);
        };
    }

    private static Expression any(QueryField field, QueryToken star) {
        return switch (field) {
            case TEXT -> new Expression.All();
            // These ask whether something is so; any answer would be no question, which the word's reader says.
            case IS, HAS, WITHOUT -> new Expression.Word(field, star.text(), star.column());
            default -> new Expression.Any(field);
        };
    }

    private Expression group(QueryField field, QueryToken open) throws QueryRefused {
        if (++depth > DEPTH_MAX) {
            throw QueryRefused.tooComplex(
                    open.column(),
                    "parentheses are nested deeper than " + DEPTH_MAX + " at column " + open.column()
                            + "; remove the outer ones");
        }
        var inner = or(field);
        if (peek().kind() != Kind.CLOSE) {
            throw QueryRefused.syntax(
                    open.column(), "unclosed ( at column " + open.column() + "; add ) where the group ends");
        }
        next++;
        depth--;
        return inner;
    }

    /** Nothing stands where something must; what came before says what was meant. */
    private QueryRefused missing(QueryToken found) {
        var before = next >= 2 ? tokens.get(next - 2) : found;
        return switch (before.kind()) {
            case FIELD -> after(before, before.text() + ":", "needs a value, as in " + example(before.text()));
            case AND, OR, NOT -> after(before, before.text(), operatorHint(before));
            case OPEN -> after(before, "(", "has nothing in it; write a word or remove the parentheses");
            case WORD, PREFIX, WILDCARD, FUZZY, PHRASE, STAR, CLOSE, END ->
                after(found, found.text(), operatorHint(found));
        };
    }

    private static String example(String name) {
        return name + ":" + QueryField.named(name).map(QueryField::example).orElseThrow();
    }

    private static QueryRefused after(QueryToken token, String sign, String hint) {
        return QueryRefused.syntax(token.column(), sign + " at column " + token.column() + " " + hint);
    }

    private static String operatorHint(QueryToken operator) {
        return switch (operator.kind()) {
            case NOT -> "needs something to exclude after it";
            case AND, OR -> "needs something on both sides; for the word itself use small letters";
            case CLOSE -> "closes nothing; remove it or add ( before the group";
            case WORD, PREFIX, WILDCARD, FUZZY, PHRASE, STAR, FIELD, OPEN, END -> "is not complete";
        };
    }

    private QueryToken peek() {
        return tokens.get(next);
    }
}
