package io.vigie.index;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** Divides time into calendar units of a zone: without gaps and overlaps, also where clocks change. */
record CalendarBuckets(Interval interval, ZoneId zone) {
    private static final Instant TIME_MIN = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant TIME_MAX = Instant.parse("9999-12-31T00:00:00Z");

    /** Milliseconds since the epoch of an instant; one that no calendar on a wall has becomes the nearest that has. */
    static long millis(Instant instant) {
        if (instant.isBefore(TIME_MIN)) {
            return TIME_MIN.toEpochMilli();
        }
        return instant.isAfter(TIME_MAX) ? TIME_MAX.toEpochMilli() : instant.toEpochMilli();
    }

    /** The start of the bucket that an instant is in, both in milliseconds since the epoch. */
    long start(long millis) {
        long start = rounded(millis);
        for (long next = next(start); next <= millis; next = next(start)) {
            start = next;
        }
        return start;
    }

    /** The start of the bucket after one that starts here. */
    long next(long start) {
        var local = local(start);
        var next = switch (interval) {
            case HOUR -> local.plusHours(1).truncatedTo(ChronoUnit.HOURS);
            case DAY -> midnight(local.toLocalDate().plusDays(1));
            case WEEK -> midnight(monday(local.toLocalDate()).plusWeeks(1));
            case MONTH -> midnight(local.toLocalDate().withDayOfMonth(1).plusMonths(1));
        };
        long millis = next.toInstant().toEpochMilli();
        // Where clocks go back by less than an hour, rounding can lead back to where it came from.
        return millis > start ? millis : start + ChronoUnit.HOURS.getDuration().toMillis();
    }

    private long rounded(long millis) {
        var local = local(millis);
        var rounded = switch (interval) {
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
            case DAY -> midnight(local.toLocalDate());
            case WEEK -> midnight(monday(local.toLocalDate()));
            case MONTH -> midnight(local.toLocalDate().withDayOfMonth(1));
        };
        return rounded.toInstant().toEpochMilli();
    }

    private ZonedDateTime local(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone);
    }

    private ZonedDateTime midnight(LocalDate date) {
        return date.atStartOfDay(zone);
    }

    private static LocalDate monday(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
