package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds numbers of customers, accounts and contracts: behind their words (« numéro client », « mon numéro de contrat,
 * c'est », "account number"), and by themselves in the form CL-125124. Numbers of cases, orders and invoices stay: they
 * are nobody's without the system that gave them.
 */
final class CustomerNumbers {
    /** A number with fewer digits could be a model, a count or a room. */
    static final int DIGITS_MIN = 4;

    private static final int BARE_DIGITS_MIN = 5;
    private static final int DIGITS_MAX = 20;
    private static final int CHARS_MAX = 30;
    private static final int LINKS_MAX = 6;
    private static final int PREFIX_MAX = 4;
    private static final String BARE = "CL-";

    private CustomerNumbers() {}

    static @Nullable Span next(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = Letters.end(text, at);
            if (end == at) {
                at++;
                continue;
            }
            Span found = bare(text, at, end);
            if (found == null && Sense.CUSTOMER.in(Vocabulary.senses(text, at, end))) {
                found = announced(text, at, end);
            }
            if (found != null) {
                return found;
            }
            at = end;
        }
        return null;
    }

    private static @Nullable Span bare(String text, int at, int end) {
        boolean prefixed = text.startsWith(BARE, at) && !Letters.isLetterOrDigitAt(text, at - 1);
        return prefixed && end - at == 2 ? number(text, at, BARE_DIGITS_MIN) : null;
    }

    private static @Nullable Span announced(String text, int at, int end) {
        boolean numbered = isNumberedBefore(text, at);
        int next = end;
        for (int links = 0; links <= LINKS_MAX; links++) {
            int word = overMarks(text, next);
            if (numbered) {
                Span number = number(text, word, DIGITS_MIN);
                if (number != null) {
                    return number;
                }
            }
            int wordEnd = Letters.end(text, word);
            long senses = Vocabulary.senses(text, word, wordEnd);
            if (wordEnd == word || (!Sense.NUMBER_LINK.in(senses) && !Sense.NUMBER_WORD.in(senses))) {
                return null;
            }
            numbered |= Sense.NUMBER_WORD.in(senses);
            next = wordEnd;
        }
        return null;
    }

    /** « numéro client », « numéro de client », « n° d'abonné », « numéro de mon contrat ». */
    private static boolean isNumberedBefore(String text, int at) {
        int before = at;
        for (int words = 0; words < 3; words++) {
            int end = before;
            while (end > 0 && before - end < 3 && isMark(text.charAt(end - 1))) {
                end--;
            }
            int start = Letters.start(text, end);
            long senses = Vocabulary.senses(text, start, end);
            if (Sense.NUMBER_WORD.in(senses)) {
                return true;
            }
            if (!Sense.NUMBER_LINK.in(senses)) {
                return false;
            }
            before = start;
        }
        return false;
    }

    private static int overMarks(String text, int at) {
        int next = at;
        while (next < text.length()
                && next - at < 4
                && (isMark(text.charAt(next)) || ",:=#(".indexOf(text.charAt(next)) >= 0)) {
            next++;
        }
        return next;
    }

    private static boolean isMark(char c) {
        return DigitRun.isBlank(c) || c == '.' || c == '°' || Folding.isApostrophe(c);
    }

    /** A few letters, then digits in groups; no date, no price, no speed. */
    private static @Nullable Span number(String text, int start, int digitsMin) {
        int at = start;
        while (at < text.length() && at - start < PREFIX_MAX && Vocabulary.folded(text.charAt(at)) != 0) {
            at++;
        }
        if (at > start && Letters.isAt(text, at, '-')) {
            at++;
        }
        int digits = 0;
        int end = at;
        while (at < text.length() && at - start < CHARS_MAX && digits < DIGITS_MAX) {
            if (DigitRun.value(text.charAt(at)) >= 0) {
                digits++;
                at++;
                end = at;
            } else if (digits > 0 && isSeparator(text.charAt(at)) && isDigit(text, at + 1)) {
                at++;
            } else {
                break;
            }
        }
        return digits >= digitsMin && !goesOn(text, end) ? new Span(start, end) : null;
    }

    private static boolean isSeparator(char c) {
        return DigitRun.isBlank(c) || c == '-' || c == '.';
    }

    private static boolean goesOn(String text, int end) {
        if (Letters.isLetterOrDigitAt(text, end)) {
            return true;
        }
        boolean joined = end < text.length() && "/,:-".indexOf(text.charAt(end)) >= 0;
        int unit = Letters.overBlanks(text, end);
        return (joined && isDigit(text, end + 1))
                || (unit < text.length() && "€%$£".indexOf(text.charAt(unit)) >= 0)
                || Sense.UNIT.in(Vocabulary.senses(text, unit, Letters.end(text, unit)));
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && DigitRun.value(text.charAt(at)) >= 0;
    }
}
