package io.vigie.index;

/**
 * How many verbatims of a result have a value.
 *
 * @param value as it was put
 * @param count above 0
 */
public record Count(String value, long count) {
    /** Most values counted of one dimension: the most frequent first, ties in the order of their values. */
    public static final int VALUES_MAX = 100;
}
