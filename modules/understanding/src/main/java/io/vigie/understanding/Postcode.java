package io.vigie.understanding;

import java.util.Locale;

/** Reads a British postcode (BS 7666), or an American state with its ZIP code. */
final class Postcode {
    private static final int ZIP = 5;
    private static final int ZIP_MORE = 4;
    private static final String STATES =
            " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE"
                    + " NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC ";

    private Postcode() {}

    /** The end of the postcode of either kind that starts here, or {@code at}. */
    static int end(String text, int at) {
        int american = american(text, at);
        return american > at ? american : british(text, at);
    }

    /** LS1 4AB, SW1A 1AA, also in lower case and without the blank. */
    static int british(String text, int at) {
        int area = at;
        while (area - at < 2 && isLetter(text, area)) {
            area++;
        }
        int district = area;
        while (district - area < 2 && isDigit(text, district)) {
            district++;
        }
        if (area == at || district == area) {
            return at;
        }
        boolean lettered = district - area == 1 && isLetter(text, district) && !isDigit(text, district);
        int inward = Letters.overBlanks(text, lettered ? district + 1 : district);
        int end = inwardEnd(text, inward);
        boolean blankless = inward == district && district - area == 2;
        return end == inward && blankless ? glued(text, at, district) : end > inward ? end : at;
    }

    private static int glued(String text, int at, int district) {
        int end = inwardEnd(text, district - 1);
        return end > district ? end : at;
    }

    private static int inwardEnd(String text, int at) {
        boolean inward = isDigit(text, at) && isLetter(text, at + 1) && isLetter(text, at + 2);
        return inward && !Letters.isLetterOrDigitAt(text, at + 3) ? at + 3 : at;
    }

    private static int american(String text, int at) {
        if (!isLetter(text, at) || !isLetter(text, at + 1) || !isState(text.substring(at, at + 2))) {
            return at;
        }
        int zip = Letters.overBlanks(text, Letters.isAt(text, at + 2, ',') ? at + 3 : at + 2);
        int end = zip < text.length() ? Cards.digitsEnd(text, zip) : zip;
        if (zip == at + 2 || end - zip != ZIP) {
            return at;
        }
        int more = Letters.isAt(text, end, '-') ? Math.max(end, digitsEnd(text, end + 1)) : end;
        return more - end == ZIP_MORE + 1 ? more : end;
    }

    private static boolean isState(String letters) {
        return STATES.contains(" " + letters.toUpperCase(Locale.ROOT) + " ");
    }

    private static int digitsEnd(String text, int at) {
        return at < text.length() ? Cards.digitsEnd(text, at) : at;
    }

    private static boolean isLetter(String text, int at) {
        return at < text.length() && Character.isLetter(text.charAt(at)) && text.charAt(at) < 0x80;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
