package io.vigie.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the cue language: words, {@code begin*}, {@code "phrases"}, {@code "phrases"~2}, {@code AND}, {@code OR},
 * {@code NOT} and parentheses.
 *
 * <p>It is what Lucene's StandardQueryParser makes of the same text, down to its trap: side by side means OR, and beside
 * an AND on the same level an OR decides nothing ({@code a OR b AND c} asks for b and c), so use parentheses. Two
 * things differ: a star inside a phrase counts, which Lucene drops without a word, and what nobody can mean is refused
 * (a word that reads as several words, a cue that only prohibits).
 */
final class CueParser {
    static final int CUE_CHARS_MAX = 1_000;
    static final int DEPTH_MAX = 16;
    static final int PHRASE_WORDS_MAX = 16;
    static final int SLOP_MAX = 10;

    private static final Pattern STRAY_WILDCARD = Pattern.compile("\\*\\S|\\?");

    private final String cue;
    private final boolean elide;
    private int at;
    private int depth;

    private CueParser(String cue, boolean elide) {
        this.cue = cue;
        this.elide = elide;
    }

    static Cue parse(String cue, Language language) throws CueSyntaxException {
        if (cue.length() > CUE_CHARS_MAX) {
            throw new CueSyntaxException("a cue has at most " + CUE_CHARS_MAX + " characters", CUE_CHARS_MAX);
        }
        var parser = new CueParser(cue, language.elides());
        Cue parsed = parser.members();
        parser.expectEnd();
        return parsed;
    }

    /**
     * The members of one level, as Lucene reads them: those beside an AND are required, those behind a NOT prohibited,
     * and the others are options, of which one must be there when nothing is required.
     */
    private Cue members() throws CueSyntaxException {
        var required = new ArrayList<Cue>();
        var options = new ArrayList<Cue>();
        var prohibited = new ArrayList<Cue>();
        boolean more = true;
        boolean afterAnd = false;
        while (more) {
            boolean not = accept("NOT");
            Cue member = clause();
            boolean beforeAnd = accept("AND");
            more = beforeAnd || accept("OR") || startsClause();
            (not ? prohibited : beforeAnd || afterAnd ? required : options).add(member);
            afterAnd = beforeAnd;
        }
        return joined(required, options, prohibited);
    }

    private Cue joined(List<Cue> required, List<Cue> options, List<Cue> prohibited) throws CueSyntaxException {
        if (!required.isEmpty()) {
            return new Cue.All(required, prohibited);
        }
        if (options.isEmpty()) {
            throw new CueSyntaxException("a cue cannot only say what must not be there", at);
        }
        return options.size() == 1 && prohibited.isEmpty() ? options.getFirst() : new Cue.Any(options, prohibited);
    }

    private Cue clause() throws CueSyntaxException {
        skipSpace();
        if (at == cue.length()) {
            throw new CueSyntaxException("expected a word, a phrase or '('", at);
        }
        return switch (cue.charAt(at)) {
            case '(' -> group();
            case '"' -> phrase();
            default -> word();
        };
    }

    private Cue group() throws CueSyntaxException {
        int open = at++;
        if (++depth > DEPTH_MAX) {
            throw new CueSyntaxException("more than " + DEPTH_MAX + " parentheses inside each other", open);
        }
        Cue inside = members();
        skipSpace();
        if (at == cue.length() || cue.charAt(at) != ')') {
            throw new CueSyntaxException("expected ')' for the '(' at " + open, at);
        }
        at++;
        depth--;
        return inside;
    }

    private Cue phrase() throws CueSyntaxException {
        int open = at;
        int close = cue.indexOf('"', open + 1);
        if (close < 0) {
            throw new CueSyntaxException("a quote is not closed", open);
        }
        at = close + 1;
        int slop = slop();
        List<Cue.Word> words = words(open + 1, close);
        if (words.size() > PHRASE_WORDS_MAX) {
            throw new CueSyntaxException("a phrase has at most " + PHRASE_WORDS_MAX + " words", open);
        }
        return words.size() == 1 ? words.getFirst() : new Cue.Phrase(words, slop);
    }

    private int slop() throws CueSyntaxException {
        if (at == cue.length() || cue.charAt(at) != '~') {
            return 0;
        }
        int from = ++at;
        while (at < cue.length() && cue.charAt(at) >= '0' && cue.charAt(at) <= '9') {
            at++;
        }
        if (at == from || at - from > 2 || Integer.parseInt(cue, from, at, 10) > SLOP_MAX) {
            throw new CueSyntaxException("expected a number from 0 to " + SLOP_MAX + " after '~'", from);
        }
        return Integer.parseInt(cue, from, at, 10);
    }

    private Cue word() throws CueSyntaxException {
        int from = at;
        while (at < cue.length() && isWordChar(cue.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw new CueSyntaxException("unexpected '" + cue.charAt(at) + "'", at);
        }
        String written = cue.substring(from, at);
        if (written.equals("AND") || written.equals("OR") || written.equals("NOT")) {
            throw new CueSyntaxException("expected a word, a phrase or '(' but found " + written, from);
        }
        if (at < cue.length() && cue.charAt(at) == '*') {
            at++;
        }
        List<Cue.Word> words = words(from, at);
        if (words.size() > 1) {
            throw new CueSyntaxException("'" + written + "' reads as several words: put it in quotes", from);
        }
        return words.getFirst();
    }

    /** The words between two positions, folded as the words of a text are. */
    private List<Cue.Word> words(int from, int until) throws CueSyntaxException {
        String part = cue.substring(from, until);
        Tokens tokens = Tokenizer.words(part);
        var words = new ArrayList<Cue.Word>();
        int stars = 0;
        for (int i = 0; i < tokens.count(); i++) {
            int end = tokens.end(i);
            boolean beginning = end < part.length() && part.charAt(end) == '*';
            stars += beginning ? 1 : 0;
            words.add(new Cue.Word(tokens.word(i, elide), beginning));
        }
        if (words.isEmpty()) {
            throw new CueSyntaxException("expected at least one word", from);
        }
        if (stars != part.chars().filter(c -> c == '*').count()
                || STRAY_WILDCARD.matcher(part).find()) {
            throw new CueSyntaxException("a star may only stand at the end of a word", from);
        }
        return words;
    }

    private boolean startsClause() {
        skipSpace();
        return at < cue.length() && cue.charAt(at) != ')';
    }

    private boolean accept(String operator) {
        skipSpace();
        int end = at + operator.length();
        if (!cue.startsWith(operator, at) || (end < cue.length() && isWordChar(cue.charAt(end)))) {
            return false;
        }
        at = end;
        return true;
    }

    private void expectEnd() throws CueSyntaxException {
        skipSpace();
        if (at < cue.length()) {
            throw new CueSyntaxException("unexpected '" + cue.charAt(at) + "'", at);
        }
    }

    private void skipSpace() {
        while (at < cue.length() && Character.isWhitespace(cue.charAt(at))) {
            at++;
        }
    }

    private static boolean isWordChar(char c) {
        return Character.isLetterOrDigit(c)
                || "'’.-_&".indexOf(c) >= 0
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }
}
