package io.vigie.understanding;

import java.text.Normalizer;
import java.util.Map;

/** Lower case without accents, ligatures or typographic apostrophes: « Œuvre » and « oeuvre » become the same letters. */
final class Folding {
    /** The most chars that one code point folds to. */
    static final int EXPANSION_MAX = 4;

    private static final int LATIN_END = 0x250;
    private static final int LIGATURES_START = 0xFB00;
    private static final int LIGATURES_END = 0xFB07;
    private static final int ADDITIONAL_START = 0x1E00;
    private static final int ADDITIONAL_END = 0x1F00;
    private static final Map<Integer, String> UNDECOMPOSABLE = Map.ofEntries(
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ħ', "h"),
            Map.entry((int) 'ı', "i"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'ŋ', "n"),
            Map.entry((int) 'ŧ', "t"));
    private static final char[][] LATIN = table(0, LATIN_END);
    private static final char[][] ADDITIONAL = table(ADDITIONAL_START, ADDITIONAL_END);
    private static final char[][] LIGATURES = table(LIGATURES_START, LIGATURES_END);

    private Folding() {}

    /** Writes the folded form of one code point into a buffer with room for it, and returns where the next one goes. */
    static int fold(int codePoint, char[] into, int at) {
        int lower = Character.toLowerCase(codePoint);
        if (lower < 0x80) {
            into[at] = (char) lower;
            return at + 1;
        }
        if (isApostrophe(lower)) {
            into[at] = '\'';
            return at + 1;
        }
        char[] folded = folded(lower);
        if (folded.length > 0) {
            System.arraycopy(folded, 0, into, at, folded.length);
            return at + folded.length;
        }
        return isIgnored(lower) ? at : at + Character.toChars(lower, into, at);
    }

    static String fold(CharSequence text) {
        var buffer = new char[text.length() * EXPANSION_MAX];
        int at = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = Character.codePointAt(text, i);
            at = fold(codePoint, buffer, at);
            i += Character.charCount(codePoint);
        }
        return new String(buffer, 0, at);
    }

    static boolean isApostrophe(int codePoint) {
        return codePoint == '\'' || codePoint == 0x2019 || codePoint == 0x2018 || codePoint == 0x02BC;
    }

    /** Combining accents (so that decomposed text equals composed text), soft hyphens, joiners, variation selectors. */
    private static boolean isIgnored(int codePoint) {
        return (codePoint >= 0x300 && codePoint < 0x370)
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || Character.getType(codePoint) == Character.FORMAT;
    }

    private static char[] folded(int lower) {
        if (lower < LATIN_END) {
            return LATIN[lower];
        }
        if (lower >= ADDITIONAL_START && lower < ADDITIONAL_END) {
            return ADDITIONAL[lower - ADDITIONAL_START];
        }
        if (lower >= LIGATURES_START && lower < LIGATURES_END) {
            return LIGATURES[lower - LIGATURES_START];
        }
        return lower > 0xFF00 && lower < 0xFF5F ? new char[] {(char) (lower - 0xFEE0)} : LATIN[0];
    }

    /** Empty where a code point stays as it is. */
    private static char[][] table(int from, int to) {
        var table = new char[to - from][];
        for (int codePoint = from; codePoint < to; codePoint++) {
            table[codePoint - from] =
                    Character.isLetter(codePoint) ? ascii(codePoint).toCharArray() : new char[0];
        }
        return table;
    }

    private static String ascii(int codePoint) {
        String special = UNDECOMPOSABLE.get(codePoint);
        if (special != null) {
            return special;
        }
        var ascii = new StringBuilder();
        for (char c : Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD)
                .toCharArray()) {
            if (c < 0x80) {
                ascii.append(Character.toLowerCase(c));
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                return "";
            }
        }
        return ascii.toString();
    }
}
