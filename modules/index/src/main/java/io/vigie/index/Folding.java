package io.vigie.index;

import java.text.Normalizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/** Small letters without accents and ligatures, from a text in any normal form. */
final class Folding {
    /** ASCII folding gives at most this many characters for one. */
    private static final int FOLDED_MAX = 4;

    private static final char COMBINING_FIRST = '\u0300';
    private static final char COMBINING_LAST = '\u036f';

    private char[] folded = new char[0];

    /** The folded characters of the last call. */
    char[] chars() {
        return folded;
    }

    /** The number of characters a range has folded; of an acronym the full stops are left out. */
    int fold(char[] raw, int start, int stop, boolean acronym) {
        if (folded.length < FOLDED_MAX * (stop - start)) {
            folded = new char[FOLDED_MAX * (stop - start)];
        }
        int length = 0;
        boolean ascii = true;
        for (int i = start; i < stop; i++) {
            char c = raw[i];
            if (!(acronym && c == '.')) {
                // Between digits, the only place where the tokenizer leaves it: 3,5 is 3.5.
                folded[length++] = c == ',' ? '.' : Character.toLowerCase(c);
                ascii &= c < 0x80;
            }
        }
        return ascii ? length : foldBeyondAscii(length);
    }

    String folded(char[] raw, int start, int stop) {
        int length = fold(raw, start, stop, false);
        return new String(folded, 0, length);
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
