package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds British and American postal addresses: "Flat 3, 12 High Street, Leeds LS1 4AB", "742 Oak Drive, Springfield, IL
 * 62704", and a British postcode by itself where somebody says that he lives there.
 */
final class EnglishAddresses {
    private static final int NAME_WORDS_MAX = 3;
    private static final int NUMBER_MAX = 5;
    private static final int CUE_WORDS = 5;
    private static final int NEAR_CUE_WORDS = 3;
    private static final int AFTER_WORDS_MAX = 6;
    private static final int GAP_MAX = 3;
    private static final long NO_STREET =
            Sense.bits(Sense.NO_NAME, Sense.TITLE, Sense.MEETING, Sense.RESIDENCE, Sense.ENGLISH_RESIDENCE);

    private EnglishAddresses() {}

    static @Nullable Span next(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = Letters.end(text, at);
            if (end == at) {
                at++;
                continue;
            }
            Span found = street(text, from, at, end);
            if (found == null && Letters.isCapital(text, at) && !Letters.isLetterOrDigitAt(text, at - 1)) {
                found = postcode(text, at);
            }
            if (found != null) {
                return found;
            }
            at = end;
        }
        return null;
    }

    private static @Nullable Span postcode(String text, int at) {
        int end = Postcode.british(text, at);
        return end > at && Before.says(text, at, Sense.ENGLISH_RESIDENCE.bit(), CUE_WORDS) ? new Span(at, end) : null;
    }

    private static @Nullable Span street(String text, int from, int type, int typeEnd) {
        long senses = Vocabulary.senses(text, type, typeEnd);
        boolean strict = Sense.ENGLISH_STREET.in(senses);
        if (!strict && !Sense.LOOSE_ENGLISH_STREET.in(senses)) {
            return null;
        }
        int name = nameStart(text, from, type);
        int number = name < type ? numberStart(text, from, name) : name;
        if (number == name) {
            return null;
        }
        int end = typeEnd - type <= 4 && Letters.isAt(text, typeEnd, '.') ? typeEnd + 1 : typeEnd;
        int tail = tail(text, end);
        boolean sure = tail > end || isAnnounced(text, number);
        boolean capital = strict && isProper(text, name, type, typeEnd) && closes(text, type, end);
        return sure || capital ? new Span(flatStart(text, from, number), tail) : null;
    }

    /** In a text that shouts, capitals say nothing. */
    private static boolean isProper(String text, int name, int type, int typeEnd) {
        return Letters.isCapital(text, name)
                && Letters.isCapital(text, type)
                && !Letters.isShouted(text, type, typeEnd);
    }

    /** "St" and "Dr" before a capital are somebody's title. */
    private static boolean closes(String text, int type, int end) {
        int next = Letters.overBlanks(text, end);
        return end - type > 3 || next == end || !Letters.isCapital(text, next);
    }

    private static boolean isAnnounced(String text, int number) {
        return Before.says(text, number, Sense.ENGLISH_RESIDENCE.bit(), NEAR_CUE_WORDS);
    }

    /** Where the words before the type start that may be its name; {@code type} without any. */
    private static int nameStart(String text, int from, int type) {
        int start = type;
        for (int words = 0; words < NAME_WORDS_MAX; words++) {
            int end = Letters.beforeBlanks(text, start);
            int word = wordStart(text, end);
            boolean content = word < end
                    && word >= from
                    && end < start
                    && Letters.isLetter(text.charAt(end - 1))
                    && isOrdinal(text, word, end)
                    && (Vocabulary.senses(text, word, Letters.end(text, word)) & NO_STREET) == 0;
            boolean newer = content || isPlaceWord(text, word, end);
            if (!newer) {
                break;
            }
            start = word;
        }
        return start;
    }

    /** Whether a word is "5th" if it begins with a digit; "221B" is the house number. */
    private static boolean isOrdinal(String text, int start, int end) {
        boolean digit = DigitRun.value(text.charAt(start)) >= 0;
        return !digit || (end - start > 2 && Letters.start(text, end) == end - 2);
    }

    /** "New", "Main" and "Old" begin streets, although they are no names of persons. */
    private static boolean isPlaceWord(String text, int start, int end) {
        return switch (end - start) {
            case 3 -> text.startsWith("New", start) || text.startsWith("Old", start);
            case 4 -> text.startsWith("Main", start) || text.startsWith("Bell", start);
            default -> false;
        };
    }

    private static int wordStart(String text, int end) {
        int start = end;
        while (start > 0 && end - start < Letters.WORD_MAX && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || Folding.isApostrophe(c);
    }

    /** Where the house number before a name starts; {@code name} without one. */
    private static int numberStart(String text, int from, int name) {
        int end = Letters.beforeBlanks(text, name);
        if (end == name) {
            return name;
        }
        int last = end - 1;
        boolean suffix =
                last > from && Letters.isLetter(text.charAt(last)) && DigitRun.value(text.charAt(last - 1)) >= 0;
        int digitsEnd = suffix ? last : end;
        int start = digitsEnd;
        while (start > from && digitsEnd - start <= NUMBER_MAX && DigitRun.value(text.charAt(start - 1)) >= 0) {
            start--;
        }
        boolean number = start < digitsEnd && digitsEnd - start <= NUMBER_MAX && DigitRun.mayStart(text, start);
        return number ? start : name;
    }

    /** "Flat 3, 12..." starts at the flat. */
    private static int flatStart(String text, int from, int number) {
        int at = number;
        while (at > from
                && number - at < GAP_MAX
                && (text.charAt(at - 1) == ',' || DigitRun.isBlank(text.charAt(at - 1)))) {
            at--;
        }
        int sign = wordStart(text, at);
        int end = Letters.beforeBlanks(text, sign);
        int word = Letters.start(text, end);
        boolean flat = at < number
                && sign < at
                && at - sign <= GAP_MAX
                && word >= from
                && Sense.COMPLEMENT.in(Vocabulary.senses(text, word, end));
        return flat ? word : number;
    }

    /** The end of flat, town and postcode; only a postcode makes the words before it an address. */
    private static int tail(String text, int street) {
        int at = street;
        for (int words = 0; words <= AFTER_WORDS_MAX; words++) {
            int next = overGap(text, at);
            int end = Postcode.end(text, next);
            if (end > next) {
                return end;
            }
            int wordEnd = NameRun.wordEnd(text, next);
            boolean town = !Sense.NO_NAME.in(Vocabulary.senses(text, next, wordEnd));
            boolean link = wordEnd - next <= 5 && wordEnd > next && isTownLink(text, next, wordEnd);
            int signEnd = wordEnd == next ? signEnd(text, next) : wordEnd;
            if (next == at || signEnd == next || (wordEnd > next && !town && !link)) {
                break;
            }
            at = signEnd;
        }
        return street;
    }

    private static boolean isTownLink(String text, int from, int to) {
        return switch (Folding.fold(text.substring(from, to))) {
            case "upon", "on", "the", "by", "under", "in", "apt", "flat", "unit", "new" -> true;
            default -> false;
        };
    }

    /** "#4", "2B". */
    private static int signEnd(String text, int at) {
        int start = Letters.isAt(text, at, '#') ? at + 1 : at;
        int end = start;
        while (end - start < GAP_MAX && Letters.isLetterOrDigitAt(text, end)) {
            end++;
        }
        return end > start && !Letters.isLetterOrDigitAt(text, end) ? end : at;
    }

    private static int overGap(String text, int from) {
        int at = from;
        while (at < text.length()
                && at - from < GAP_MAX
                && (DigitRun.isBlank(text.charAt(at)) || ",\n\r".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }
}
