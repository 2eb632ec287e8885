package io.vigie.understanding;

/** What a code point does to word boundaries (Unicode Standard Annex 29, section 4.1). */
enum CharClass {
    OTHER,
    LETTER,
    DIGIT,
    KATAKANA,
    /** Joins letters and digits, such as the underscore. */
    JOINER,
    /** Stays inside a word between two letters, such as the colon. */
    MID_LETTER,
    /** Stays inside a number between two digits, such as the comma. */
    MID_NUMBER,
    /** Does both, such as the apostrophe and the full stop. */
    MID_BOTH,
    /** Belongs to the char before it. */
    EXTEND,
    /** A word by itself. */
    SINGLE,
    PICTOGRAM,
    FLAG_LETTER;

    private static final String MID_LETTERS = ":·\u0387\u055F\u05F4\u2027\uFE13\uFE55\uFF1A";
    private static final String MID_BOTHS = "'.\u2018\u2019\u2024\uFE52\uFF07\uFF0E";
    private static final String MID_NUMBERS =
            ",;\u037E\u0589\u060C\u060D\u066C\u07F8\u2044\uFE10\uFE14\uFE50\uFE54\uFF0C\uFF1B";
    private static final CharClass[] FIRST = first();

    static CharClass of(int codePoint) {
        return codePoint < FIRST.length ? FIRST[codePoint] : computed(codePoint);
    }

    private static CharClass[] first() {
        var classes = new CharClass[0x2100];
        for (int codePoint = 0; codePoint < classes.length; codePoint++) {
            classes[codePoint] = computed(codePoint);
        }
        return classes;
    }

    private static CharClass computed(int codePoint) {
        if (MID_LETTERS.indexOf(codePoint) >= 0) {
            return MID_LETTER;
        }
        if (MID_BOTHS.indexOf(codePoint) >= 0) {
            return MID_BOTH;
        }
        if (MID_NUMBERS.indexOf(codePoint) >= 0) {
            return MID_NUMBER;
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> EXTEND;
            case Character.FORMAT -> codePoint == 0x200B ? OTHER : EXTEND;
            case Character.DECIMAL_DIGIT_NUMBER -> DIGIT;
            case Character.CONNECTOR_PUNCTUATION -> JOINER;
            default -> symbolOrLetter(codePoint);
        };
    }

    private static CharClass symbolOrLetter(int codePoint) {
        if (codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF) {
            return FLAG_LETTER;
        }
        if (codePoint >= 0x1F3FB && codePoint <= 0x1F3FF) {
            return EXTEND;
        }
        if (Character.isAlphabetic(codePoint)) {
            return letter(codePoint);
        }
        return Character.isExtendedPictographic(codePoint) ? PICTOGRAM : OTHER;
    }

    private static CharClass letter(int codePoint) {
        if (codePoint < 0x0E00) {
            return LETTER;
        }
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA -> SINGLE;
            case KATAKANA -> KATAKANA;
            default -> Character.isIdeographic(codePoint) ? SINGLE : LETTER;
        };
    }
}
