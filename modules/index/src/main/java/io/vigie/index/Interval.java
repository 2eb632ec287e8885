package io.vigie.index;

/** The width of a histogram's buckets: calendar units of a time zone, so a day may have 23 or 25 hours. */
public enum Interval {
    HOUR,
    DAY,
    /** Starts on Monday. */
    WEEK,
    MONTH
}
