package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/** Finds payment card numbers: 13 to 19 digits, the ranges of the issuers, and the Luhn check (ISO/IEC 7812-1). */
final class Cards {
    private static final int DIGITS_MIN = 13;
    private static final int DIGITS_MAX = 19;

    private Cards() {}

    static @Nullable Span next(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (DigitRun.value(text.charAt(at)) < 0) {
                continue;
            }
            if (DigitRun.mayStart(text, at)) {
                int end = end(text, at);
                if (end > at) {
                    return new Span(at, end);
                }
            }
            at = digitsEnd(text, at) - 1;
        }
        return null;
    }

    /** Behind the digits that follow without a gap. */
    static int digitsEnd(String text, int at) {
        int end = at;
        while (end < text.length() && DigitRun.value(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private static int end(String text, int at) {
        DigitRun run = DigitRun.at(text, at);
        for (int n = Math.min(run.count(), DIGITS_MAX); n >= DIGITS_MIN; n--) {
            if (run.endsAt(n) && run.evenlyMarked(0, n) && isIssued(run, n) && passesLuhn(run, n)) {
                boolean reference = !run.grouped(n) && NumberContext.announcesReference(text, at);
                return reference ? at : run.end(n);
            }
        }
        return at;
    }

    private static boolean isIssued(DigitRun run, int n) {
        int two = run.digit(0) * 10 + run.digit(1);
        int four = two * 100 + run.digit(2) * 10 + run.digit(3);
        return switch (run.digit(0)) {
            case 2 -> n == 16 && four >= 2221 && four <= 2720;
            case 3 -> (n == 15 && (two == 34 || two == 37)) || isDinersOrJcb(n, two, four);
            case 4 -> n == 13 || n == 16 || n == 19;
            case 5 -> two != 59 && (isMaestro(two) || n == 16);
            case 6 -> n >= 16;
            default -> false;
        };
    }

    private static boolean isMaestro(int two) {
        return two == 50 || two > 55;
    }

    private static boolean isDinersOrJcb(int n, int two, int four) {
        boolean diners = two == 36 || two == 38 || two == 39 || (four >= 3000 && four <= 3059);
        boolean jcb = four >= 3528 && four <= 3589;
        return (diners && n == 14) || (jcb && n >= 16);
    }

    private static boolean passesLuhn(DigitRun run, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            int digit = run.digit(n - 1 - i);
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
