package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds e-mail addresses, also with blanks around the at sign; a blank on one side only must not make an address of
 * « Bonjour @vigie.fr », so the name must then look like a mailbox.
 */
final class Emails {
    private static final int NAME_MAX = 64;
    private static final int DOMAIN_MAX = 255;
    private static final int BLANKS_MAX = 2;
    private static final int ENDING_MIN = 2;
    private static final int SPACED_ENDING_MAX = 3;

    private Emails() {}

    static @Nullable Span next(String text, int from) {
        for (int sign = text.indexOf('@', from); sign >= 0; sign = text.indexOf('@', sign + 1)) {
            Span found = around(text, from, sign);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Span around(String text, int from, int sign) {
        int nameEnd = sign;
        while (nameEnd > from && sign - nameEnd < BLANKS_MAX && isBlank(text.charAt(nameEnd - 1))) {
            nameEnd--;
        }
        int domainStart = sign + 1;
        while (domainStart < text.length() && domainStart - sign <= BLANKS_MAX && isBlank(text.charAt(domainStart))) {
            domainStart++;
        }
        int nameStart = nameStart(text, from, nameEnd);
        int domainEnd = domainEnd(text, domainStart);
        boolean blankBefore = nameEnd < sign;
        boolean blankBehind = domainStart > sign + 1;
        if (nameStart == nameEnd
                || domainEnd == domainStart
                || (blankBefore != blankBehind && !looksLikeMailbox(text, nameStart, nameEnd))
                || (blankBehind && !endsShort(text, domainStart, domainEnd))) {
            return null;
        }
        return new Span(nameStart, domainEnd);
    }

    private static int nameStart(String text, int from, int end) {
        int start = end;
        while (start > from && end - start < NAME_MAX && isNameChar(text.charAt(start - 1))) {
            start--;
        }
        while (start < end && ".-+%".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start;
    }

    /** The end of the longest run of labels whose last is made of letters; {@code start} when there is none. */
    private static int domainEnd(String text, int start) {
        int limit = Math.min(text.length(), start + DOMAIN_MAX);
        int end = start;
        int label = start;
        boolean letters = true;
        for (int at = start; at <= limit; at++) {
            char c = at < limit ? text.charAt(at) : '\0';
            boolean inside = Character.isLetterOrDigit(c) || c == '-';
            if (inside) {
                letters &= Character.isLetter(c);
                continue;
            }
            if (label > start && letters && at - label >= ENDING_MIN) {
                end = at;
            }
            if (c != '.' || at == label) {
                break;
            }
            label = at + 1;
            letters = true;
        }
        return end;
    }

    /** « Sunday @ MCO.Keep it up » is no address. */
    private static boolean endsShort(String text, int start, int end) {
        int dot = text.lastIndexOf('.', end - 1);
        return dot > start && end - dot - 1 <= SPACED_ENDING_MAX;
    }

    private static boolean looksLikeMailbox(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '_' || Character.isDigit(c)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNameChar(char c) {
        return Character.isLetterOrDigit(c) || "._%+-".indexOf(c) >= 0;
    }

    private static boolean isBlank(char c) {
        return DigitRun.isBlank(c);
    }
}
