package io.vigie.understanding;

/**
 * Tells in one walk over a text which searches for personal data may find something. It may say too much, never too
 * little: a search that it leaves out would have found nothing.
 */
final class Traces {
    private static final int ADDRESS_DIGITS_MIN = 1;
    private static final int CUSTOMER_DIGITS_MIN = CustomerNumbers.DIGITS_MIN;
    private static final int PLATE_DIGITS_MIN = 2;
    private static final int PLATE_DIGITS = 3;
    private static final int DATE_DIGITS_MIN = 4;
    private static final int POSTCODE_DIGITS_MIN = 2;
    private static final int PHONE_DIGITS_MIN = 8;
    private static final int IBAN_DIGITS_MIN = 10;
    private static final int CARD_DIGITS_MIN = 13;
    private static final int SPOKEN_WORDS_MIN = 5;

    private static final int AT_SIGN = 1;
    private static final int TIGHT_COLON = 1 << 1;
    private static final int TIGHT_DASH = 1 << 2;
    private static final int TIGHT_DOT = 1 << 3;
    private static final int BRACKETED_AT = 1 << 4;
    private static final int SHORT_LINE = 1 << 5;
    private static final int SPELLED = 1 << 6;

    private static final long SPOKEN =
            Sense.bits(Sense.DIGIT, Sense.TEEN, Sense.TENS, Sense.ZERO, Sense.TWICE, Sense.THRICE);
    private static final long MEETING = Sense.MEETING.bit();
    private static final long SIGNED = Sense.bits(Sense.SIGN_OFF, Sense.FAREWELL);
    private static final long AT_WORD = Sense.AT_WORD.bit();
    private static final long NAMED =
            Sense.bits(Sense.TITLE, Sense.SHORT_TITLE, Sense.SELF_NAMING, Sense.NAME_WORD, Sense.MEETING);
    private static final long FRENCH_ADDRESS = Sense.bits(Sense.STREET, Sense.LOOSE_STREET, Sense.RESIDENCE);
    private static final long ENGLISH_ADDRESS = Sense.bits(Sense.LOOSE_ENGLISH_STREET, Sense.ENGLISH_RESIDENCE);

    private final String text;
    private long senses;
    private int marks;
    private int digits;
    private int spoken;
    private int singles;

    private Traces(String text) {
        this.text = text;
    }

    /** The searches that are worth making, as bits of {@link Search}; 0 when none is. */
    static int of(String text) {
        var traces = new Traces(text);
        traces.read();
        return traces.words() | traces.numbers() | traces.machines();
    }

    private void read() {
        int hash = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            char folded = Vocabulary.folded(c);
            if (folded != 0) {
                hash = hash * 31 + folded;
            } else if (c < 0x300 || c >= 0x370) {
                if (hash != 0) {
                    word(hash, i);
                    hash = 0;
                }
                mark(c, i);
            }
        }
        if (hash != 0) {
            word(hash, length);
        }
    }

    private void word(int hash, int end) {
        singles = end == 1 || !Letters.isLetter(text.charAt(end - 2)) ? singles + 1 : 0;
        if (singles >= SpelledName.LETTERS_MIN) {
            marks |= SPELLED;
        }
        long found = Vocabulary.mayMean(hash);
        if (found == 0) {
            return;
        }
        spoken += (found & SPOKEN) != 0 ? 1 : 0;
        if ((found & MEETING) != 0 && !isCapitalNear(end)) {
            found &= ~MEETING;
        }
        if (Sense.BIRTH.in(found) && !Birthdates.mayBegin(text, end)) {
            found &= ~Sense.BIRTH.bit();
        }
        if (Sense.FAREWELL.in(found) && !Signatures.isFarewell(text, end)) {
            found &= ~Sense.FAREWELL.bit();
        }
        if ((found & AT_WORD) != 0 && end < text.length() && "])}>".indexOf(text.charAt(end)) >= 0) {
            marks |= BRACKETED_AT;
        }
        senses |= found;
    }

    /**
     * A first name needs its capital behind a word such as « merci », be it at some distance (« merci à Julie »). « M. »
     * needs none.
     */
    private boolean isCapitalNear(int end) {
        if (Letters.isAt(text, end, '.')) {
            return end == 1 || !Letters.isLetter(text.charAt(end - 2));
        }
        int limit = Math.min(text.length(), end + Names.MEETING_REACH);
        for (int i = end; i < limit && ".!?\n\r".indexOf(text.charAt(i)) < 0; i++) {
            if (Character.isUpperCase(text.charAt(i)) && beginsName(i + 1)) {
                return true;
            }
        }
        return false;
    }

    /** "I" does not. */
    private boolean beginsName(int next) {
        return next < text.length() && (Letters.isLetter(text.charAt(next)) || text.charAt(next) == '.');
    }

    private void mark(char c, int at) {
        switch (c) {
            case ' ' -> {}
            case '\n' -> marks |= Signatures.mayStandOn(text, at + 1) ? SHORT_LINE : 0;
            case '@' -> marks |= AT_SIGN;
            case ':' -> marks |= isTight(at) ? TIGHT_COLON : 0;
            case '-' -> marks |= isTight(at) ? TIGHT_DASH : 0;
            case '.' -> marks |= isTight(at) ? TIGHT_DOT : 0;
            default -> digits += DigitRun.value(c) >= 0 ? 1 : 0;
        }
    }

    private boolean isTight(int at) {
        return at > 0 && at + 1 < text.length() && isPart(text.charAt(at - 1)) && isPart(text.charAt(at + 1));
    }

    private static boolean isPart(char c) {
        return c == ':' || (c < 0x80 && Character.isLetterOrDigit(c));
    }

    private int words() {
        int searches = means(NAMED) || marked(SPELLED) ? Search.NAME.bit() : 0;
        searches |= means(SIGNED) || marked(SHORT_LINE) ? Search.SIGNATURE.bit() : 0;
        searches |= marked(AT_SIGN) ? Search.EMAIL.bit() : 0;
        boolean spelled = marked(BRACKETED_AT)
                || Sense.AT_SIGN.in(senses)
                || (Sense.AT_WORD.in(senses) && (Sense.DOT.in(senses) || marked(TIGHT_DOT)));
        searches |= spelled ? Search.SPELLED_EMAIL.bit() : 0;
        searches |= spoken >= SPOKEN_WORDS_MIN && Sense.ZERO.in(senses) ? Search.SPOKEN_PHONE.bit() : 0;
        return searches;
    }

    private int numbers() {
        int searches = digits >= ADDRESS_DIGITS_MIN && means(FRENCH_ADDRESS) ? Search.FRENCH_ADDRESS.bit() : 0;
        searches |= digits >= POSTCODE_DIGITS_MIN && means(ENGLISH_ADDRESS) ? Search.ENGLISH_ADDRESS.bit() : 0;
        searches |= digits >= ADDRESS_DIGITS_MIN && Sense.ENGLISH_STREET.in(senses) ? Search.ENGLISH_ADDRESS.bit() : 0;
        boolean customer = Sense.CUSTOMER.in(senses) || marked(TIGHT_DASH);
        searches |= digits >= CUSTOMER_DIGITS_MIN && customer ? Search.CUSTOMER.bit() : 0;
        searches |= digits >= PLATE_DIGITS && marked(TIGHT_DASH) ? Search.PLATE.bit() : 0;
        searches |= digits >= PLATE_DIGITS_MIN && Sense.VEHICLE.in(senses) ? Search.PLATE.bit() : 0;
        searches |= digits >= DATE_DIGITS_MIN && Sense.BIRTH.in(senses) ? Search.BIRTHDATE.bit() : 0;
        searches |= digits >= PHONE_DIGITS_MIN ? Search.PHONE.bit() : 0;
        searches |= digits >= IBAN_DIGITS_MIN ? Search.IBAN.bit() : 0;
        searches |= digits >= CARD_DIGITS_MIN ? Search.CARD.bit() | Search.NIR.bit() : 0;
        return searches;
    }

    private int machines() {
        int searches = marked(TIGHT_COLON) ? Search.IPV6.bit() : 0;
        searches |= marked(TIGHT_DOT) && digits >= DATE_DIGITS_MIN ? Search.IPV4.bit() : 0;
        searches |= marked(TIGHT_COLON | TIGHT_DASH | TIGHT_DOT) || Sense.MACHINE.in(senses) ? Search.MAC.bit() : 0;
        return searches;
    }

    private boolean marked(int mark) {
        return (marks & mark) != 0;
    }

    private boolean means(long anyOf) {
        return (senses & anyOf) != 0;
    }
}
