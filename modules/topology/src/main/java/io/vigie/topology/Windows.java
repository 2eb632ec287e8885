package io.vigie.topology;

import io.vigie.events.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows of the counts. They are of event time and never close: a late event, or years of imported ones, are counted
 * where they belong, as long as rows of that age are kept at all.
 */
final class Windows {
    static final Duration FIVE_MINUTES_KEPT = Duration.ofDays(2);
    static final Duration HOURS_KEPT = Duration.ofDays(100);
    static final Duration DAYS_KEPT = Duration.ofDays(800);

    private static final long FIVE_MINUTES_MILLIS = Duration.ofMinutes(5).toMillis();

    private final ZoneId zone;

    /** @param zone decides when a day begins; a day may have 23 or 25 hours */
    Windows(ZoneId zone) {
        this.zone = zone;
    }

    /** Where a verbatim is counted: for each theme and each size that is still kept, in all channels and in its own. */
    List<Row> rows(Facts facts, Instant now) {
        var rows = new ArrayList<Row>();
        for (WindowSize size : WindowSize.values()) {
            Instant start = start(size, facts.at());
            if (!expired(size, start, now)) {
                for (String theme : facts.themes()) {
                    rows.add(new Row(facts.offerId(), theme, size, start, null));
                    rows.add(new Row(facts.offerId(), theme, size, start, facts.channel()));
                }
            }
        }
        return rows;
    }

    Instant start(WindowSize size, Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return switch (size) {
            case FIVE_MINUTES ->
                Instant.ofEpochMilli(at.toEpochMilli() - Math.floorMod(at.toEpochMilli(), FIVE_MINUTES_MILLIS));
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY -> local.toLocalDate().atStartOfDay(zone).toInstant();
        };
    }

    Instant end(WindowSize size, Instant start) {
        return switch (size) {
            case FIVE_MINUTES -> start.plusMillis(FIVE_MINUTES_MILLIS);
            case HOUR -> start.plus(1, ChronoUnit.HOURS);
            case DAY ->
                start.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        };
    }

    /** Whether rows of that size and age are no longer kept: they leave the state, and are not made. */
    static boolean expired(WindowSize size, Instant start, Instant now) {
        return start.plus(kept(size)).isBefore(now);
    }

    private static Duration kept(WindowSize size) {
        return switch (size) {
            case FIVE_MINUTES -> FIVE_MINUTES_KEPT;
            case HOUR -> HOURS_KEPT;
            case DAY -> DAYS_KEPT;
        };
    }
}
