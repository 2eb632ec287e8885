package io.vigie.index;

import io.vigie.index.QueryToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Cuts a query into tokens. A sign is syntax only where nobody writes it in a sentence: {@code Bonjour, ça va ?},
 * {@code 50€/mois}, {@code client(e)s} and {@code http://x.fr} are text.
 */
final class QueryLexer {
    /** Furthest apart the words of a near phrase may be. */
    static final int SLOP_MAX = 50;
    /** Most letters a fuzzy word may differ by. */
    static final int EDITS_MAX = 2;

    private static final Map<String, Kind> OPERATORS =
            Map.of("AND", Kind.AND, "ET", Kind.AND, "OR", Kind.OR, "OU", Kind.OR, "NOT", Kind.NOT, "SAUF", Kind.NOT);
    private static final Map<Character, Character> QUOTES = Map.of('"', '"', '“', '”', '«', '»');

    private final String query;
    private final List<QueryToken> tokens = new ArrayList<>();
    /** Fields of the groups that are open. */
    private final Deque<QueryField> groups = new ArrayDeque<>();

    private int at;

    private QueryLexer(String query) {
        this.query = query;
    }

    /** The tokens of a query, the last of them {@link Kind#END}. */
    static List<QueryToken> tokens(String query) throws QueryRefused {
        var lexer = new QueryLexer(query);
        while (lexer.skipSpace()) {
            lexer.next();
        }
        lexer.add(Kind.END, "", query.length());
        return lexer.tokens;
    }

    private void next() throws QueryRefused {
        char c = query.charAt(at);
        if (afterField() && c != '(' && c != ')' && !isQuote(c)) {
            value();
        } else if (c == '(') {
            groups.push(field());
            add(Kind.OPEN, "(", at++);
        } else if (c == ')') {
            groups.poll();
            add(Kind.CLOSE, ")", at++);
        } else if (isQuote(c)) {
            phrase();
        } else if (field().isRanged() && isRangedValue(c)) {
            value();
        } else if (query.startsWith("&&", at)) {
            add(Kind.AND, "&&", at);
            at += 2;
        } else if (query.startsWith("||", at)) {
            add(Kind.OR, "||", at);
            at += 2;
        } else if ((c == '-' || c == '+') && isSign()) {
            sign(c);
        } else if (!name()) {
            word();
        }
    }

    private boolean afterField() {
        return !tokens.isEmpty() && tokens.getLast().kind() == Kind.FIELD;
    }

    /** The field that a value here is one of. */
    private QueryField field() {
        if (afterField()) {
            return QueryField.named(tokens.getLast().text()).orElseThrow();
        }
        var group = groups.peek();
        return group == null ? QueryField.TEXT : group;
    }

    private boolean isRangedValue(char c) {
        return "[{<>=≤≥".indexOf(c) >= 0 || (c == '-' && at + 1 < query.length() && isAsciiDigit(query.charAt(at + 1)));
    }

    private boolean isQuote(char c) {
        Character closing = QUOTES.get(c);
        return closing != null && (c == '"' || query.indexOf(closing, at + 1) >= 0);
    }

    private void phrase() throws QueryRefused {
        int start = at;
        int end = query.indexOf(QUOTES.getOrDefault(query.charAt(at), '"'), at + 1);
        if (end < 0) {
            throw QueryRefused.syntax(
                    start + 1, "unclosed quote at column " + (start + 1) + "; add \" where the phrase ends");
        }
        at = end + 1;
        int slop = query.startsWith("~", at) ? slop() : 0;
        tokens.add(new QueryToken(Kind.PHRASE, query.substring(start + 1, end), start + 1, slop));
    }

    private int slop() throws QueryRefused {
        int start = at + 1;
        int end = start;
        while (end < query.length() && isAsciiDigit(query.charAt(end))) {
            end++;
        }
        at = end;
        // More digits than the limit has are above it, and would not fit an int.
        int slop =
                end == start ? 0 : end - start > 3 ? Integer.MAX_VALUE : Integer.parseInt(query.substring(start, end));
        if (slop > SLOP_MAX) {
            throw QueryRefused.syntax(
                    start + 1,
                    "words of a near phrase may be at most " + SLOP_MAX + " apart, at column " + (start + 1));
        }
        return slop;
    }

    /** A minus excludes the word it touches; before a space, another minus or a bracket's end it is a dash. */
    private boolean isSign() {
        if (at + 1 >= query.length()) {
            return false;
        }
        char next = query.charAt(at + 1);
        return !isSpace(next) && next != '-' && next != '+' && next != ')';
    }

    private void sign(char c) {
        // A plus asks for what is the rule anyway: all words must be there.
        if (c == '-') {
            add(Kind.NOT, "-", at);
        }
        at++;
    }

    private boolean name() throws QueryRefused {
        var name = FieldName.at(query, at);
        name.ifPresent(found -> {
            add(Kind.FIELD, found.text(), at);
            at = found.end();
        });
        return name.isPresent();
    }

    /** The value of a field: everything up to a space or the end of the group, so ids may have colons. */
    private void value() throws QueryRefused {
        int start = at;
        boolean ranged = field().isRanged();
        if (ranged && (query.charAt(at) == '[' || query.charAt(at) == '{')) {
            at = rangeEnd();
        } else if (ranged) {
            skipSigns();
        }
        while (at < query.length() && !isSpace(query.charAt(at)) && query.charAt(at) != ')') {
            at++;
        }
        addWord(query.substring(start, at), start);
    }

    private int rangeEnd() throws QueryRefused {
        int end = at + 1;
        while (end < query.length() && query.charAt(end) != ']' && query.charAt(end) != '}') {
            end++;
        }
        if (end == query.length()) {
            throw QueryRefused.syntax(
                    at + 1, "unclosed " + query.charAt(at) + " at column " + (at + 1) + "; add ] where the range ends");
        }
        return end + 1;
    }

    /** Between a comparison sign and its number may be a space. */
    private void skipSigns() {
        int after = at;
        while (after < query.length() && "<>=≤≥".indexOf(query.charAt(after)) >= 0) {
            after++;
        }
        if (after > at) {
            at = after;
            skipSpace();
        }
    }

    private void word() throws QueryRefused {
        int start = at;
        boolean smiley = ":;=".indexOf(query.charAt(start)) >= 0;
        while (at < query.length() && !(smiley ? isSpace(query.charAt(at)) : endsWord(start))) {
            at++;
        }
        String text = query.substring(start, at);
        Kind operator = OPERATORS.get(text);
        if (operator == null) {
            addWord(text, start);
        } else {
            add(operator, text, start);
        }
    }

    private boolean endsWord(int start) {
        char c = query.charAt(at);
        if (c == '(' && at > start && !OPERATORS.containsKey(query.substring(start, at))) {
            return !skipInnerBrackets();
        }
        return isSpace(c)
                || c == '"'
                || c == '('
                || c == ')'
                || query.startsWith("&&", at)
                || query.startsWith("||", at);
    }

    /** Brackets within a word, as in client(e)s, are part of it. */
    private boolean skipInnerBrackets() {
        int end = at + 1;
        while (end < query.length() && Character.isLetterOrDigit(query.charAt(end))) {
            end++;
        }
        if (end >= query.length() || query.charAt(end) != ')') {
            return false;
        }
        at = end;
        return true;
    }

    private void addWord(String text, int start) throws QueryRefused {
        if (text.equals("*") || text.equals("*:*")) {
            add(Kind.STAR, text, start);
            return;
        }
        if (field().isRanged()) {
            add(Kind.WORD, text, start);
            return;
        }
        int star = text.indexOf('*');
        int tilde = text.lastIndexOf('~');
        if (star >= 0 && star < text.length() - 1 && field() != QueryField.TEXT) {
            add(Kind.WILDCARD, text, start);
        } else if (star >= 0 && star < text.length() - 1) {
            throw QueryRefused.syntax(
                    start + star + 1,
                    "* at column " + (start + star + 1) + " can stand only at the end of a word, as in fact*");
        } else if (star >= 0) {
            add(Kind.PREFIX, text.substring(0, star), start);
        } else if (tilde > 0 && isEdits(text, tilde + 1)) {
            fuzzy(text, tilde, start);
        } else {
            add(Kind.WORD, text, start);
        }
    }

    private static boolean isEdits(String text, int from) {
        return from == text.length() || (from == text.length() - 1 && isAsciiDigit(text.charAt(from)));
    }

    private void fuzzy(String text, int tilde, int start) throws QueryRefused {
        int edits = tilde == text.length() - 1
                ? Expression.Fuzzy.EDITS_BY_LENGTH
                : Character.digit(text.charAt(tilde + 1), 10);
        if (edits > EDITS_MAX) {
            throw QueryRefused.syntax(
                    start + tilde + 2,
                    "a word may differ by at most " + EDITS_MAX + " letters, at column " + (start + tilde + 2));
        }
        tokens.add(new QueryToken(Kind.FUZZY, text.substring(0, tilde), start + 1, edits));
    }

    /** French puts a space that does not break before some signs; it divides words like any other. */
    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static boolean isAsciiDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean skipSpace() {
        while (at < query.length() && isSpace(query.charAt(at))) {
            at++;
        }
        return at < query.length();
    }

    private void add(Kind kind, String text, int start) {
        tokens.add(new QueryToken(kind, text, start + 1));
    }
}
