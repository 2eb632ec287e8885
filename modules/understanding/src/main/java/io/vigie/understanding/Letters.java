package io.vigie.understanding;

/**
 * Where words lie in a text, for those who look for personal data: runs of letters and of the accents that combine with
 * them. Every look is bounded, so that a caller may look around each offset of a text.
 */
final class Letters {
    /** A longer run is cut; no word that is looked for is as long. */
    static final int WORD_MAX = 40;

    private static final int BLANKS_MAX = 3;

    private Letters() {}

    static boolean isLetter(char c) {
        return Vocabulary.folded(c) != 0 || (c >= 0x300 && c < 0x370);
    }

    /** Behind the word that starts here, or {@code at}. */
    static int end(String text, int at) {
        int limit = Math.min(text.length(), at + WORD_MAX);
        int end = at;
        while (end < limit && isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Where the word that ends here starts, or {@code end}. */
    static int start(String text, int end) {
        int limit = Math.max(0, end - WORD_MAX);
        int start = end;
        while (start > limit && isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Behind a few blanks. */
    static int overBlanks(String text, int at) {
        int next = at;
        while (next < text.length() && next - at < BLANKS_MAX && DigitRun.isBlank(text.charAt(next))) {
            next++;
        }
        return next;
    }

    /** Before a few blanks. */
    static int beforeBlanks(String text, int end) {
        int before = end;
        while (before > 0 && end - before < BLANKS_MAX && DigitRun.isBlank(text.charAt(before - 1))) {
            before--;
        }
        return before;
    }

    static boolean isCapital(String text, int at) {
        return at < text.length() && Character.isUpperCase(text.charAt(at));
    }

    /** Whether a word is written in capitals only. */
    static boolean isShouted(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isLowerCase(text.charAt(i))) {
                return false;
            }
        }
        return to - from > 1;
    }

    static boolean isApostrophe(String text, int at) {
        return at >= 0 && at < text.length() && Folding.isApostrophe(text.charAt(at));
    }

    static boolean isAt(String text, int at, char c) {
        return at >= 0 && at < text.length() && text.charAt(at) == c;
    }

    static boolean isLetterOrDigitAt(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    /** The senses of the word that ends before a few blanks. */
    static long sensesBefore(String text, int at) {
        int end = beforeBlanks(text, at);
        return Vocabulary.senses(text, start(text, end), end);
    }
}
