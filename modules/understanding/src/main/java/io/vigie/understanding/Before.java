package io.vigie.understanding;

/** What the few words before an offset say; a look back ends at the end of a sentence. */
final class Before {
    private static final int CHARS_MAX = 80;
    private static final int ABBREVIATION_MAX = 5;

    private Before() {}

    /** Whether one of the words before an offset has one of these senses. */
    static boolean says(String text, int offset, long senses, int wordsMax) {
        return start(text, offset, senses, wordsMax) >= 0;
    }

    /** Where the nearest such word starts, or -1. */
    static int start(String text, int offset, long senses, int wordsMax) {
        int at = offset;
        for (int words = 0; words < wordsMax; words++) {
            int end = wordEnd(text, at, offset);
            int start = Letters.start(text, end);
            if (start == end) {
                return -1;
            }
            if ((Vocabulary.senses(text, start, end) & senses) != 0) {
                return start;
            }
            at = start;
        }
        return -1;
    }

    private static int wordEnd(String text, int from, int offset) {
        int at = from;
        while (at > 0 && offset - at < CHARS_MAX && !Letters.isLetter(text.charAt(at - 1))) {
            if (endsSentence(text, at - 1)) {
                return 0;
            }
            at--;
        }
        return offset - at < CHARS_MAX ? at : 0;
    }

    private static boolean endsSentence(String text, int at) {
        return switch (text.charAt(at)) {
            case '!', '?', '…', '[', ']' -> true;
            case '.' -> at - Letters.start(text, at) > ABBREVIATION_MAX && !Letters.isLetterOrDigitAt(text, at + 1);
            default -> false;
        };
    }
}
