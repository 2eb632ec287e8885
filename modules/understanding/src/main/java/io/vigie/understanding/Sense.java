package io.vigie.understanding;

import java.util.Locale;

/** What a word says about the words beside it, to those who look for personal data; see {@code personal-data.txt}. */
enum Sense {
    FIRST_NAME,
    TITLE,
    SHORT_TITLE,
    SELF_NAMING,
    NAME_WORD,
    NAME_MORE,
    POSSESSIVE,
    MEETING,
    MEETING_LINK,
    SIGN_OFF,
    FAREWELL,
    SIGN_OFF_MORE,
    PARTICLE,
    COMPANY,
    NO_NAME,
    STREET,
    LOOSE_STREET,
    STREET_NOUN,
    HONOUR,
    LINK,
    COMPLEMENT,
    RESIDENCE,
    ENGLISH_RESIDENCE,
    ENGLISH_STREET,
    LOOSE_ENGLISH_STREET,
    BIRTH,
    BIRTH_FILLER,
    MONTH,
    VEHICLE,
    VERSION,
    MACHINE,
    SOCIAL,
    CUSTOMER,
    NUMBER_WORD,
    NUMBER_LINK,
    UNIT,
    ZERO,
    DIGIT,
    TEEN,
    TENS,
    TWICE,
    THRICE,
    AT_SIGN,
    AT_WORD,
    DOT,
    DASH,
    ENDING,
    PROVIDER;

    @SuppressWarnings("EnumOrdinal") // The bits of senses are never written down.
    private final long bit = 1L << ordinal();

    /** The sense as a member of a set of senses. */
    long bit() {
        return bit;
    }

    boolean in(long senses) {
        return (senses & bit) != 0;
    }

    static long bits(Sense... senses) {
        long bits = 0;
        for (Sense sense : senses) {
            bits |= sense.bit;
        }
        return bits;
    }

    /** The sense of a name such as {@code sign-off}. */
    static Sense named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
