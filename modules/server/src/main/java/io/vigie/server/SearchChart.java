package io.vigie.server;

import io.vigie.index.Bucket;
import io.vigie.index.Interval;
import io.vigie.server.page.Chart;
import io.vigie.server.page.Names;
import io.vigie.server.page.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The volume over time of the search page. Each bar leads to the same search of its time alone. */
final class SearchChart {
    /** More bars than that are too thin to be pointed at; the latest are shown. */
    private static final int BARS_MAX = 160;

    private final Wording in;
    private final Names names;
    private final SearchState state;
    private final Instant now;

    SearchChart(Wording in, Names names, SearchState state, Instant now) {
        this.in = in;
        this.names = names;
        this.state = state;
        this.now = now;
    }

    Optional<Chart> chart(SearchPage.Answer answer, SearchCounts counts) {
        List<Bucket> all = answer.counts().histogram();
        if (all.isEmpty() || answer.request().interval().isEmpty()) {
            return Optional.empty();
        }
        Interval interval = answer.request().interval().get();
        List<Bucket> shown = all.subList(Math.max(0, all.size() - BARS_MAX), all.size());
        var columns = new ArrayList<Chart.Column>();
        for (int i = 0; i < shown.size(); i++) {
            Bucket bucket = shown.get(i);
            Instant end = i + 1 < shown.size() ? shown.get(i + 1).start() : after(bucket.start(), interval);
            columns.add(column(bucket, end, interval, counts));
        }
        String unit = in.say("unit." + interval.name().toLowerCase(Locale.ROOT));
        long most = columns.stream().mapToLong(Chart.Column::total).max().orElse(0);
        return Optional.of(new Chart(
                "volume",
                in.say("chart.volume", unit),
                in.say(
                        "chart.description",
                        columns.getFirst().label(),
                        columns.getLast().label(),
                        most,
                        columns.stream()
                                .filter(column -> column.total() == most)
                                .findFirst()
                                .orElseThrow()
                                .label()),
                in.say("chart.period"),
                series(counts),
                columns,
                List.of(),
                in));
    }

    private List<String> series(SearchCounts counts) {
        var series = new ArrayList<String>();
        counts.stacks()
                .forEach(stack -> series.add(names.value(stack.dimension().parameter(), stack.value(), in)));
        series.add(in.say("chart.others"));
        return series;
    }

    private Chart.Column column(Bucket bucket, Instant end, Interval interval, SearchCounts counts) {
        String from = SearchState.start(bucket.start(), in.zone());
        String to = interval == Interval.HOUR ? hour(end) : SearchState.end(end, in.zone());
        String first = interval == Interval.HOUR ? hour(bucket.start()) : from;
        SearchState within = state.between(first, to);
        var parts = new ArrayList<Chart.Count>();
        long rest = bucket.count();
        SearchState others = within;
        for (SearchCounts.Stack stack : counts.stacks()) {
            long part = Math.min(rest, stack.counts().getOrDefault(bucket.start(), 0L));
            parts.add(Chart.Count.of(part, stack.of(within, counts.stacks()).address()));
            others = others.excluding(stack.dimension(), stack.value());
            rest -= part;
        }
        parts.add(Chart.Count.of(rest, others.address()));
        return new Chart.Column(
                label(bucket.start(), end, interval),
                tick(bucket.start(), interval),
                Optional.of(within.address()),
                first,
                to,
                parts);
    }

    /** A midnight too is a time here: the end of an hour is not the end of a day. */
    private String hour(Instant time) {
        return time.atZone(in.zone()).toLocalDateTime().toString();
    }

    private String label(Instant start, Instant end, Interval interval) {
        return switch (interval) {
            case HOUR -> in.moment(start);
            case DAY -> in.day(start);
            case WEEK -> in.say("period.between", in.day(start), in.day(end.minusMillis(1)));
            case MONTH -> in.month(start);
        };
    }

    private String tick(Instant start, Interval interval) {
        return switch (interval) {
            case HOUR -> {
                ZonedDateTime time = start.atZone(in.zone());
                yield time.getHour() == 0 ? in.shortDay(start) : in.time(start);
            }
            case DAY, WEEK -> isOfThisYear(start) ? in.shortDay(start) : in.day(start);
            case MONTH -> in.month(start);
        };
    }

    private boolean isOfThisYear(Instant start) {
        ZoneId zone = in.zone();
        return start.atZone(zone).getYear() == now.atZone(zone).getYear();
    }

    private Instant after(Instant start, Interval interval) {
        ZonedDateTime time = start.atZone(in.zone());
        ZonedDateTime end = switch (interval) {
            case HOUR -> time.plusHours(1);
            case DAY -> time.plusDays(1);
            case WEEK -> time.plusWeeks(1);
            case MONTH -> time.plusMonths(1);
        };
        return end.toInstant();
    }
}
