package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds dates of birth: full dates behind « né le », « date de naissance », "born on", "DOB", with at most the place of
 * birth between. All other dates stay; they are what a complaint is about.
 */
final class Birthdates {
    private static final int WORDS_MAX = 6;
    private static final int MARKS = 3;
    private static final int DEPARTMENT_MAX = 4;

    private Birthdates() {}

    /** Whether the word that ends here is not the « ne » of a negation, which most French texts have. */
    static boolean mayBegin(String text, int end) {
        boolean ne = end >= 2
                && text.regionMatches(true, end - 2, "ne", 0, 2)
                && (end == 2 || !Letters.isLetter(text.charAt(end - 3)));
        int next = Letters.overBlanks(text, end);
        return !ne
                || next == text.length()
                || "lLaAàÀ(".indexOf(text.charAt(next)) >= 0
                || DigitRun.value(text.charAt(next)) >= 0;
    }

    static @Nullable Span next(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = Letters.end(text, at);
            if (end == at) {
                at++;
                continue;
            }
            Span found = isCue(text, at, end) ? after(text, end) : null;
            if (found != null) {
                return found;
            }
            at = end;
        }
        return null;
    }

    /** Written with dots, "D.O.B." is three words. */
    private static boolean isCue(String text, int at, int end) {
        boolean letter = end - at == 1;
        return Sense.BIRTH.in(Vocabulary.senses(text, at, end))
                && mayBegin(text, end)
                && (!letter || (at >= 4 && text.regionMatches(true, at - 4, "D.O.B", 0, 5)));
    }

    private static @Nullable Span after(String text, int cueEnd) {
        int at = overMarks(text, cueEnd);
        for (int words = 0; words <= WORDS_MAX; words++) {
            int dateEnd = WrittenDate.end(text, at);
            if (dateEnd > at) {
                return new Span(at, dateEnd);
            }
            int next = overFiller(text, at);
            if (next == at) {
                return null;
            }
            at = overMarks(text, next);
        }
        return null;
    }

    private static int overFiller(String text, int at) {
        int end = Letters.end(text, at);
        if (Sense.BIRTH_FILLER.in(Vocabulary.senses(text, at, end))) {
            return end;
        }
        return isIn(text, at, end) ? placeEnd(text, end) : at;
    }

    private static boolean isIn(String text, int at, int end) {
        return switch (end - at) {
            case 1 -> Vocabulary.folded(text.charAt(at)) == 'a';
            case 2 -> text.regionMatches(true, at, "in", 0, 2) || text.regionMatches(true, at, "at", 0, 2);
            default -> false;
        };
    }

    private static int placeEnd(String text, int in) {
        int place = Letters.overBlanks(text, in);
        int end = NameRun.capitalised(text, place, false);
        return end > place ? overDepartment(text, end) : in;
    }

    /** « Brest (29) ». */
    private static int overDepartment(String text, int end) {
        int open = Letters.overBlanks(text, end);
        int close = Letters.isAt(text, open, '(') ? closing(text, open) : -1;
        return close > open ? close + 1 : end;
    }

    private static int closing(String text, int open) {
        int close = open;
        while (close < text.length() && close - open <= DEPARTMENT_MAX && text.charAt(close) != ')') {
            close++;
        }
        return Letters.isAt(text, close, ')') ? close : -1;
    }

    private static int overMarks(String text, int from) {
        int at = Letters.overBlanks(text, from);
        int limit = Math.min(text.length(), at + MARKS);
        while (at < limit && "().:=,-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Letters.overBlanks(text, at);
    }
}
