package io.vigie.understanding;

/**
 * The digits that follow an offset, with the blanks and marks that may stand between the groups of one number. At most
 * {@link #DIGITS_MAX} digits are read: nothing that is looked for is longer.
 */
final class DigitRun {
    static final int DIGITS_MAX = 24;

    private static final int GAP_MAX = 3;

    private final String text;
    private final int[] digit = new int[DIGITS_MAX];
    private final int[] end = new int[DIGITS_MAX];
    private final char[] gap = new char[DIGITS_MAX];
    private int count;

    private DigitRun(String text) {
        this.text = text;
    }

    /** Reads from a digit (or from an O that stands for a zero, which the caller has seen to). */
    static DigitRun at(String text, int start) {
        var run = new DigitRun(text);
        int at = start;
        char gapBefore = 0;
        while (run.count < DIGITS_MAX && at < text.length()) {
            int value = at == start ? Math.max(0, value(text.charAt(at))) : value(text.charAt(at));
            if (value < 0) {
                int next = run.overGap(at);
                if (next == at) {
                    break;
                }
                gapBefore = run.mark(at, next);
                at = next;
                continue;
            }
            run.add(value, ++at, gapBefore);
            gapBefore = 0;
        }
        return run;
    }

    /** The value of a digit of any script, or -1. */
    static int value(char c) {
        if (c < 0x80) {
            return c >= '0' && c <= '9' ? c - '0' : -1;
        }
        return c < 0x660 ? -1 : Character.digit(c, 10);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00A0' || c == '\u202F' || c == '\u2009';
    }

    /** Whether a number may start here: not inside a word, a longer number, a date or a decimal. */
    static boolean mayStart(String text, int at) {
        if (at == 0) {
            return true;
        }
        char before = text.charAt(at - 1);
        if (Character.isLetterOrDigit(before) || before == '_') {
            return false;
        }
        boolean joins = ".,-/:+'".indexOf(before) >= 0;
        return !joins || at < 2 || value(text.charAt(at - 2)) < 0;
    }

    int count() {
        return count;
    }

    int digit(int index) {
        return digit[index];
    }

    /** Offset behind the last of the first {@code n} digits. */
    int end(int n) {
        return end[n - 1];
    }

    /** Whether the first {@code n} digits end a group, and no letter or digit sticks to them. */
    boolean endsAt(int n) {
        if (n > count) {
            return false;
        }
        if (n < count) {
            return gap[n] != 0;
        }
        int after = end[n - 1];
        if (after == text.length()) {
            return true;
        }
        char next = text.charAt(after);
        boolean stuck = (Character.isLetter(next) && !grouped(n)) || next == '_' || next == '@';
        return !stuck && value(next) < 0;
    }

    boolean grouped(int n) {
        for (int i = 1; i < n; i++) {
            if (gap[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether one sort of mark stands between all groups of the digits from {@code from} until {@code n}. */
    boolean evenlyMarked(int from, int n) {
        char mark = 0;
        for (int i = from + 1; i < n; i++) {
            if (gap[i] != 0 && mark != 0 && gap[i] != mark) {
                return false;
            }
            mark = gap[i] != 0 ? gap[i] : mark;
        }
        return true;
    }

    /** The sizes of the groups that the first {@code n} digits stand in, such as {@code 2-2-2-2-2}. */
    String groups(int n) {
        var sizes = new StringBuilder();
        int size = 1;
        for (int i = 1; i < n; i++) {
            if (gap[i] != 0) {
                sizes.append(size).append('-');
                size = 0;
            }
            size++;
        }
        return sizes.append(size).toString();
    }

    /** Whether the digits from {@code from} on begin with these. */
    boolean startsWith(String digits, int from) {
        if (from + digits.length() > count) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digit[from + i] != digits.charAt(i) - '0') {
                return false;
            }
        }
        return true;
    }

    private void add(int value, int endsAt, char gapBefore) {
        digit[count] = value;
        end[count] = endsAt;
        gap[count++] = gapBefore;
    }

    /** Behind the blanks and marks that stand here, when a digit follows; otherwise {@code at}. */
    private int overGap(int at) {
        int next = at;
        int marks = 0;
        while (next < text.length() && next - at < GAP_MAX && isGap(text.charAt(next))) {
            marks += isMark(text.charAt(next)) ? 1 : 0;
            next++;
        }
        return next < text.length() && marks < 2 && value(text.charAt(next)) >= 0 ? next : at;
    }

    private char mark(int from, int until) {
        for (int i = from; i < until; i++) {
            if (isMark(text.charAt(i))) {
                return isDash(text.charAt(i)) ? '-' : text.charAt(i);
            }
        }
        return ' ';
    }

    private static boolean isGap(char c) {
        return isBlank(c) || isMark(c) || c == '(' || c == ')';
    }

    private static boolean isMark(char c) {
        return c == '.' || c == '/' || isDash(c);
    }

    private static boolean isDash(char c) {
        return c == '-' || (c >= '\u2010' && c <= '\u2014');
    }
}
