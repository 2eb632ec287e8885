package io.vigie.server;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The period of equal length just before another, by the calendar of a zone: the month before a month, not 31 days. */
final class PreviousPeriod {
    private PreviousPeriod() {}

    /** Where it starts; it ends where the other starts. */
    static Instant start(Instant from, Instant to, ZoneId zone) {
        ZonedDateTime start = from.atZone(zone);
        ZonedDateTime end = to.atZone(zone);
        long months = ChronoUnit.MONTHS.between(start, end);
        if (months > 0 && start.plusMonths(months).equals(end)) {
            return start.minusMonths(months).toInstant();
        }
        // Days have 23 or 25 hours where clocks change; what is left of the last one has as many as it has.
        long days = ChronoUnit.DAYS.between(start, end);
        long rest = ChronoUnit.MILLIS.between(start.plusDays(days), end);
        return start.minusDays(days).minus(rest, ChronoUnit.MILLIS).toInstant();
    }
}
