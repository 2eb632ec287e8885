package io.vigie.understanding;

/**
 * Reads a French street from its type on: « rue de la Paix », « av. du Général de Gaulle », « rue du 8 mai 1945 ». In
 * lower case only as much is taken as surely is the name, for what follows may be the complaint.
 */
final class StreetName {
    private static final int STEPS_MAX = 9;
    private static final int LOOK_WORDS = 5;
    private static final int LOWER_MIN = 3;
    private static final long NO_STREET =
            Sense.bits(Sense.NO_NAME, Sense.TITLE, Sense.MEETING, Sense.SIGN_OFF, Sense.BIRTH, Sense.RESIDENCE);

    private final String text;
    private final boolean loose;
    private final boolean shouting;
    private int at;
    private int end;
    private int contents;
    private boolean leads;
    private boolean linked;

    private StreetName(String text, int at, boolean loose, boolean shouting) {
        this.text = text;
        this.at = at;
        this.end = at;
        this.loose = loose;
        this.shouting = shouting;
    }

    /** The end of the street whose type stands at {@code start}; {@code start} when none does. */
    static int end(String text, int start) {
        int typeEnd = Letters.end(text, start);
        long senses = Vocabulary.senses(text, start, typeEnd);
        boolean strict = Sense.STREET.in(senses);
        if (!strict && !Sense.LOOSE_STREET.in(senses)) {
            return start;
        }
        int name = Letters.overBlanks(text, Letters.isAt(text, typeEnd, '.') ? typeEnd + 1 : typeEnd);
        if (name == typeEnd) {
            return start;
        }
        var street = new StreetName(text, name, !strict, Letters.isShouted(text, start, typeEnd));
        street.read();
        return street.contents > 0 ? street.end : start;
    }

    private void read() {
        for (int step = 0; step < STEPS_MAX && at < text.length(); step++) {
            int wordEnd = NameRun.wordEnd(text, at);
            boolean more = wordEnd == at ? date() : word(wordEnd);
            if (!more) {
                return;
            }
        }
    }

    /** Takes a word in, and tells whether another may follow. */
    private boolean word(int wordEnd) {
        int first = Letters.end(text, at);
        long senses = Vocabulary.senses(text, at, first);
        boolean link = (Sense.PARTICLE.in(senses) || Sense.LINK.in(senses))
                && first == wordEnd
                && (contents > 0 || isArticle());
        if (!link && !isContent(wordEnd, senses)) {
            return false;
        }
        if (!link) {
            end = wordEnd;
            contents++;
        }
        linked = link;
        leads = Sense.HONOUR.in(senses) || Sense.FIRST_NAME.in(senses);
        return skip(wordEnd, first);
    }

    /** « 40 allées et venues » is no street. */
    private boolean isArticle() {
        char letter = Vocabulary.folded(text.charAt(at));
        return letter == 'd' || letter == 'l' || letter == 's';
    }

    private boolean isContent(int wordEnd, long senses) {
        boolean honour = Sense.HONOUR.in(senses) || Sense.FIRST_NAME.in(senses);
        boolean capital = Letters.isCapital(text, Math.max(at, Letters.start(text, wordEnd)));
        boolean noun = linked && (Sense.STREET_NOUN.in(senses) || (capital && !shouting));
        if (((senses & NO_STREET) != 0 && !honour && !noun) || (Sense.COMPLEMENT.in(senses) && !capital)) {
            return false;
        }
        if (capital && !shouting) {
            return true;
        }
        boolean expected = contents == 0 || leads || isPostcodeNear();
        return expected && wordEnd - at >= LOWER_MIN && (!loose || shouting || honour || isPostcodeNear());
    }

    private boolean skip(int wordEnd, int first) {
        int next = wordEnd;
        boolean abbreviated = Letters.isAt(text, next, '.') && wordEnd - at <= LOWER_MIN;
        if (abbreviated || (Letters.isApostrophe(text, next) && first - at <= 2)) {
            next++;
        }
        at = Letters.overBlanks(text, next);
        return at > wordEnd;
    }

    /** « 8 mai 1945 », « 11 novembre ». */
    private boolean date() {
        int day = Cards.digitsEnd(text, at);
        int month = Letters.overBlanks(text, day);
        int monthEnd = Letters.end(text, month);
        boolean isDate = day > at && day - at <= 2 && Sense.MONTH.in(Vocabulary.senses(text, month, monthEnd));
        if (!isDate) {
            return false;
        }
        contents++;
        int year = Letters.overBlanks(text, monthEnd);
        int yearEnd = year < text.length() ? Cards.digitsEnd(text, year) : year;
        end = yearEnd - year == 4 ? yearEnd : monthEnd;
        return false;
    }

    /** Whether a postcode follows in a few words, so that all before it is the street. */
    private boolean isPostcodeNear() {
        int look = at;
        for (int words = 0; words < LOOK_WORDS && look < text.length(); words++) {
            int wordEnd = NameRun.wordEnd(text, look);
            if (words > 0 && Sense.NO_NAME.in(stop(look))) {
                return false;
            }
            int next = Letters.overBlanks(text, Letters.isAt(text, wordEnd, ',') ? wordEnd + 1 : wordEnd);
            if (next == wordEnd || next >= text.length()) {
                return false;
            }
            if (Cards.digitsEnd(text, next) - next == 5) {
                return true;
            }
            look = next;
        }
        return false;
    }

    private long stop(int word) {
        long senses = Vocabulary.senses(text, word, Letters.end(text, word));
        return Sense.LINK.in(senses) ? 0 : senses;
    }
}
