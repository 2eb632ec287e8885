package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds French postal addresses: a number and a street (« 12 bis rue des Lilas ») with the postcode and town that may
 * follow, a street without number when they do follow, and postcode and town by themselves behind « j'habite » and its
 * like. A town alone is nobody's, and stays.
 */
final class FrenchAddresses {
    private static final int NUMBER_MAX = 4;
    private static final int POSTCODE = 5;
    private static final int CUE_WORDS = 5;
    private static final int STREET_WORDS = 8;
    private static final int GAP_MAX = 4;
    private static final int COMPLEMENTS_MAX = 3;
    private static final long STREETS = Sense.bits(Sense.STREET, Sense.LOOSE_STREET);

    private FrenchAddresses() {}

    static @Nullable Span next(String text, int from) {
        int at = from;
        while (at < text.length()) {
            if (DigitRun.value(text.charAt(at)) < 0) {
                at++;
                continue;
            }
            int digits = Cards.digitsEnd(text, at);
            Span found = DigitRun.mayStart(text, at) ? from(text, at, digits, from) : null;
            if (found != null) {
                return found;
            }
            at = digits;
        }
        return null;
    }

    private static @Nullable Span from(String text, int at, int digits, int from) {
        if (digits - at <= NUMBER_MAX) {
            int name = overNumber(text, digits);
            int street = StreetName.end(text, name);
            return street > name && name > digits ? new Span(at, tail(text, street)) : null;
        }
        int townEnd = isPostcode(text, at, digits) ? townEnd(text, digits) : digits;
        if (townEnd == digits) {
            return null;
        }
        int street = Before.start(text, at, STREETS, STREET_WORDS);
        if (street >= from && reaches(text, street, at)) {
            return new Span(street, townEnd);
        }
        return Before.says(text, at, Sense.RESIDENCE.bit(), CUE_WORDS) ? new Span(at, townEnd) : null;
    }

    /** Whether a street without number leads up to a postcode with nothing but its name between. */
    private static boolean reaches(String text, int street, int postcode) {
        int end = StreetName.end(text, street);
        return end > street && overGap(text, complementsEnd(text, end)) == postcode;
    }

    /** Behind « 12 bis, », « 12B », « 12-14 ». */
    private static int overNumber(String text, int digits) {
        int at = digits;
        boolean range = at + 1 < text.length()
                && "-/".indexOf(text.charAt(at)) >= 0
                && DigitRun.value(text.charAt(at + 1)) >= 0;
        if (range) {
            at = Cards.digitsEnd(text, at + 1);
        }
        int suffix = Letters.overBlanks(text, at);
        int suffixEnd = Letters.end(text, suffix);
        at = isSuffix(text, suffix, suffixEnd) ? suffixEnd : at;
        at = Letters.overBlanks(text, at);
        return Letters.isAt(text, at, ',') ? Letters.overBlanks(text, at + 1) : at;
    }

    private static boolean isSuffix(String text, int from, int to) {
        return switch (to - from) {
            case 1 -> "abcdef".indexOf(Character.toLowerCase(text.charAt(from))) >= 0;
            case 3 -> text.regionMatches(true, from, "bis", 0, 3) || text.regionMatches(true, from, "ter", 0, 3);
            case 6 -> text.regionMatches(true, from, "quater", 0, 6);
            default -> false;
        };
    }

    /** The end of what follows a street: floor and building, postcode, town. */
    private static int tail(String text, int street) {
        int end = complementsEnd(text, street);
        int postcode = overGap(text, end);
        int postcodeEnd = postcode < text.length() ? Cards.digitsEnd(text, postcode) : postcode;
        if (postcodeEnd > postcode && isPostcode(text, postcode, postcodeEnd)) {
            return townEnd(text, postcodeEnd);
        }
        return end;
    }

    /** « appartement 12, bâtiment B ». */
    private static int complementsEnd(String text, int street) {
        int end = street;
        for (int complements = 0; complements < COMPLEMENTS_MAX; complements++) {
            int word = overGap(text, end);
            int wordEnd = Letters.end(text, word);
            int sign = Letters.overBlanks(text, Letters.isAt(text, wordEnd, '.') ? wordEnd + 1 : wordEnd);
            int signEnd = signEnd(text, sign);
            if (!Sense.COMPLEMENT.in(Vocabulary.senses(text, word, wordEnd)) || signEnd == sign || sign == wordEnd) {
                break;
            }
            end = signEnd;
        }
        return end;
    }

    private static int signEnd(String text, int at) {
        int end = at;
        while (end - at < NUMBER_MAX && Letters.isLetterOrDigitAt(text, end)) {
            end++;
        }
        boolean digit = end > at && DigitRun.value(text.charAt(at)) >= 0;
        boolean letter = end == at + 1 && Letters.isCapital(text, at);
        return (digit || letter) && !Letters.isLetterOrDigitAt(text, end) ? end : at;
    }

    /** The end of the town behind a postcode, or {@code postcodeEnd} without one. */
    private static int townEnd(String text, int postcodeEnd) {
        int town = Letters.overBlanks(text, postcodeEnd);
        return town > postcodeEnd ? Math.max(postcodeEnd, Town.end(text, town, postcodeEnd)) : postcodeEnd;
    }

    private static boolean isPostcode(String text, int at, int end) {
        boolean zero = text.charAt(at) == '0' && text.charAt(at + 1) == '0';
        return end - at == POSTCODE && !zero && !text.startsWith("99", at) && !Letters.isLetterOrDigitAt(text, end);
    }

    private static int overGap(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < GAP_MAX && isGap(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isGap(char c) {
        return DigitRun.isBlank(c) || ",-–\n\r".indexOf(c) >= 0;
    }
}
