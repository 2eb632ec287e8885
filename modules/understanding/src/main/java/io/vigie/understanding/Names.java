package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds names of persons where the words before say that one follows: titles (« Mme », "Mr"), introductions (« je
 * m'appelle », "my name is"), fields (« Nom : »), and words such as « bonjour », « avec » or « conseillère » before a
 * capitalised first name that is known as one. Titles and cues stay, so that the sentence keeps its shape.
 */
final class Names {
    /** How far behind a word such as « merci » a first name may begin (« merci infiniment à Julie »). */
    static final int MEETING_REACH = 20;

    private static final int FIELD_WORDS_MAX = 4;
    private static final int LINKS_MAX = 3;
    private static final long CUES = Sense.bits(
            Sense.TITLE, Sense.SHORT_TITLE, Sense.SELF_NAMING, Sense.NAME_WORD, Sense.MEETING, Sense.POSSESSIVE);

    private Names() {}

    static @Nullable Span next(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = Letters.end(text, at);
            if (end == at) {
                at++;
                continue;
            }
            Span found = SpelledName.at(text, at, end, from);
            if (found == null) {
                found = end - at == 1 ? afterLetter(text, at, end) : after(text, at, end);
            }
            if (found != null) {
                return found;
            }
            at = end;
        }
        return null;
    }

    private static @Nullable Span after(String text, int at, int end) {
        long senses = Vocabulary.senses(text, at, end);
        if ((senses & CUES) == 0) {
            return null;
        }
        Span found = null;
        if (Sense.TITLE.in(senses) || (Sense.SHORT_TITLE.in(senses) && isTitleCase(text, at, end))) {
            found = titled(text, at, end, Sense.SHORT_TITLE.in(senses));
        } else if (Sense.SELF_NAMING.in(senses)) {
            found = isSelfNaming(text, at) ? introduced(text, overColon(text, end)) : null;
        } else if (Sense.NAME_WORD.in(senses)) {
            found = named(text, at, end);
        }
        return found == null && Sense.MEETING.in(senses) ? met(text, at, end) : found;
    }

    /** « M. Dupont », « M Dupont », "I'm Sarah". */
    private static @Nullable Span afterLetter(String text, int at, int end) {
        char c = text.charAt(at);
        if (c == 'm' && Letters.isApostrophe(text, at - 1)) {
            return met(text, at, end);
        }
        if ((c != 'M' && c != 'm') || Letters.isApostrophe(text, end) || Letters.isAt(text, at - 1, '.')) {
            return null;
        }
        boolean dotted = Letters.isAt(text, end, '.');
        if (!dotted
                && (c == 'm' || followsCapital(text, at) || !Letters.isCapital(text, Letters.overBlanks(text, end)))) {
            return null;
        }
        return titled(text, at, end, false);
    }

    private static @Nullable Span titled(String text, int at, int end, boolean abbreviated) {
        if (isUnit(text, at)) {
            return null;
        }
        int dotEnd = Letters.isAt(text, end, '.') && (abbreviated || end - at == 1) ? end + 1 : end;
        int name = Letters.overBlanks(text, dotEnd);
        boolean initials = name == dotEnd && Letters.end(text, name) == name + 1;
        if (name == end || initials) {
            return null;
        }
        boolean shouting = end - at > 1 && Letters.isShouted(text, at, end);
        int nameEnd = NameRun.capitalised(text, name, shouting);
        boolean lower = abbreviated && Vocabulary.folded(text.charAt(at)) == 'm';
        if (nameEnd == name && (lower || NameRun.isFirstName(text, name))) {
            nameEnd = NameRun.lower(text, name, false);
        }
        return span(name, nameEnd);
    }

    /** "10 ms", « 3 m ». */
    private static boolean isUnit(String text, int at) {
        int before = Letters.beforeBlanks(text, at);
        return before > 0 && DigitRun.value(text.charAt(before - 1)) >= 0;
    }

    /** "MS" is a maker of software, "DR" a recovery plan. */
    private static boolean isTitleCase(String text, int at, int end) {
        boolean shouted = Letters.isShouted(text, at, end);
        char second = Character.toLowerCase(text.charAt(at + 1));
        return !shouted || end - at > 2 || (second == 'r' && Character.toLowerCase(text.charAt(at)) == 'm');
    }

    private static boolean isSelfNaming(String text, int at) {
        int before = Letters.isApostrophe(text, at - 1) ? at - 1 : Letters.beforeBlanks(text, at);
        if (!isWord(text, before, "m")) {
            return false;
        }
        int subject = Letters.beforeBlanks(text, before - 1);
        return isWord(text, subject, "je") || isWord(text, subject, "j");
    }

    /** A name that its bearer tells: hardly anything else follows, so that it needs no capital. */
    private static @Nullable Span introduced(String text, int name) {
        int end = NameRun.capitalised(text, name, false);
        return span(name, end > name ? end : NameRun.lower(text, name, true));
    }

    /** « mon nom est Jean Dupont », "my name's John", « Nom : Dupont », « au nom de Jean Dupont ». */
    private static @Nullable Span named(String text, int at, int end) {
        int link = overFieldWords(text, end);
        if (Letters.isAt(text, Letters.overBlanks(text, link), ':')) {
            return isField(text, at) ? field(text, Letters.overBlanks(text, link)) : null;
        }
        int copula = overCopula(text, link);
        if (copula > link && Sense.POSSESSIVE.in(Letters.sensesBefore(text, at))) {
            int nameEnd = NameRun.capitalised(text, copula, false);
            return span(copula, nameEnd > copula ? nameEnd : lowerWithFirstName(text, copula));
        }
        Span held = isHolding(text, at) ? held(text, end) : null;
        return held == null ? met(text, at, end) : held;
    }

    /** « au nom », "in the name", "under the name". */
    private static boolean isHolding(String text, int at) {
        int before = Letters.beforeBlanks(text, at);
        if (isWord(text, before, "au")) {
            return true;
        }
        int article = Letters.beforeBlanks(text, before - 3);
        return isWord(text, before, "the") && (isWord(text, article, "in") || isWord(text, article, "under"));
    }

    /** A name with its capital that a contract is held in; a company's is nobody's. */
    private static @Nullable Span held(String text, int end) {
        int link = Letters.overBlanks(text, end);
        int linkEnd = Letters.end(text, link);
        boolean of = isWord(text, linkEnd, "de") || isWord(text, linkEnd, "of");
        boolean elided = isWord(text, linkEnd, "d") && Letters.isApostrophe(text, linkEnd);
        int name = elided ? linkEnd + 1 : of ? overColon(text, linkEnd) : overColon(text, end);
        int nameEnd = Letters.isCapital(text, name) ? NameRun.capitalised(text, name, false) : name;
        int next = Letters.overBlanks(text, nameEnd);
        boolean company = Sense.COMPANY.in(Vocabulary.senses(text, next, Letters.end(text, next)));
        return company ? null : span(name, nameEnd);
    }

    private static @Nullable Span field(String text, int colon) {
        int name = Letters.overBlanks(text, colon + 1);
        int end = NameRun.capitalised(text, name, false);
        return span(name, end > name ? end : lowerWithFirstName(text, name));
    }

    private static int lowerWithFirstName(String text, int name) {
        return NameRun.isFirstName(text, name) ? NameRun.lower(text, name, true) : name;
    }

    /** A name of a product is no field of a person: the word stands alone, or behind « mon », "full" and the like. */
    private static boolean isField(String text, int at) {
        int before = Letters.beforeBlanks(text, at);
        if (before == 0 || !Character.isLetterOrDigit(text.charAt(before - 1))) {
            return true;
        }
        return (Letters.sensesBefore(text, at) & (Sense.POSSESSIVE.bit() | Sense.NAME_MORE.bit())) != 0;
    }

    private static int overFieldWords(String text, int end) {
        int at = end;
        for (int words = 0; words < FIELD_WORDS_MAX; words++) {
            int word = Letters.overBlanks(text, at);
            int wordEnd = Letters.end(text, word);
            long senses = Vocabulary.senses(text, word, wordEnd);
            if (!Sense.NAME_MORE.in(senses) && !Sense.NAME_WORD.in(senses)) {
                break;
            }
            at = wordEnd;
        }
        return at;
    }

    private static int overCopula(String text, int end) {
        if (Letters.isApostrophe(text, end) && Letters.isAt(text, end + 1, 's')) {
            return Letters.overBlanks(text, end + 2);
        }
        int word = Letters.overBlanks(text, end);
        if (Letters.isAt(text, word, ',')) {
            word = Letters.overBlanks(text, word + 1);
        }
        int wordEnd = Letters.end(text, word);
        if (isWord(text, wordEnd, "c") && Letters.isApostrophe(text, wordEnd)) {
            wordEnd = Letters.end(text, wordEnd + 1);
        } else if (isWord(text, wordEnd, "it")
                && Letters.isApostrophe(text, wordEnd)
                && Letters.isAt(text, wordEnd + 1, 's')) {
            return overColon(text, wordEnd + 2);
        }
        boolean copula = isWord(text, wordEnd, "est") || isWord(text, wordEnd, "is") || isWord(text, wordEnd, "was");
        return copula ? Letters.overBlanks(text, overColon(text, wordEnd)) : end;
    }

    /** A first name with its capital behind « bonjour », « avec », "with": it must be one that we know. */
    private static @Nullable Span met(String text, int at, int end) {
        int mark = Letters.overBlanks(text, end);
        boolean marked = Letters.isAt(text, mark, ',') || Letters.isAt(text, mark, '(');
        int name = marked ? Letters.overBlanks(text, mark + 1) : overColon(text, end);
        for (int links = 0; links < LINKS_MAX && !isKnown(text, name); links++) {
            int linkEnd = Letters.end(text, name);
            if (!Sense.MEETING_LINK.in(Vocabulary.senses(text, name, linkEnd))) {
                return null;
            }
            name = Letters.overBlanks(text, linkEnd);
        }
        boolean near = name - end <= MEETING_REACH && name > end;
        return near && isKnown(text, name)
                ? span(name, NameRun.capitalised(text, name, isShouted(text, at, end)))
                : null;
    }

    private static boolean isShouted(String text, int at, int end) {
        return Letters.isShouted(text, at, end);
    }

    private static boolean isKnown(String text, int name) {
        return Letters.isCapital(text, name) && NameRun.isFirstName(text, name);
    }

    private static int overColon(String text, int at) {
        int next = Letters.overBlanks(text, at);
        return Letters.isAt(text, next, ':') ? Letters.overBlanks(text, next + 1) : next;
    }

    private static boolean followsCapital(String text, int at) {
        int end = Letters.beforeBlanks(text, at);
        int start = Letters.start(text, end);
        return start < end && Letters.isCapital(text, start);
    }

    private static boolean isWord(String text, int end, String word) {
        int start = end - word.length();
        return start >= 0
                && text.regionMatches(true, start, word, 0, word.length())
                && (start == 0 || !Letters.isLetter(text.charAt(start - 1)));
    }

    private static @Nullable Span span(int start, int end) {
        return end > start ? new Span(start, end) : null;
    }
}
