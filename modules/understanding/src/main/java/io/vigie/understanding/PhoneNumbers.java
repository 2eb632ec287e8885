package io.vigie.understanding;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds phone numbers: French ones in any grouping, with +33, 0033, (+33) or a letter O for the first zero; those of
 * other countries behind a plus sign or 00; British and North American ones as they are written at home. Short numbers
 * (3900), prices, dates, speeds and numbers announced as references stay.
 */
final class PhoneNumbers {
    private static final int NATIONAL = 10;
    private static final int BRITISH = 11;
    private static final int INTERNATIONAL_MIN = 8;
    private static final int INTERNATIONAL_MAX = 15;
    private static final int THOUSANDS_MAX = 12;
    private static final int CODE_MAX = 3;

    /** Country code to the number of digits that follow it. */
    private static final Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry("33", 9),
            Map.entry("32", 9),
            Map.entry("41", 9),
            Map.entry("44", 10),
            Map.entry("34", 9),
            Map.entry("39", 10),
            Map.entry("1", 10),
            Map.entry("351", 9),
            Map.entry("352", 9),
            Map.entry("377", 8),
            Map.entry("262", 9),
            Map.entry("590", 9),
            Map.entry("594", 9),
            Map.entry("596", 9),
            Map.entry("212", 9),
            Map.entry("213", 9),
            Map.entry("216", 8),
            Map.entry("221", 9),
            Map.entry("225", 10),
            Map.entry("237", 9));

    private PhoneNumbers() {}

    static @Nullable Span next(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean digit = DigitRun.value(c) >= 0;
            if (!digit && c != '+' && c != '(' && c != 'O' && c != 'o') {
                continue;
            }
            int end = end(text, at, c, digit);
            if (end > at) {
                return new Span(at, end);
            }
            at = digit ? Cards.digitsEnd(text, at) - 1 : at;
        }
        return null;
    }

    private static int end(String text, int at, char c, boolean digit) {
        if (!DigitRun.mayStart(text, at) && !isGluedToWord(text, at)) {
            return at;
        }
        if (digit) {
            return written(text, DigitRun.at(text, at), at);
        }
        return switch (c) {
            case '+' -> international(text, at, at + 1);
            case '(' -> bracketed(text, at);
            default -> letterForZero(text, at);
        };
    }

    /** « tel0612345678 », « au0612345678 ». */
    private static boolean isGluedToWord(String text, int at) {
        int start = at;
        while (start > 0 && at - start < CODE_MAX + 2 && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return switch (Folding.fold(text.substring(start, at))) {
            case "tel", "au", "num", "phone", "no" -> start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1));
            default -> false;
        };
    }

    private static int bracketed(String text, int open) {
        int at = open + 1;
        if (at >= text.length()) {
            return open;
        }
        if (text.charAt(at) == '+') {
            return international(text, open, at + 1);
        }
        return DigitRun.value(text.charAt(at)) >= 0 ? written(text, DigitRun.at(text, at), open) : open;
    }

    private static int letterForZero(String text, int at) {
        boolean followed = at + 1 < text.length() && DigitRun.value(text.charAt(at + 1)) > 0;
        if (!followed) {
            return at;
        }
        DigitRun run = DigitRun.at(text, at);
        return isNational(run) ? run.end(NATIONAL) : at;
    }

    /** A number without a plus sign; {@code start} is answered when it is none. */
    private static int written(String text, DigitRun run, int start) {
        int n = length(run);
        return n > 0 && !NumberContext.announcesReference(text, start) ? run.end(n) : start;
    }

    private static int length(DigitRun run) {
        if (run.count() < NATIONAL) {
            return 0;
        }
        if (isNational(run)) {
            return NATIONAL;
        }
        if (isBritish(run)) {
            return BRITISH;
        }
        if (isNorthAmerican(run)) {
            return NATIONAL;
        }
        if (isFrenchWithoutPlus(run) || isNorthAmericanWithCode(run)) {
            return BRITISH;
        }
        return run.startsWith("00", 0) && run.digit(2) > 0 ? afterDoubleZero(run) : 0;
    }

    /** Without a known country the zeros may just as well pad a file number, unless the digits stand in groups. */
    private static int afterDoubleZero(DigitRun run) {
        int known = knownLength(run, 2);
        int any = anyLength(run);
        return known > 0 ? known : any > BRITISH && run.grouped(any) ? any : 0;
    }

    private static boolean isNational(DigitRun run) {
        return run.count() >= NATIONAL
                && run.digit(0) == 0
                && run.digit(1) > 0
                && run.endsAt(NATIONAL)
                && (run.evenlyMarked(0, NATIONAL) || isMobileInPairs(run))
                && !run.groups(NATIONAL).startsWith("2-2-4");
    }

    /** « 06-71.82.93.04 » */
    private static boolean isMobileInPairs(DigitRun run) {
        boolean mobile = run.digit(1) == 6 || run.digit(1) == 7;
        return mobile && run.evenlyMarked(2, NATIONAL) && run.groups(NATIONAL).equals("2-2-2-2-2");
    }

    private static boolean isBritish(DigitRun run) {
        boolean begins = run.startsWith("01", 0) || run.startsWith("02", 0) || run.startsWith("07", 0);
        return begins
                && run.endsAt(BRITISH)
                && run.evenlyMarked(0, BRITISH)
                && (run.grouped(BRITISH) || run.digit(1) == 7);
    }

    private static boolean isNorthAmerican(DigitRun run) {
        return run.digit(0) > 1
                && run.digit(3) > 0
                && run.endsAt(NATIONAL)
                && run.groups(NATIONAL).equals("3-3-4");
    }

    private static boolean isNorthAmericanWithCode(DigitRun run) {
        return run.digit(0) == 1
                && run.digit(1) > 1
                && run.endsAt(BRITISH)
                && run.groups(BRITISH).equals("1-3-3-4");
    }

    private static boolean isFrenchWithoutPlus(DigitRun run) {
        if (!run.startsWith("33", 0) || run.digit(2) == 0 || !run.endsAt(BRITISH)) {
            return false;
        }
        return switch (run.groups(BRITISH)) {
            case "11" -> run.digit(2) == 6 || run.digit(2) == 7;
            case "2-1-2-2-2-2", "2-9" -> true;
            default -> false;
        };
    }

    private static int international(String text, int start, int digits) {
        int at = digits;
        while (at < text.length() && at - digits < 2 && (DigitRun.isBlank(text.charAt(at)) || text.charAt(at) == '(')) {
            at++;
        }
        if (at >= text.length() || DigitRun.value(text.charAt(at)) <= 0) {
            return start;
        }
        DigitRun run = DigitRun.at(text, at);
        int n = knownLength(run, 0);
        n = n > 0 ? n : anyLength(run);
        return n > 0 ? run.end(n) : start;
    }

    /** Country code, a zero that should not be there, and as many digits as that country's numbers have. */
    private static int knownLength(DigitRun run, int from) {
        for (int code = 1; code <= CODE_MAX && from + code < run.count(); code++) {
            int length = LENGTHS.getOrDefault(digits(run, from, code), 0);
            int trunk = from + code < run.count() && run.digit(from + code) == 0 ? 1 : 0;
            int n = from + code + trunk + length;
            if (length > 0 && run.endsAt(n)) {
                return n;
            }
        }
        return 0;
    }

    private static int anyLength(DigitRun run) {
        for (int n = Math.min(run.count(), INTERNATIONAL_MAX); n >= INTERNATIONAL_MIN; n--) {
            if (run.endsAt(n)) {
                return isAmount(run, n) ? 0 : n;
            }
        }
        return 0;
    }

    /** « +12 500 000 » counts something. */
    private static boolean isAmount(DigitRun run, int n) {
        return n <= THOUSANDS_MAX && run.grouped(n) && run.groups(n).matches("[1-3](-3){2,3}");
    }

    private static String digits(DigitRun run, int from, int count) {
        var digits = new StringBuilder(count);
        for (int i = from; i < from + count; i++) {
            digits.append(run.digit(i));
        }
        return digits.toString();
    }
}
