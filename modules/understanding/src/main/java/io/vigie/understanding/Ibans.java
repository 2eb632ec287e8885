package io.vigie.understanding;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds IBANs, also with blanks and in lower case: known country, its length, and the check digits (ISO 13616). */
final class Ibans {
    private static final Map<String, Integer> LENGTHS = Map.ofEntries(
            Map.entry("AD", 24),
            Map.entry("AT", 20),
            Map.entry("BE", 16),
            Map.entry("BG", 22),
            Map.entry("CH", 21),
            Map.entry("CY", 28),
            Map.entry("CZ", 24),
            Map.entry("DE", 22),
            Map.entry("DK", 18),
            Map.entry("EE", 20),
            Map.entry("ES", 24),
            Map.entry("FI", 18),
            Map.entry("FR", 27),
            Map.entry("GB", 22),
            Map.entry("GI", 23),
            Map.entry("GR", 27),
            Map.entry("HR", 21),
            Map.entry("HU", 28),
            Map.entry("IE", 22),
            Map.entry("IS", 26),
            Map.entry("IT", 27),
            Map.entry("LI", 21),
            Map.entry("LT", 20),
            Map.entry("LU", 20),
            Map.entry("LV", 21),
            Map.entry("MA", 28),
            Map.entry("MC", 27),
            Map.entry("MT", 31),
            Map.entry("NL", 18),
            Map.entry("NO", 15),
            Map.entry("PL", 28),
            Map.entry("PT", 25),
            Map.entry("RO", 24),
            Map.entry("SE", 24),
            Map.entry("SI", 19),
            Map.entry("SK", 24),
            Map.entry("SM", 27),
            Map.entry("TN", 24),
            Map.entry("TR", 26),
            Map.entry("VA", 22));
    /** Where account numbers have no letters, so that « no 9873 ssn no 8820 » is none. */
    private static final Set<String> DIGITS_ONLY = Set.of(
            "AT", "BE", "CZ", "DE", "DK", "EE", "ES", "FI", "HR", "HU", "IS", "LT", "NO", "PL", "PT", "SE", "SI", "SK");

    private static final int CHECK_DIGITS_END = 4;
    private static final int MODULUS = 97;
    private static final int LETTERS_PER_DIGIT_MAX = 3;

    private Ibans() {}

    static @Nullable Span next(String text, int from) {
        for (int at = from; at + CHECK_DIGITS_END < text.length(); at++) {
            if (mayStart(text, at)) {
                int end = end(text, at);
                if (end > at) {
                    return new Span(at, end);
                }
            }
        }
        return null;
    }

    private static boolean mayStart(String text, int at) {
        boolean inside = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        return !inside
                && isLetter(text.charAt(at))
                && isLetter(text.charAt(at + 1))
                && isDigit(text.charAt(overGap(text, at + 2)));
    }

    private static int end(String text, int at) {
        String country = text.substring(at, at + 2).toUpperCase(Locale.ROOT);
        int length = LENGTHS.getOrDefault(country, 0);
        var compact = new StringBuilder(length);
        int i = at;
        while (compact.length() < length && i < text.length()) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c)) {
                break;
            }
            compact.append(Character.toUpperCase(c));
            i++;
            i = compact.length() < length ? overGap(text, i) : i;
        }
        boolean stuck = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
        return length > 0 && compact.length() == length && !stuck && isMostlyDigits(compact) && checks(compact)
                ? i
                : at;
    }

    private static int overGap(String text, int at) {
        boolean gap = at + 1 < text.length() && (DigitRun.isBlank(text.charAt(at)) || text.charAt(at) == '-');
        return gap ? at + 1 : at;
    }

    /** One in 97 runs of words such as « de 10 ans pour... » would pass the check. */
    private static boolean isMostlyDigits(CharSequence iban) {
        long digits = iban.chars().filter(Character::isDigit).count();
        boolean plain = DIGITS_ONLY.contains(iban.subSequence(0, 2).toString());
        return plain ? digits == iban.length() - 2 : digits * LETTERS_PER_DIGIT_MAX >= iban.length();
    }

    private static boolean checks(CharSequence iban) {
        int rest = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + CHECK_DIGITS_END) % iban.length()), 36);
            rest = (value < 10 ? rest * 10 + value : rest * 100 + value) % MODULUS;
        }
        return rest == 1;
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
