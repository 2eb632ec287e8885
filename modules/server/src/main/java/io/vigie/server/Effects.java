package io.vigie.server;

import io.vigie.index.SearchRequest;
import io.vigie.server.Recurrence.Windows;
import io.vigie.server.RecurrenceCheck.Tested;
import io.vigie.server.page.EffectView;
import io.vigie.server.page.EffectView.Bar;
import io.vigie.server.page.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Puts into words whether what was decided has helped. */
final class Effects {
    private static final double FULL = 100;

    private Effects() {}

    /** One window: so many cases of so many verbatims, and where they are. */
    private record Counted(long cases, SearchRequest casesSearch, long of, SearchRequest ofSearch) {
        double share() {
            return of == 0 ? 0 : (double) cases / of;
        }
    }

    /** @param until when the window will be over */
    static EffectView view(Tested tested, Instant until, Wording in, ZoneId zone) {
        Recurrence recurrence = tested.recurrence();
        RateChange change = recurrence.change();
        Windows windows = recurrence.windows();
        var searches = tested.searches();
        var before = new Counted(change.before(), searches.before(), change.beforeOf(), searches.beforeOf());
        var after = new Counted(change.after(), searches.after(), change.afterOf(), searches.afterOf());
        double longest = Math.max(before.share(), after.share());
        String later = windows.begun() ? days(windows.effective(), windows.to(), in) : in.say("effect.later");
        return new EffectView(
                verdict(recurrence, in),
                switch (recurrence.verdict()) {
                    case IMPROVED -> "good";
                    case NOT_IMPROVED -> "bad";
                    case TOO_EARLY -> "";
                },
                because(recurrence, in),
                change(change, in),
                windows.over() ? Optional.empty() : Optional.of(in.say("effect.until", in.day(until))),
                bar(in.say("effect.before"), days(windows.from(), windows.effective(), in), before, longest, in, zone),
                bar(in.say("effect.after"), later, after, longest, in, zone));
    }

    private static String days(Instant from, Instant to, Wording in) {
        return in.say("effect.days", in.day(from), in.day(to));
    }

    private static Bar bar(String name, String days, Counted counted, double longest, Wording in, ZoneId zone) {
        return new Bar(
                name,
                days,
                counted.of() == 0 ? "–" : in.percent(counted.share()),
                String.format(Locale.ROOT, "%.1f%%", longest == 0 ? 0 : FULL * counted.share() / longest),
                in.count("effect.cases", counted.cases()),
                SearchLinks.of(counted.casesSearch(), zone),
                in.count("effect.of", counted.of()),
                SearchLinks.of(counted.ofSearch(), zone));
    }

    private static String verdict(Recurrence recurrence, Wording in) {
        return switch (recurrence.verdict()) {
            case IMPROVED -> in.say("effect.improved");
            case NOT_IMPROVED -> in.say("effect.notimproved");
            case TOO_EARLY -> in.say("effect.tooearly");
        };
    }

    private static String because(Recurrence recurrence, Wording in) {
        return switch (recurrence.reason()) {
            case NOTHING_BEFORE -> in.say("effect.because.nothingbefore");
            case NOTHING_AFTER -> in.say("effect.because.nothingafter");
            case SMALLER -> in.say("effect.because.smaller", level(recurrence, in));
            case LARGER -> in.say("effect.because.larger", level(recurrence, in));
            case NOT_OVER -> in.say("effect.because.notover");
            case TOO_FEW -> in.say("effect.because.toofew");
            case NOT_SURE -> in.say("effect.because.notsure");
        };
    }

    private static String level(Recurrence recurrence, Wording in) {
        return recurrence.windows().over()
                ? in.decimal(FULL * Recurrence.LEVEL, 1)
                : in.decimal(FULL * Recurrence.EARLY_LEVEL, 2);
    }

    /** Of the share, when there is one to speak of. */
    private static Optional<String> change(RateChange change, Wording in) {
        if (change.beforeOf() == 0 || change.afterOf() == 0 || change.before() == 0) {
            return Optional.empty();
        }
        return Optional.of(in.say(
                "effect.change",
                in.signedPercent(change.ratio() - 1),
                in.signedPercent(change.low() - 1),
                in.signedPercent(change.high() - 1),
                in.percent(RateChange.CONFIDENCE)));
    }
}
