package io.vigie.index;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Makes words of the tokens of Unicode's word break rules: without article ({@code l’ADSL} is {@code adsl}), in small
 * letters, without accents, and cut where somebody forgot the space after a full stop ({@code bloqué.Merci}).
 *
 * <p>A word can have a second form in the same place. The name it is written as comes before it: {@code c++} before
 * {@code c}, {@code .net} before {@code net}, {@code r&d} before {@code r}, {@code ONT} before {@code ont}; so the name
 * is found alone, and the plain word still finds it. After it comes the compound it begins, in one word:
 * {@code wifi} after the {@code wi} of {@code Wi-Fi}.
 *
 * <p>One filter does it all because Lucene's elision leaves the offset on the article, and offsets can only be mended
 * while a token still has the characters of the text.
 */
final class WordFilter extends TokenFilter {
    private static final CharArraySet ARTICLES = FrenchAnalyzer.DEFAULT_ARTICLES;
    /** Abbreviations that in small letters are among the most frequent words. */
    private static final Set<String> CAPITALS = Set.of("ont", "it", "us");
    /** What French hangs onto a verb or a pronoun with a hyphen; nobody writes it in one word. */
    private static final Set<String> CLITICS = Set.of(
            "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "ci", "la", "moi", "toi", "le", "les",
            "lui", "leur", "y", "en", "t");
    /** Longest side of a name with an ampersand: {@code R&D}, {@code AT&T}, but not {@code fixe&mobile}. */
    private static final int AMPERSAND_SIDE_MAX = 3;

    private static final int CAPITALS_LENGTH_MAX = 3;
    /** Longest compound that is also taken for one word. */
    private static final int COMPOUND_MAX = 40;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);

    private final WrittenText text;
    private final Folding folding = new Folding();
    private final Deque<Form> forms = new ArrayDeque<>();
    private char[] raw = new char[0];
    private int rawStart;
    private int rawLength;
    private int next;

    /** Another form of a word, in the same place of the text. */
    private record Form(String text, int start, int end) {}

    WordFilter(TokenStream input, WrittenText text) {
        super(input);
        this.text = text;
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!forms.isEmpty()) {
            put(forms.removeFirst());
            increment.setPositionIncrement(0);
            return true;
        }
        int skipped = 0;
        while (true) {
            int positions = 1;
            if (next >= rawLength) {
                if (!input.incrementToken()) {
                    return false;
                }
                take();
                if (isArticleApart()) {
                    next = rawLength;
                    continue;
                }
                positions = increment.getPositionIncrement();
            }
            if (emit(skipped + positions)) {
                return true;
            }
            skipped += positions;
        }
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        forms.clear();
        next = 0;
        rawLength = 0;
    }

    private void take() {
        rawLength = term.length();
        if (raw.length < rawLength) {
            raw = new char[2 * rawLength];
        }
        System.arraycopy(term.buffer(), 0, raw, 0, rawLength);
        rawStart = offset.startOffset();
        next = 0;
    }

    /** An article before a space, a quote or a digit: {@code l' offre}, {@code d’« ADSL »}, {@code l’4G}. */
    private boolean isArticleApart() {
        return text.is('\'', rawStart + rawLength)
                && !text.is('\'', rawStart - 1)
                && ARTICLES.contains(raw, 0, rawLength);
    }

    private boolean emit(int positions) {
        boolean acronym = next == 0 && isAcronym();
        int begin = next;
        int end = acronym ? rawLength : partEnd(next);
        int start = afterArticles(next, end);
        next = end + 1;
        int stop = beforePossessive(start, end);
        int length = folding.fold(raw, start, stop, acronym);
        if (length == 0) {
            return false;
        }
        term.copyBuffer(folding.chars(), 0, length);
        offset.setOffset(rawStart + start, rawStart + stop);
        increment.setPositionIncrement(positions);
        if (stop == rawLength) {
            addForms(begin == 0, rawStart + start, rawStart + stop);
        }
        return true;
    }

    private void addForms(boolean whole, int start, int end) {
        if (whole && text.isHyphen(end)) {
            addCompound(start, end);
        } else if (text.is('&', end)) {
            addAmpersandName(start, end);
        } else if (isCapitals(start, end)) {
            addName(term.toString().toUpperCase(Locale.ROOT), start, end);
        } else {
            int from = start == rawStart && text.hasDotBefore(start) ? start - 1 : start;
            int to = text.signsEnd(end);
            if (from < start || to > end) {
                addName((from < start ? "." : "") + term + text.between(end, to).strip(), from, to);
            }
        }
    }

    /** The name takes the place of its word, which follows. */
    private void addName(String name, int start, int end) {
        forms.add(new Form(term.toString(), offset.startOffset(), offset.endOffset()));
        put(new Form(name, start, end));
    }

    private void addAmpersandName(int start, int end) {
        int other = end + 1;
        int otherEnd = text.wordEnd(other);
        boolean isShort = term.length() <= AMPERSAND_SIDE_MAX && otherEnd - other <= COMPOUND_MAX;
        if (!isShort || otherEnd == other || text.is(';', otherEnd)) {
            return;
        }
        String second = folding.folded(text.chars(), other, otherEnd);
        if (second.length() <= AMPERSAND_SIDE_MAX) {
            addName(term + "&" + second, start, otherEnd);
        }
    }

    /** Of two words, both without a digit; {@code est-ce} is none. */
    private void addCompound(int start, int end) {
        int other = end + 1;
        int otherEnd = text.wordEnd(other);
        boolean alone = !text.isHyphen(rawStart - 1) && !text.isHyphen(otherEnd) && !text.is('\'', otherEnd);
        if (!alone || otherEnd == other || otherEnd - start > COMPOUND_MAX || text.hasDigit(start, otherEnd)) {
            return;
        }
        String second = folding.folded(text.chars(), other, otherEnd);
        if (!CLITICS.contains(second)) {
            forms.add(new Form(term + second, start, otherEnd));
        }
    }

    private boolean isCapitals(int start, int end) {
        return end - start <= CAPITALS_LENGTH_MAX
                && end - start == term.length()
                && Character.isUpperCase(text.chars()[start])
                && Character.isUpperCase(text.chars()[end - 1])
                && CAPITALS.contains(term.toString());
    }

    private void put(Form form) {
        term.setEmpty().append(form.text());
        offset.setOffset(form.start(), form.end());
    }

    /** S.A.V is one word, sav; an accent may follow its letter. */
    private boolean isAcronym() {
        boolean letter = true;
        int letters = 0;
        for (int i = 0; i < rawLength; i++) {
            char c = raw[i];
            if (letter && Character.isLetter(c)) {
                letters++;
                letter = false;
            } else if (!letter && c == '.') {
                letter = true;
            } else if (letter || Character.getType(c) != Character.NON_SPACING_MARK) {
                return false;
            }
        }
        return letters > 1 && !letter;
    }

    private int partEnd(int start) {
        for (int i = start; i < rawLength; i++) {
            if (isJoint(raw[i]) && !isBetweenDigits(i)) {
                return i;
            }
        }
        return rawLength;
    }

    private static boolean isJoint(char c) {
        return c == '.' || c == ':' || c == '_' || c == '\u00b7';
    }

    private boolean isBetweenDigits(int i) {
        return i > 0 && i + 1 < rawLength && Character.isDigit(raw[i - 1]) && Character.isDigit(raw[i + 1]);
    }

    private int afterArticles(int start, int end) {
        int word = start;
        for (int i = start; i < end - 1; i++) {
            if (raw[i] == '\'') {
                if (!ARTICLES.contains(raw, word, i - word)) {
                    return word;
                }
                word = i + 1;
            }
        }
        return word;
    }

    private int beforePossessive(int start, int end) {
        boolean possessive = end - start > 2 && raw[end - 2] == '\'' && (raw[end - 1] == 's' || raw[end - 1] == 'S');
        return possessive ? end - 2 : end;
    }
}
