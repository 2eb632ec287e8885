package io.vigie.index;

import java.time.Instant;

/**
 * One bar of a histogram.
 *
 * @param start its first instant; it ends where the next one starts
 * @param count verbatims in it, 0 or more
 */
public record Bucket(Instant start, long count) {
    /** Most buckets of one histogram. */
    public static final int BUCKETS_MAX = 10_000;
}
