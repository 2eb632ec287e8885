package io.vigie.index;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a value with comparison signs, brackets or dots asks for: {@code >=3}, {@code 0..6}, {@code [a TO b]} with both
 * ends, <code>{a TO b}</code> without them, and {@code *} for an open end.
 *
 * @param from empty when it is open, like {@code to}; of one value both are that value
 */
record QueryRange(Form form, Optional<End> from, Optional<End> to) {
    /** How it was written. */
    enum Form {
        VALUE,
        COMPARISON,
        RANGE
    }

    private static final Pattern TO = Pattern.compile("[\\s\\h]+(?:TO|to|À|à|A)[\\s\\h]+|\\.\\.");

    /** One end, as typed. */
    record End(String text, int column, boolean inclusive) {}

    static QueryRange of(String value, int column) throws QueryRefused {
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        if (first == '[' || first == '{') {
            return bracketed(value, column);
        }
        int signs = 0;
        while (signs < value.length() && "<>=≤≥".indexOf(value.charAt(signs)) >= 0) {
            signs++;
        }
        if (signs > 0) {
            return compared(value.substring(0, signs), end(value, signs, value.length(), column, true), column);
        }
        var dots = TO.matcher(value);
        if (dots.find()) {
            return between(value, 0, dots.start(), dots.end(), value.length(), column, true, true);
        }
        var end = end(value, 0, value.length(), column, true);
        return new QueryRange(Form.VALUE, Optional.of(end), Optional.of(end));
    }

    private static QueryRange bracketed(String value, int column) throws QueryRefused {
        var to = TO.matcher(value);
        int last = value.length() - 1;
        boolean closed = last > 0 && (value.charAt(last) == ']' || value.charAt(last) == '}');
        if (!closed || !to.find()) {
            throw QueryRefused.syntax(
                    column,
                    "the range at column " + column + " needs two ends, as in [1 TO 3], or * for an open one; not "
                            + value);
        }
        return between(value, 1, to.start(), to.end(), last, column, value.charAt(0) == '[', value.charAt(last) == ']');
    }

    private static QueryRange between(
            String value, int start, int firstEnd, int second, int end, int column, boolean from, boolean to) {
        return new QueryRange(
                Form.RANGE, some(end(value, start, firstEnd, column, from)), some(end(value, second, end, column, to)));
    }

    private static QueryRange compared(String signs, End end, int column) throws QueryRefused {
        return switch (signs) {
            case ">=", "=>", "≥" -> new QueryRange(Form.COMPARISON, Optional.of(end), Optional.empty());
            case ">" -> new QueryRange(Form.COMPARISON, Optional.of(exclusive(end)), Optional.empty());
            case "<=", "=<", "≤" -> new QueryRange(Form.COMPARISON, Optional.empty(), Optional.of(end));
            case "<" -> new QueryRange(Form.COMPARISON, Optional.empty(), Optional.of(exclusive(end)));
            case "=" -> new QueryRange(Form.VALUE, Optional.of(end), Optional.of(end));
            default ->
                throw QueryRefused.syntax(
                        column, "unknown sign " + signs + " at column " + column + "; write >=, >, <= or <");
        };
    }

    private static End exclusive(End end) {
        return new End(end.text(), end.column(), false);
    }

    private static Optional<End> some(End end) {
        return end.text().isEmpty() || end.text().equals("*") ? Optional.empty() : Optional.of(end);
    }

    /** A part of a value without the spaces around it. */
    private static End end(String value, int start, int end, int column, boolean inclusive) {
        int from = start;
        int to = end;
        while (from < to && QueryLexer.isSpace(value.charAt(from))) {
            from++;
        }
        while (to > from && QueryLexer.isSpace(value.charAt(to - 1))) {
            to--;
        }
        return new End(value.substring(from, to), from < to ? column + from : column, inclusive);
    }
}
