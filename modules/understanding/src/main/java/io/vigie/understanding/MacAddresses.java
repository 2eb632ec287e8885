package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds hardware addresses: six pairs with colons or dashes, three fours with dots, and twelve hexadecimal digits in a
 * row behind the word "MAC". Without a letter, dashes and dots may as well group an order number.
 */
final class MacAddresses {
    private static final int DIGITS = 12;
    private static final int CUE_WORDS = 3;

    private MacAddresses() {}

    static @Nullable Span next(String text, int from) {
        for (int at = from; at + DIGITS <= text.length(); at++) {
            if (hex(text, at) && !isInside(text, at)) {
                int end = end(text, at);
                if (end > at) {
                    return new Span(at, end);
                }
            }
        }
        return null;
    }

    private static int end(String text, int at) {
        int end = at;
        if (isMark(text, at + 2, ":-")) {
            end = grouped(text, at, 2);
        } else if (isMark(text, at + 4, ".")) {
            end = grouped(text, at, 4);
        } else if (Before.says(text, at, Sense.MACHINE.bit(), CUE_WORDS)) {
            end = grouped(text, at, DIGITS);
        }
        boolean stuck = Letters.isLetterOrDigitAt(text, end)
                || (isMark(text, end, ":-") && Letters.isLetterOrDigitAt(text, end + 1));
        return !stuck && isTelling(text, at, end) ? end : at;
    }

    private static int grouped(String text, int start, int size) {
        int at = start;
        for (int digit = 0; digit < DIGITS; digit++) {
            if (digit > 0 && digit % size == 0) {
                if (!Letters.isAt(text, at, text.charAt(start + size))) {
                    return start;
                }
                at++;
            }
            if (!hex(text, at)) {
                return start;
            }
            at++;
        }
        return at;
    }

    private static boolean isTelling(String text, int at, int end) {
        boolean letter = Letters.isAt(text, at + 2, ':');
        for (int i = at; i < end; i++) {
            letter |= Character.isLetter(text.charAt(i));
        }
        return letter || Before.says(text, at, Sense.MACHINE.bit(), CUE_WORDS);
    }

    private static boolean isInside(String text, int at) {
        return Letters.isLetterOrDigitAt(text, at - 1)
                || (at > 1 && isMark(text, at - 1, ":-.") && Letters.isLetterOrDigitAt(text, at - 2));
    }

    private static boolean isMark(String text, int at, String marks) {
        return at >= 0 && at < text.length() && marks.indexOf(text.charAt(at)) >= 0;
    }

    private static boolean hex(String text, int at) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
