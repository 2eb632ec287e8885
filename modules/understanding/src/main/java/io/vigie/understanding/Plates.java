package io.vigie.understanding;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds vehicle registrations: French ones since 2009 with their dashes; without dashes, older French ones (1234 AB 75)
 * and British ones (AB12 CDE) only behind a word such as « plaque » or "registration", as models are called alike.
 */
final class Plates {
    private static final int CUE_WORDS = 5;
    private static final int OLD_LETTERS_MAX = 3;

    /** Shorter ones were given, but « 20 BT 10 » is more often something else. */
    private static final int OLD_SIGNS_MIN = 5;

    private static final String NEVER_USED = "IOU";

    private Plates() {}

    static @Nullable Span next(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (isSign(text, at) && !isInside(text, at)) {
                int end = end(text, at);
                if (end > at) {
                    return new Span(at, end);
                }
            }
        }
        return null;
    }

    private static int end(String text, int at) {
        if (digit(text, at)) {
            int old = old(text, at);
            return old > at && isAnnounced(text, at) ? old : at;
        }
        int french = french(text, at);
        if (french > at) {
            boolean telling = text.charAt(at + 2) == '-' && !NumberContext.announcesReference(text, at);
            return telling || isAnnounced(text, at) ? french : at;
        }
        int british = british(text, at);
        return british > at && isAnnounced(text, at) ? british : at;
    }

    /** AA-123-AA, or with blanks, or in a row. */
    private static int french(String text, int at) {
        boolean marked =
                at + 2 < text.length() && (text.charAt(at + 2) == '-' || DigitRun.isBlank(text.charAt(at + 2)));
        int gap = marked ? 1 : 0;
        int digits = at + 2 + gap;
        int letters = digits + 3 + gap;
        boolean plate = isLetters(text, at, 2)
                && isDigits(text, digits, 3)
                && isLetters(text, letters, 2)
                && (gap == 0 || text.charAt(digits - 1) == text.charAt(letters - 1));
        boolean dashed = gap == 1 && text.charAt(digits - 1) == '-';
        boolean written = dashed || (isCapital(text, at) && isCapital(text, letters) && !isWord(text, at));
        return plate && written && isUsed(text, at) && isUsed(text, letters) && isEnd(text, letters + 2)
                ? letters + 2
                : at;
    }

    /** « DE 300 CC ». */
    private static boolean isWord(String text, int at) {
        return switch (text.substring(at, at + 2)) {
            case "DE", "EN", "ET", "LE", "LA", "NE", "SE", "CE", "SA", "MA", "AT", "BY", "MY" -> true;
            default -> false;
        };
    }

    private static boolean isUsed(String text, int at) {
        String letters = text.substring(at, at + 2).toUpperCase(Locale.ROOT);
        return NEVER_USED.indexOf(letters.charAt(0)) < 0 && NEVER_USED.indexOf(letters.charAt(1)) < 0;
    }

    /** 1234 AB 75, with 2A and 2B for Corsica and three digits overseas. */
    private static int old(String text, int at) {
        int digits = at;
        while (digits - at < 4 && digit(text, digits)) {
            digits++;
        }
        int letters = overGap(text, digits);
        int lettersEnd = letters;
        while (lettersEnd - letters <= OLD_LETTERS_MAX && isCapital(text, lettersEnd)) {
            lettersEnd++;
        }
        int department = overGap(text, lettersEnd);
        int end = departmentEnd(text, department);
        int signs = lettersEnd - letters + digits - at;
        boolean plate = lettersEnd - letters >= 2
                && lettersEnd - letters <= OLD_LETTERS_MAX
                && signs >= OLD_SIGNS_MIN
                && end > department;
        return plate && isEnd(text, end) ? end : at;
    }

    private static int departmentEnd(String text, int at) {
        if (text.startsWith("2A", at) || text.startsWith("2B", at)) {
            return at + 2;
        }
        if (text.startsWith("97", at) && digit(text, at + 2)) {
            return at + 3;
        }
        return isDigits(text, at, 2) ? at + 2 : at;
    }

    /** AB12 CDE. */
    private static int british(String text, int at) {
        int letters = overGap(text, at + 4);
        boolean plate = isLetters(text, at, 2) && isDigits(text, at + 2, 2) && isLetters(text, letters, 3);
        return plate && isEnd(text, letters + 3) ? letters + 3 : at;
    }

    private static boolean isAnnounced(String text, int at) {
        return Before.says(text, at, Sense.VEHICLE.bit(), CUE_WORDS);
    }

    private static int overGap(String text, int at) {
        boolean gap = at < text.length() && (text.charAt(at) == '-' || DigitRun.isBlank(text.charAt(at)));
        return gap ? at + 1 : at;
    }

    private static boolean isInside(String text, int at) {
        return Letters.isLetterOrDigitAt(text, at - 1)
                || (at > 1 && "-_.".indexOf(text.charAt(at - 1)) >= 0 && Letters.isLetterOrDigitAt(text, at - 2));
    }

    private static boolean isEnd(String text, int at) {
        return !Letters.isLetterOrDigitAt(text, at)
                && !(Letters.isAt(text, at, '-') && Letters.isLetterOrDigitAt(text, at + 1));
    }

    private static boolean isLetters(String text, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (i >= text.length() || !isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigits(String text, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (!digit(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSign(String text, int at) {
        return digit(text, at) || isLetter(text.charAt(at));
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isCapital(String text, int at) {
        return at < text.length() && text.charAt(at) >= 'A' && text.charAt(at) <= 'Z';
    }

    private static boolean digit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
