package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.Intent;
import io.vigie.index.Bucket;
import io.vigie.index.Interval;
import io.vigie.index.SearchRequest;
import io.vigie.server.page.Chart;
import io.vigie.server.page.Wording;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was said about an offer over time, with what was decided. Each bar leads to its verbatims. */
final class OfferChart {
    /** What is neither complained nor asked. */
    private static final String OTHERS =
            "-intent:\"" + Intent.COMPLAINT.name() + "\" -intent:\"" + Intent.QUESTION.name() + "\"";

    private final Wording in;
    private final OfferFigures figures;
    private final PagePeriod period;
    private final Interval interval;

    OfferChart(Wording in, OfferFigures figures) {
        this.in = in;
        this.figures = figures;
        this.period = figures.period();
        this.interval = HistogramWidth.over(period.from(), period.to());
    }

    /** @param decisions each is marked where it took effect, as far as that is in the period */
    Optional<Chart> chart(List<Action> decisions) {
        List<Bucket> buckets = figures.all().histogram();
        if (buckets.isEmpty() || figures.all().total() == 0) {
            return Optional.empty();
        }
        var columns = new ArrayList<Chart.Column>();
        for (int i = 0; i < buckets.size(); i++) {
            Instant start = buckets.get(i).start();
            Instant end = i + 1 < buckets.size() ? buckets.get(i + 1).start() : after(start);
            columns.add(column(buckets.get(i), end));
        }
        long most = columns.stream().mapToLong(Chart.Column::total).max().orElse(0);
        return Optional.of(new Chart(
                "volume",
                title(),
                in.say(
                        "offer.chart.description",
                        columns.getFirst().label(),
                        columns.getLast().label(),
                        most),
                in.say("offer.chart.head"),
                List.of(
                        in.say("offer.chart.complaints"),
                        in.say("offer.chart.questions"),
                        in.say("offer.chart.others")),
                columns,
                markers(buckets, decisions),
                in));
    }

    private String title() {
        return switch (interval) {
            case HOUR -> in.say("offer.chart.hour");
            case DAY -> in.say("offer.chart.day");
            case WEEK -> in.say("offer.chart.week");
            case MONTH -> in.say("offer.chart.month");
        };
    }

    private Chart.Column column(Bucket bucket, Instant end) {
        long complaints = Math.min(bucket.count(), figures.complaints().getOrDefault(bucket.start(), 0L));
        long questions =
                Math.min(bucket.count() - complaints, figures.questions().getOrDefault(bucket.start(), 0L));
        Instant from = bucket.start().isBefore(period.from()) ? period.from() : bucket.start();
        Instant to = end.isAfter(period.to()) ? period.to() : end;
        SearchRequest said =
                OfferFigures.asking("", figures.offerId()).withFrom(from).withTo(to);
        SearchRequest others =
                OfferFigures.asking(OTHERS, figures.offerId()).withFrom(from).withTo(to);
        return new Chart.Column(
                label(from, to),
                interval == Interval.HOUR && from.atZone(period.zone()).getHour() != 0
                        ? in.time(from)
                        : interval == Interval.MONTH ? in.month(from) : in.shortDay(from),
                Optional.of(ListAddress.of(said, period.zone())),
                "",
                "",
                List.of(
                        counted(complaints, OfferFigures.of(said, Intent.COMPLAINT)),
                        counted(questions, OfferFigures.of(said, Intent.QUESTION)),
                        counted(bucket.count() - complaints - questions, others)));
    }

    private Chart.Count counted(long count, SearchRequest request) {
        return Chart.Count.of(count, ListAddress.of(request, period.zone()));
    }

    private String label(Instant from, Instant to) {
        return switch (interval) {
            case HOUR -> in.moment(from);
            case DAY -> in.day(from);
            case WEEK -> in.say("range.between", in.shortDay(from), in.day(to.minusMillis(1)));
            case MONTH -> in.month(from);
        };
    }

    private Instant after(Instant start) {
        ZonedDateTime time = start.atZone(period.zone());
        ZonedDateTime end = switch (interval) {
            case HOUR -> time.plusHours(1);
            case DAY -> time.plusDays(1);
            case WEEK -> time.plusWeeks(1);
            case MONTH -> time.plusMonths(1);
        };
        return end.toInstant();
    }

    private List<Chart.Marker> markers(List<Bucket> buckets, List<Action> decisions) {
        var markers = new ArrayList<Chart.Marker>();
        for (Action action : decisions) {
            if (period.within().holds(action.getEffectiveAt())) {
                int column = 0;
                while (column + 1 < buckets.size()
                        && !buckets.get(column + 1).start().isAfter(action.getEffectiveAt())) {
                    column++;
                }
                markers.add(new Chart.Marker(
                        column, action.getTitle(), Optional.of("#" + DecisionTelling.element(action))));
            }
        }
        markers.sort(Comparator.comparingInt(Chart.Marker::column));
        return markers;
    }
}
