package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/** Finds names that are spelled letter by letter, as is done on the phone: « Kervazo, K E R V A Z O ». */
final class SpelledName {
    /** Fewer letters are an abbreviation. */
    static final int LETTERS_MIN = 4;

    private static final int GAP_MAX = 3;
    private static final String NAME = Placeholder.NAME.written();

    private SpelledName() {}

    /**
     * The name that starts with this word when its letters follow, or the letters that start here when their word, or a
     * name that was masked, stands before them.
     *
     * @param from what lies before this offset was found already
     */
    static @Nullable Span at(String text, int at, int end, int from) {
        if (end - at == 1) {
            return spelled(text, at, from);
        }
        int letters = overGap(text, end);
        return isName(text, at, end) && lettersEnd(text, letters, at, end) > letters ? new Span(at, end) : null;
    }

    private static @Nullable Span spelled(String text, int at, int from) {
        int wordEnd = beforeGap(text, at);
        if (wordEnd == at) {
            return null;
        }
        int word = Letters.start(text, wordEnd);
        int end = isName(text, word, wordEnd) ? lettersEnd(text, at, word, wordEnd) : at;
        boolean masked = wordEnd >= NAME.length() && text.startsWith(NAME, wordEnd - NAME.length());
        if (end == at && masked) {
            end = lettersEnd(text, at);
        }
        return end > at && at >= from ? new Span(at, end) : null;
    }

    /** A product is spelled too: those that are known, and what is written in capitals only, are no names. */
    private static boolean isName(String text, int word, int end) {
        boolean known = Sense.NO_NAME.in(Vocabulary.senses(text, word, end));
        return end - word >= LETTERS_MIN && !known && !Letters.isShouted(text, word, end);
    }

    /** Behind the letters of a word, each by itself; {@code at} when others follow. */
    private static int lettersEnd(String text, int at, int word, int wordEnd) {
        int next = at;
        int end = at;
        for (int i = word; i < wordEnd; i++) {
            boolean same =
                    isSingle(text, next) && Vocabulary.folded(text.charAt(next)) == Vocabulary.folded(text.charAt(i));
            if (!same) {
                return at;
            }
            end = next + 1;
            next = overGap(text, end);
        }
        return end;
    }

    private static int lettersEnd(String text, int at) {
        int next = at;
        int end = at;
        int letters = 0;
        while (letters < Letters.WORD_MAX && isSingle(text, next)) {
            letters++;
            end = next + 1;
            next = overGap(text, end);
        }
        boolean known = Sense.NO_NAME.in(Vocabulary.senses(text, at, end));
        return letters < LETTERS_MIN || known ? at : end;
    }

    private static boolean isSingle(String text, int at) {
        return Letters.end(text, at) == at + 1
                && (at == 0 || !Letters.isLetterOrDigitAt(text, at - 1))
                && !Letters.isLetterOrDigitAt(text, at + 1)
                && !Letters.isApostrophe(text, at + 1);
    }

    private static int overGap(String text, int at) {
        int next = at;
        while (next < text.length() && next - at < GAP_MAX && isGap(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private static int beforeGap(String text, int at) {
        int before = at;
        while (before > 0 && at - before < GAP_MAX && isGap(text.charAt(before - 1))) {
            before--;
        }
        return before;
    }

    private static boolean isGap(char c) {
        return DigitRun.isBlank(c) || ",-.:".indexOf(c) >= 0;
    }
}
