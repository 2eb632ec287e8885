package io.vigie.server;

import io.vigie.events.Signal;
import io.vigie.index.Bucket;
import io.vigie.index.Interval;
import io.vigie.index.SearchRequest;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Chart;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How often what a signal is about was said on each day: what was usual, and what came after. Each bar leads to its verbatims. */
final class SignalChart {
    /** Whether something goes on is seen within two weeks. */
    private static final int DAYS_AFTER = 14;

    private final Wording in;
    private final SearchEndpoint search;
    private final ZoneId zone;

    SignalChart(Wording in, SearchEndpoint search, ZoneId zone) {
        this.in = in;
        this.search = search;
        this.zone = zone;
    }

    /** Empty when nothing of it is in the index any more. */
    Optional<Chart> chart(Signal signal, Instant now) throws Refusal, IOException {
        LocalDate from = day(signal.getWindowStart()).minus(SignalTelling.USUAL);
        LocalDate rose = day(signal.getWindowEnd());
        LocalDate known = day(now).isBefore(rose) ? rose : day(now);
        LocalDate end = rose.plusDays(DAYS_AFTER);
        LocalDate until = (known.isBefore(end) ? known : end).plusDays(1);
        SearchRequest said = SignalTelling.asked(signal);
        Map<LocalDate, Long> counts = search
                .answered(
                        Endpoint.SEARCH,
                        said.withFrom(start(from))
                                .withTo(start(until))
                                .withSize(0)
                                .withHistogram(Interval.DAY, zone))
                .histogram()
                .stream()
                .collect(Collectors.toMap(bucket -> day(bucket.start()), Bucket::count));
        if (counts.values().stream().allMatch(count -> count == 0)) {
            return Optional.empty();
        }
        List<LocalDate> days = from.datesUntil(until).toList();
        var columns = new ArrayList<Chart.Column>();
        for (LocalDate day : days) {
            columns.add(column(said, day, counts.getOrDefault(day, 0L)));
        }
        long most = columns.stream().mapToLong(Chart.Column::total).max().orElse(0);
        return Optional.of(new Chart(
                "volume",
                in.say("offer.chart.day"),
                in.say(
                        "offer.chart.description",
                        columns.getFirst().label(),
                        columns.getLast().label(),
                        most),
                in.say("offer.chart.head"),
                List.of(in.say("chart.total")),
                columns,
                List.of(new Chart.Marker(
                        days.indexOf(day(signal.getSince())), in.say("signal.chart.since"), Optional.empty())),
                in));
    }

    private Chart.Column column(SearchRequest said, LocalDate day, long count) {
        String address = ListAddress.of(said.withFrom(start(day)).withTo(start(day.plusDays(1))), zone);
        return new Chart.Column(
                in.day(start(day)),
                in.shortDay(start(day)),
                Optional.of(address),
                "",
                "",
                List.of(Chart.Count.of(count, address)));
    }

    private LocalDate day(Instant time) {
        return time.atZone(zone).toLocalDate();
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
