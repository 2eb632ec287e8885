package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds French social security numbers (NIR): 13 characters and a key of two, by the rules of the register (décret
 * 82-103): sex, year, month, département with Corsica's 2A and 2B, and the key 97 - n mod 97. One in two hundred random
 * numbers of 15 digits passes, so references are told by the words before them. Without its key a number only counts
 * behind words such as « sécurité sociale ».
 */
final class SocialSecurityNumbers {
    private static final int LENGTH = 15;
    private static final int KEYLESS = 13;
    private static final int DEPARTMENT_LETTER = 6;
    private static final int MODULUS = 97;
    private static final int CUE_WORDS = 7;

    private SocialSecurityNumbers() {}

    static @Nullable Span next(String text, int from) {
        for (int at = from; at + KEYLESS <= text.length(); at++) {
            if (isSex(text.charAt(at)) && DigitRun.mayStart(text, at)) {
                int end = end(text, at);
                if (end > at) {
                    return new Span(at, end);
                }
            }
        }
        return null;
    }

    private static boolean isSex(char c) {
        return c == '1' || c == '2' || c == '7' || c == '8';
    }

    private static int end(String text, int start) {
        var number = new char[LENGTH];
        int count = 0;
        int at = start;
        int keylessEnd = start;
        while (count < LENGTH) {
            int next = count == 0 ? at : overGap(text, at);
            if (next >= text.length() || !isPart(text.charAt(next), count)) {
                break;
            }
            number[count++] = Character.toUpperCase(text.charAt(next));
            at = next + 1;
            keylessEnd = count == KEYLESS ? at : keylessEnd;
        }
        if (count == LENGTH && isWhole(text, at) && isWellFormed(number) && checks(number)) {
            boolean reference = at - start == LENGTH && NumberContext.announcesReference(text, start);
            return reference ? start : at;
        }
        int end = count == LENGTH && isWhole(text, at) ? at : keylessEnd;
        return count >= KEYLESS && isWhole(text, end) && isWellFormed(number) && isAnnounced(text, start) ? end : start;
    }

    private static boolean isAnnounced(String text, int start) {
        return Before.says(text, start, Sense.SOCIAL.bit(), CUE_WORDS);
    }

    private static boolean isWhole(String text, int end) {
        return !Letters.isLetterOrDigitAt(text, end);
    }

    private static boolean isPart(char c, int index) {
        boolean corsica = index == DEPARTMENT_LETTER && (c == 'A' || c == 'B' || c == 'a' || c == 'b');
        return (c >= '0' && c <= '9') || corsica;
    }

    private static int overGap(String text, int at) {
        int next = Letters.overBlanks(text, at);
        boolean marked = next < text.length() && (text.charAt(next) == '.' || text.charAt(next) == '-');
        return marked ? Letters.overBlanks(text, next + 1) : next;
    }

    /** Months above 12 stand for months that are not known. */
    private static boolean isWellFormed(char[] number) {
        int month = (number[3] - '0') * 10 + number[4] - '0';
        boolean known = month >= 1 && month <= 12;
        boolean unknown = (month >= 20 && month <= 42) || month >= 50;
        boolean department = number[5] != '0' || number[DEPARTMENT_LETTER] != '0';
        boolean corsica = number[DEPARTMENT_LETTER] < 'A' || number[5] == '2';
        return (known || unknown) && department && corsica;
    }

    private static boolean checks(char[] number) {
        long value = 0;
        for (int i = 0; i < KEYLESS; i++) {
            value = value * 10 + digit(number, i);
        }
        int key = (number[KEYLESS] - '0') * 10 + number[KEYLESS + 1] - '0';
        return key == MODULUS - value % MODULUS;
    }

    /** The key reads Corsica's 2A as 19 and 2B as 18. */
    private static int digit(char[] number, int index) {
        boolean corsica = number[DEPARTMENT_LETTER] >= 'A';
        if (corsica && index == DEPARTMENT_LETTER - 1) {
            return 1;
        }
        if (corsica && index == DEPARTMENT_LETTER) {
            return number[index] == 'A' ? 9 : 8;
        }
        return number[index] - '0';
    }
}
