package io.vigie.server;

import io.vigie.index.Bucket;
import io.vigie.index.Interval;
import io.vigie.index.SearchRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses the width of a histogram's buckets so that a few dozen of them cover its time. */
final class HistogramWidth {
    private static final Duration HOURS_UP_TO = Duration.ofDays(3);
    private static final Duration DAYS_UP_TO = Duration.ofDays(120);
    private static final Duration WEEKS_UP_TO = Duration.ofDays(3 * 365);
    private static final Duration MONTH_MAX = Duration.ofDays(31);

    private HistogramWidth() {}

    static Interval over(Instant from, Instant to) {
        Duration span = Duration.between(from, to);
        if (span.compareTo(HOURS_UP_TO) <= 0) {
            return Interval.HOUR;
        }
        if (span.compareTo(DAYS_UP_TO) <= 0) {
            return Interval.DAY;
        }
        return span.compareTo(WEEKS_UP_TO) <= 0 ? Interval.WEEK : Interval.MONTH;
    }

    /** Asks how much time the result of a request spans, and for nothing else. */
    static SearchRequest months(SearchRequest request) {
        return new SearchRequest(
                request.query(),
                request.filters(),
                request.from(),
                request.to(),
                request.sort(),
                0,
                Optional.empty(),
                Set.of(),
                Optional.of(Interval.MONTH),
                request.zone(),
                false);
    }

    /** For results that are only known by month. */
    static Interval over(List<Bucket> months) {
        if (months.isEmpty()) {
            return Interval.DAY;
        }
        return over(months.getFirst().start(), months.getLast().start().plus(MONTH_MAX));
    }
}
