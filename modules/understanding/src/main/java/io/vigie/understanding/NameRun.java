package io.vigie.understanding;

/** Reads the words of a person's name, which somebody else has reason to expect at an offset. */
final class NameRun {
    private static final int WORDS_MAX = 4;
    private static final int STEPS_MAX = 8;
    private static final int LOWER_MIN = 3;
    private static final int LOWER_WORDS_MAX = 2;
    private static final long NO_NAME = Sense.bits(
            Sense.NO_NAME, Sense.TITLE, Sense.SHORT_TITLE, Sense.SIGN_OFF, Sense.MEETING, Sense.NAME_WORD, Sense.BIRTH);

    private NameRun() {}

    /**
     * The end of the words with capitals that make a name, with the particles between them; {@code start} when there is
     * none. In a text that shouts, capitals say nothing, and only one word counts unless first names stand beside it.
     */
    static int capitalised(String text, int start, boolean shouting) {
        int end = start;
        int at = start;
        int words = 0;
        boolean firstNameBefore = false;
        for (int step = 0; step < STEPS_MAX && words < WORDS_MAX; step++) {
            int wordEnd = wordEnd(text, at);
            boolean firstName = isFirstName(text, at);
            boolean loud = shouting && words > 0 && Letters.isShouted(text, at, wordEnd);
            if (wordEnd == at || (loud && !firstName && !firstNameBefore)) {
                break;
            }
            if (isName(text, at, wordEnd)) {
                end = wordEnd;
                words++;
                firstNameBefore = firstName;
            } else if (!leadsOn(text, at, wordEnd, words, shouting)) {
                break;
            }
            int next =
                    Letters.overBlanks(text, Letters.isAt(text, wordEnd, '.') ? overInitialDot(at, wordEnd) : wordEnd);
            if (next == wordEnd) {
                break;
            }
            at = next;
        }
        return end;
    }

    /**
     * The end of one or two words in lower case that may be a name; {@code start} when there is none. The second must be
     * known as a first name, unless any may follow.
     */
    static int lower(String text, int start, boolean anyFollows) {
        int end = start;
        int at = start;
        for (int words = 0; words < LOWER_WORDS_MAX; words++) {
            int wordEnd = wordEnd(text, at);
            boolean expected = words == 0 || anyFollows || isFirstName(text, at);
            if (!expected
                    || wordEnd - at < LOWER_MIN
                    || !Character.isLowerCase(text.charAt(at))
                    || isStop(text, at, wordEnd)) {
                break;
            }
            end = wordEnd;
            at = Letters.overBlanks(text, wordEnd);
            if (at == wordEnd) {
                break;
            }
        }
        return end;
    }

    /** Whether a word, or what stands before its hyphen, is a known first name. */
    static boolean isFirstName(String text, int at) {
        return Sense.FIRST_NAME.in(Vocabulary.senses(text, at, Letters.end(text, at)));
    }

    /** Behind a word with the hyphens in it, and an apostrophe after which a capital follows (« d'Arc », "O'Neill"). */
    static int wordEnd(String text, int at) {
        int end = Letters.end(text, at);
        while (end > at && end - at < Letters.WORD_MAX) {
            boolean hyphen = Letters.isAt(text, end, '-');
            boolean elided = Letters.isApostrophe(text, end) && end - at <= 2 && Letters.isCapital(text, end + 1);
            int next = hyphen || elided ? Letters.end(text, end + 1) : end;
            if (next <= end + 1) {
                return end;
            }
            end = next;
        }
        return end;
    }

    private static boolean isName(String text, int at, int end) {
        int last = lastPart(text, at, end);
        boolean capital = Letters.isCapital(text, at) || Letters.isCapital(text, last);
        if (!capital || end - at < 2 || isStop(text, at, end)) {
            return false;
        }
        if (isFirstName(text, at)) {
            return true;
        }
        boolean particle = last == at && Sense.PARTICLE.in(Vocabulary.senses(text, at, end));
        return !particle && Letters.isCapital(text, last);
    }

    private static boolean isStop(String text, int at, int end) {
        int last = lastPart(text, at, end);
        int firstEnd = Letters.end(text, at);
        long senses = Vocabulary.senses(text, last, Letters.end(text, last));
        boolean hyphened = Letters.isAt(text, firstEnd, '-');
        return ((hyphened ? senses | Vocabulary.senses(text, at, firstEnd) : senses) & NO_NAME) != 0;
    }

    private static int lastPart(String text, int at, int end) {
        int start = Letters.start(text, end);
        return Math.max(at, start);
    }

    /** A particle, or an initial: no name by itself. « Monsieur le Directeur » has none. */
    private static boolean leadsOn(String text, int at, int end, int words, boolean shouting) {
        long senses = Vocabulary.senses(text, at, end);
        boolean article = Sense.LINK.in(senses) && Sense.NO_NAME.in(senses);
        if (Sense.PARTICLE.in(senses)) {
            return words > 0 || !isBareArticle(text, at, end, shouting);
        }
        return !article && end - at == 1 && Letters.isCapital(text, at) && !Letters.isApostrophe(text, end);
    }

    private static boolean isBareArticle(String text, int at, int end, boolean shouting) {
        boolean lower = !Letters.isCapital(text, at);
        char first = Vocabulary.folded(text.charAt(at));
        if (first == 'd' && lower) {
            return text.startsWith("du", at) || text.startsWith("des", at);
        }
        return first == 'l' && end - at <= 3 && (shouting || lower);
    }

    private static int overInitialDot(int at, int end) {
        return end - at == 1 ? end + 1 : end;
    }
}
