package io.vigie.understanding;

/** Reads a full date, with its year, in digits or with the month in words. */
final class WrittenDate {
    private static final int DAY_MAX = 31;
    private static final int MONTH_MAX = 12;
    private static final int YEAR_MIN = 1880;
    private static final int YEAR_MAX = 2099;
    private static final int COMPACT = 8;

    private WrittenDate() {}

    /** The end of the date that starts here, or {@code at}. */
    static int end(String text, int at) {
        if (at >= text.length()) {
            return at;
        }
        int digits = digitsEnd(text, at);
        return switch (digits - at) {
            case 0 -> monthFirst(text, at);
            case 1, 2 -> dayFirst(text, at, digits);
            case 4 -> yearFirst(text, at, digits);
            case COMPACT -> isCompact(text, at) && !Letters.isLetterOrDigitAt(text, digits) ? digits : at;
            default -> at;
        };
    }

    private static int dayFirst(String text, int at, int digits) {
        int first = number(text, at, digits);
        if (first < 1 || first > DAY_MAX) {
            return at;
        }
        int second = overSeparator(text, digits);
        int secondEnd = digitsEnd(text, second);
        if (second == digits || secondEnd == second) {
            return worded(text, at, digits);
        }
        int month = number(text, second, secondEnd);
        int year = overSeparator(text, secondEnd);
        boolean dayAndMonth = Math.min(first, month) <= MONTH_MAX && month >= 1 && month <= DAY_MAX;
        return year > secondEnd && dayAndMonth ? year(text, at, year) : at;
    }

    private static int yearFirst(String text, int at, int digits) {
        int month = overSeparator(text, digits);
        int monthEnd = digitsEnd(text, month);
        int day = overSeparator(text, monthEnd);
        int dayEnd = digitsEnd(text, day);
        boolean inRange = isYear(number(text, at, digits))
                && isUpTo(text, month, monthEnd, MONTH_MAX)
                && isUpTo(text, day, dayEnd, DAY_MAX);
        return inRange && month > digits && day > monthEnd ? dayEnd : at;
    }

    /** « 1er mars 1980 », "3rd of March, 1980". */
    private static int worded(String text, int at, int digits) {
        int suffixEnd = Letters.end(text, digits);
        int word = Letters.overBlanks(text, suffixEnd - digits <= 3 ? suffixEnd : digits);
        if (isMonth(text, Letters.overBlanks(text, digits))) {
            word = Letters.overBlanks(text, digits);
        }
        if (text.startsWith("of ", word)) {
            word += 3;
        }
        return isMonth(text, word) ? year(text, at, overMonth(text, word)) : at;
    }

    /** "March 3rd, 1980". */
    private static int monthFirst(String text, int at) {
        if (!isMonth(text, at)) {
            return at;
        }
        int day = overMonth(text, at);
        int dayEnd = digitsEnd(text, day);
        if (!isUpTo(text, day, dayEnd, DAY_MAX)) {
            return at;
        }
        int suffixEnd = Letters.end(text, dayEnd);
        int year = Letters.overBlanks(text, Letters.isAt(text, suffixEnd, ',') ? suffixEnd + 1 : suffixEnd);
        return year(text, at, year);
    }

    private static int year(String text, int start, int at) {
        int end = digitsEnd(text, at);
        boolean year = (end - at == 4 && isYear(number(text, at, end))) || end - at == 2;
        return year && !Letters.isLetterOrDigitAt(text, end) ? end : start;
    }

    private static boolean isMonth(String text, int at) {
        return Sense.MONTH.in(Vocabulary.senses(text, at, Letters.end(text, at)));
    }

    private static int overMonth(String text, int at) {
        int end = Letters.end(text, at);
        boolean marked = Letters.isAt(text, end, '.') || Letters.isAt(text, end, ',');
        return Letters.overBlanks(text, marked ? end + 1 : end);
    }

    private static int overSeparator(String text, int at) {
        int next = Letters.overBlanks(text, at);
        boolean marked = next < text.length() && "/.-".indexOf(text.charAt(next)) >= 0;
        return marked ? Letters.overBlanks(text, next + 1) : next;
    }

    private static int digitsEnd(String text, int at) {
        int end = at;
        while (end < text.length() && end - at <= COMPACT && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static boolean isCompact(String text, int at) {
        return isUpTo(text, at, at + 2, DAY_MAX)
                && isUpTo(text, at + 2, at + 4, MONTH_MAX)
                && isYear(number(text, at + 4, at + COMPACT));
    }

    private static boolean isUpTo(String text, int from, int to, int max) {
        int number = number(text, from, to);
        return to > from && to - from <= 2 && number >= 1 && number <= max;
    }

    private static boolean isYear(int number) {
        return number >= YEAR_MIN && number <= YEAR_MAX;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
