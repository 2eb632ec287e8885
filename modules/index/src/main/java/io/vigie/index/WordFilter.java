package io.vigie.index;

import java.io.IOException;
import java.text.Normalizer;
import java.util.Arrays;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Makes words of the tokens of Unicode's word break rules: without article ({@code l’ADSL} is {@code adsl}), in small
 * letters, without accents, and cut where somebody forgot the space after a full stop ({@code bloqué.Merci}).
 *
 * <p>One filter does it all because Lucene's elision leaves the offset on the article, and offsets can only be mended
 * while a token still has the characters of the text.
 */
final class WordFilter extends TokenFilter {
    private static final CharArraySet ARTICLES = FrenchAnalyzer.DEFAULT_ARTICLES;
    /** ASCII folding gives at most this many characters for one. */
    private static final int FOLDED_MAX = 4;

    private static final char COMBINING_FIRST = '\u0300';
    private static final char COMBINING_LAST = '\u036f';

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);

    private char[] raw = new char[0];
    private int rawStart;
    private int rawLength;
    private int next;
    private char[] folded = new char[0];

    WordFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        int skipped = 0;
        while (true) {
            int positions = 1;
            if (next >= rawLength) {
                if (!input.incrementToken()) {
                    return false;
                }
                take();
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
        next = 0;
        rawLength = 0;
    }

    private void take() {
        rawLength = term.length();
        raw = Arrays.copyOf(term.buffer(), rawLength);
        rawStart = offset.startOffset();
        next = 0;
    }

    private boolean emit(int positions) {
        boolean acronym = next == 0 && isAcronym();
        int end = acronym ? rawLength : partEnd(next);
        int start = afterArticles(next, end);
        next = end + 1;
        int stop = beforePossessive(start, end);
        int length = fold(start, stop, acronym);
        if (length == 0) {
            return false;
        }
        term.copyBuffer(folded, 0, length);
        offset.setOffset(rawStart + start, rawStart + stop);
        increment.setPositionIncrement(positions);
        return true;
    }

    /** S.A.V is one word, sav. */
    private boolean isAcronym() {
        if (rawLength < 3 || rawLength % 2 == 0) {
            return false;
        }
        for (int i = 0; i < rawLength; i++) {
            if (i % 2 == 0 ? !Character.isLetter(raw[i]) : raw[i] != '.') {
                return false;
            }
        }
        return true;
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
            if (isApostrophe(raw[i])) {
                if (!ARTICLES.contains(raw, word, i - word)) {
                    return word;
                }
                word = i + 1;
            }
        }
        return word;
    }

    private int beforePossessive(int start, int end) {
        boolean possessive =
                end - start > 2 && isApostrophe(raw[end - 2]) && (raw[end - 1] == 's' || raw[end - 1] == 'S');
        return possessive ? end - 2 : end;
    }

    private static boolean isApostrophe(char c) {
        return c == '\'' || c == '\u2019' || c == '\u2018' || c == '\u02bc' || c == '\uff07';
    }

    private int fold(int start, int stop, boolean acronym) {
        if (folded.length < FOLDED_MAX * rawLength) {
            folded = new char[FOLDED_MAX * rawLength];
        }
        int length = 0;
        boolean ascii = true;
        for (int i = start; i < stop; i++) {
            if (!(acronym && raw[i] == '.')) {
                folded[length++] = Character.toLowerCase(raw[i]);
                ascii &= raw[i] < 0x80;
            }
        }
        return ascii ? length : foldBeyondAscii(length);
    }

    private int foldBeyondAscii(int length) {
        String lower = new String(folded, 0, length);
        // An accent may come as a character of its own; composed it is known to the folding table.
        char[] composed = Normalizer.normalize(lower, Normalizer.Form.NFC).toCharArray();
        if (folded.length < FOLDED_MAX * composed.length) {
            folded = new char[FOLDED_MAX * composed.length];
        }
        int all = ASCIIFoldingFilter.foldToASCII(composed, 0, folded, 0, composed.length);
        int kept = 0;
        for (int i = 0; i < all; i++) {
            if (!isInvisible(folded[i])) {
                folded[kept++] = Character.toLowerCase(folded[i]);
            }
        }
        return kept;
    }

    /** Accents without a letter; soft hyphens, joiners and writing directions. */
    private static boolean isInvisible(char c) {
        return (c >= COMBINING_FIRST && c <= COMBINING_LAST) || Character.getType(c) == Character.FORMAT;
    }
}
