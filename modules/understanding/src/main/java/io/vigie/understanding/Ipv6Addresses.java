package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds IPv6 addresses and prefixes (RFC 4291, section 2.2): eight groups, or fewer with one double colon. Local,
 * link-local and multicast ones stay; a prefix length behind an address stays, too.
 */
final class Ipv6Addresses {
    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS = 4;
    private static final int LENGTH_MAX = 45;

    private Ipv6Addresses() {}

    static @Nullable Span next(String text, int from) {
        for (int colon = text.indexOf(':', from); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            int start = start(text, from, colon);
            int end = start < 0 ? -1 : end(text, start);
            if (end > colon && !isLocal(text, start)) {
                return new Span(start, end);
            }
        }
        return null;
    }

    /** Where the address of this colon starts, if this is its first colon; otherwise -1. */
    private static int start(String text, int from, int colon) {
        int start = colon;
        while (start > from && colon - start <= GROUP_DIGITS && isHex(text, start - 1)) {
            start--;
        }
        boolean inside = start > 0
                && (Character.isLetterOrDigit(text.charAt(start - 1)) || ":._".indexOf(text.charAt(start - 1)) >= 0);
        boolean empty = start == colon && !Letters.isAt(text, colon + 1, ':');
        return inside || empty || colon - start > GROUP_DIGITS ? -1 : start;
    }

    private static int end(String text, int start) {
        int at = start;
        int groups = 0;
        int digits = 0;
        boolean gap = false;
        while (at - start < LENGTH_MAX) {
            int groupEnd = groupEnd(text, at);
            if (groupEnd > at && Letters.isAt(text, groupEnd, '.') && Ipv4Addresses.end(text, at) > at && groups > 0) {
                return gap || groups == GROUPS - 2 ? Ipv4Addresses.end(text, at) : -1;
            }
            groups += groupEnd > at ? 1 : 0;
            digits += countDigits(text, at, groupEnd);
            at = groupEnd;
            if (text.startsWith("::", at) && !gap) {
                gap = true;
                at += 2;
            } else if (Letters.isAt(text, at, ':') && isHex(text, at + 1) && groups < GROUPS) {
                at++;
            } else {
                break;
            }
        }
        boolean whole = !Letters.isLetterOrDigitAt(text, at) && !Letters.isAt(text, at, ':');
        boolean complete = gap ? groups >= 2 && groups < GROUPS : groups == GROUPS;
        return whole && complete && digits > 0 ? at : -1;
    }

    /** fe80::/10, fc00::/7, ff00::/8 and what begins with a double colon belong to nobody in particular. */
    private static boolean isLocal(String text, int start) {
        int end = groupEnd(text, start);
        if (end == start) {
            return groupEnd(text, start + 2) == start + 3;
        }
        if (end - start < GROUP_DIGITS) {
            return false;
        }
        int group = Integer.parseInt(text, start, end, 16);
        return (group & 0xFFC0) == 0xFE80 || (group & 0xFE00) == 0xFC00 || (group & 0xFF00) == 0xFF00;
    }

    private static int groupEnd(String text, int at) {
        int end = at;
        while (end - at < GROUP_DIGITS && isHex(text, end)) {
            end++;
        }
        return end;
    }

    private static int countDigits(String text, int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            digits += text.charAt(i) <= '9' ? 1 : 0;
        }
        return digits;
    }

    private static boolean isHex(String text, int at) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
