package io.vigie.topology.signals;

import io.vigie.events.Signal;
import io.vigie.events.SignalCause;
import io.vigie.events.SignalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A window in which a theme was heard unusually often.
 *
 * @param hours of the window before the present one
 * @param falseAlarmsPerMonth how many as unlikely chance raises in a month
 */
record Rise(int hours, int observed, double expected, double falseAlarmsPerMonth) {
    private static final int EVIDENCE_MAX = 20;

    Signal signal(Mention mention, String theme, Series series, Outlook outlook, Counts everywhere) {
        long from = outlook.hourNow() - hours;
        List<Series.Recent> evidence = series.since(from);
        Instant start = instant(from);
        return Signal.newBuilder()
                .setSignalId(String.join("|", mention.offerId(), "RISE", theme, start.toString()))
                .setKind(SignalKind.RISE)
                .setOfferId(mention.offerId())
                .setTheme(theme)
                .setWindowStart(start)
                .setWindowEnd(outlook.now())
                .setSince(instant(series.counts().firstSince(from)))
                .setDetectedAt(mention.heardAt())
                .setObserved(observed)
                .setExpected(expected)
                .setFalseAlarmsPerMonth(falseAlarmsPerMonth)
                .setExplanation(causes(mention.offerId(), series, everywhere, from, outlook.hourNow(), evidence))
                .setVerbatimIds(evidence.stream()
                        .limit(EVIDENCE_MAX)
                        .map(Series.Recent::verbatimId)
                        .toList())
                .build();
    }

    /** Whether the offer stands out among all offers is asked of the counts; the rest of the newest mentions themselves. */
    private List<SignalCause> causes(
            String offerId, Series series, Counts everywhere, long from, long to, List<Series.Recent> evidence) {
        var causes = new ArrayList<>(series.usual()
                .standingOut(evidence.stream().map(Series.Recent::values).toList()));
        causes.add(Usual.cause(
                "offer=" + offerId,
                observed,
                Math.max(observed, everywhere.between(from, to)),
                series.counts().level(),
                Math.max(series.counts().level(), everywhere.level())));
        return Usual.strongest(causes);
    }

    static Instant instant(long hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }
}
