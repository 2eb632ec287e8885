package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds IPv4 addresses that can lead to a person: private, local and shared ranges, masks and the well-known public
 * resolvers stay, as do versions and numbers of chapters.
 */
final class Ipv4Addresses {
    private static final int OCTETS = 4;
    private static final int OCTET_MAX = 255;
    private static final int CUE_WORDS = 3;

    private Ipv4Addresses() {}

    static @Nullable Span next(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (!isDigit(text, at)) {
                continue;
            }
            int end = isInside(text, at) ? at : end(text, at);
            if (end > at && !isNobodys(text, at) && !isVersion(text, at)) {
                return new Span(at, end);
            }
            at = Math.max(end, Cards.digitsEnd(text, at)) - 1;
        }
        return null;
    }

    /** The end of the four octets that start here, or {@code start}. */
    static int end(String text, int start) {
        int at = start;
        for (int octet = 1; octet <= OCTETS; octet++) {
            int end = octetEnd(text, at);
            if (end == at) {
                return start;
            }
            at = end;
            if (octet < OCTETS && !Letters.isAt(text, at++, '.')) {
                return start;
            }
        }
        boolean longer = Letters.isLetterOrDigitAt(text, at)
                || (Letters.isAt(text, at, '.') && isDigit(text, at + 1))
                || Letters.isAt(text, at, '_');
        return longer ? start : at;
    }

    private static int octetEnd(String text, int at) {
        int value = 0;
        int end = at;
        while (end - at < 3 && isDigit(text, end)) {
            value = value * 10 + text.charAt(end++) - '0';
        }
        boolean padded = end - at > 1 && text.charAt(at) == '0';
        return padded || value > OCTET_MAX ? at : end;
    }

    private static boolean isInside(String text, int at) {
        if (at == 0) {
            return false;
        }
        char before = text.charAt(at - 1);
        return Character.isLetterOrDigit(before) || before == '_' || before == '-' || (before == '.' && at > 1);
    }

    private static boolean isNobodys(String text, int at) {
        int first = octet(text, at);
        int second = octet(text, text.indexOf('.', at) + 1);
        return switch (first) {
            case 0, 10, 127, 255 -> true;
            case 172 -> second >= 16 && second <= 31;
            case 192 -> second == 168;
            case 169 -> second == 254;
            case 100 -> second >= 64 && second <= 127;
            default -> first >= 224 || isResolver(text, at);
        };
    }

    private static boolean isResolver(String text, int at) {
        return text.startsWith("8.8.8.8", at)
                || text.startsWith("8.8.4.4", at)
                || text.startsWith("1.1.1.1", at)
                || text.startsWith("1.0.0.1", at)
                || text.startsWith("9.9.9.9", at);
    }

    private static boolean isVersion(String text, int at) {
        return Before.says(text, at, Sense.VERSION.bit(), CUE_WORDS);
    }

    private static int octet(String text, int at) {
        int value = 0;
        for (int i = at; isDigit(text, i); i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
