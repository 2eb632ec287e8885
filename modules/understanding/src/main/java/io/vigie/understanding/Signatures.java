package io.vigie.understanding;

import org.jspecify.annotations.Nullable;

/**
 * Finds the name that signs a letter: behind « cordialement », "regards" and their like, or alone on its line when it is
 * known as a name.
 */
final class Signatures {
    private static final int MORE_MAX = 3;
    private static final int GAP_MAX = 12;
    private static final int LINE_MAX = 60;
    private static final String FAREWELL = "bien à vous";
    private static final String UNACCENTED_FAREWELL = "bien a vous";

    private Signatures() {}

    /** Whether « bien à vous » ends here. */
    static boolean isFarewell(String text, int end) {
        int start = end - FAREWELL.length();
        return text.regionMatches(true, start, FAREWELL, 0, FAREWELL.length())
                || text.regionMatches(true, start, UNACCENTED_FAREWELL, 0, FAREWELL.length());
    }

    /** Whether a line that starts here is short enough for nothing but a name. */
    static boolean mayStandOn(String text, int line) {
        int limit = Math.min(text.length(), line + LINE_MAX);
        int at = line;
        while (at < limit && text.charAt(at) != '\n') {
            at++;
        }
        return Letters.isCapital(text, line) && at < line + LINE_MAX;
    }

    static @Nullable Span next(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = Letters.end(text, at);
            if (end == at) {
                at++;
                continue;
            }
            Span found = startsLine(text, at) ? ownLine(text, at) : null;
            int signOffEnd = found == null ? signOffEnd(text, at, end) : at;
            found = signOffEnd > at ? signature(text, signOffEnd) : found;
            if (found != null) {
                return found;
            }
            at = end;
        }
        return null;
    }

    /** A known first name and perhaps more, alone on a line that is not the first. */
    private static @Nullable Span ownLine(String text, int at) {
        int end = mayStandOn(text, at) && NameRun.isFirstName(text, at) ? NameRun.capitalised(text, at, false) : at;
        return end > at && endsLine(text, end) ? new Span(at, end) : null;
    }

    private static boolean startsLine(String text, int at) {
        return at > 0 && text.charAt(at - 1) == '\n';
    }

    private static int signOffEnd(String text, int at, int end) {
        long senses = Vocabulary.senses(text, at, end);
        if (!Sense.SIGN_OFF.in(senses) && !(Sense.FAREWELL.in(senses) && isFarewell(text, end))) {
            return at;
        }
        int over = end;
        for (int more = 0; more < MORE_MAX; more++) {
            int word = Letters.overBlanks(text, over);
            int wordEnd = Letters.end(text, word);
            if (!Sense.SIGN_OFF_MORE.in(Vocabulary.senses(text, word, wordEnd))) {
                break;
            }
            over = wordEnd;
        }
        return over;
    }

    private static @Nullable Span signature(String text, int signOffEnd) {
        int name = overGap(text, signOffEnd);
        if (name == signOffEnd || name == text.length()) {
            return null;
        }
        boolean firstName = NameRun.isFirstName(text, name);
        int end = NameRun.capitalised(text, name, Letters.isShouted(text, name, Letters.end(text, name)));
        if (end > name) {
            boolean alone = end == NameRun.wordEnd(text, name);
            boolean ends = (firstName || !alone) ? endsPhrase(text, end) : endsLine(text, end);
            return ends ? new Span(name, end) : null;
        }
        end = firstName ? NameRun.lower(text, name, true) : name;
        return end > name && endsLine(text, end) ? new Span(name, end) : null;
    }

    private static int overGap(String text, int from) {
        int at = from;
        while (at < text.length() && at - from < GAP_MAX && isGap(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isGap(char c) {
        return DigitRun.isBlank(c) || ",;.:!\n\r*-–—".indexOf(c) >= 0;
    }

    private static boolean endsPhrase(String text, int end) {
        int next = Letters.overBlanks(text, end);
        return next == text.length() || !Letters.isLetter(text.charAt(next));
    }

    private static boolean endsLine(String text, int end) {
        int next = Letters.overBlanks(text, end);
        int over = Letters.isAt(text, next, '.') ? Letters.overBlanks(text, next + 1) : next;
        return over == text.length() || "\n\r[(".indexOf(text.charAt(over)) >= 0;
    }
}
