package io.vigie.topology.signals;

import java.time.Instant;
import java.time.ZoneId;

/** What the past of an offer makes expect of its themes, now. */
final class Outlook {
    static final double WEEKS_PER_MONTH = 365.25 / 12 / 7;
    /** Jeffreys' prior of a rate: half a mention over no time. */
    private static final double PRIOR = 0.5;
    /** A day whose count is rarer than this is an outbreak, and enters the baseline cut. */
    private static final double OUTBREAK = 0.001;
    /** As if a theme's burstiness were learned from so many expected mentions of the whole offer. */
    private static final double OFFER_WEIGHT = 50;
    /** Weeks overlap: each mention is in seven of them. */
    private static final double OFFER_WEIGHT_WEEKS = 7 * OFFER_WEIGHT;
    /** The sizes of bursts fall off more slowly than negative binomial counts of the same variance; found by simulation. */
    private static final double LONG_TAIL = 1.25;
    /** Before so much is known, days are taken as they are. */
    private static final double WEEKS_MIN = 1;

    private final OfferPast offer;
    private final double[] shares;
    private final int offsetHours;

    Outlook(OfferPast offer, ZoneId zone) {
        this.offer = offer;
        this.shares = offer.season().shares();
        this.offsetHours = OfferPast.offsetHours(offer.now(), zone);
    }

    long hourNow() {
        return offer.hourNow();
    }

    Instant now() {
        return offer.now();
    }

    double themesPerMonth() {
        return Math.max(1, offer.verbatimsPerDay() * 7 * WEEKS_PER_MONTH * offer.themesPerVerbatim());
    }

    /** Closes the days of a series that are over, and learns from them. */
    void bringToNow(Series series) {
        series.counts().forgetBefore(offer.first());
        series.counts().advance(offer.hourNow(), (day, count, week) -> {
            double weeks = series.counts().weeksSince(offer.first());
            return weeks < WEEKS_MIN ? count : close(series, day, count, week, weeks);
        });
    }

    private double close(Series series, long day, int count, int week, double weeks) {
        double known = PRIOR + series.counts().level();
        double rate = known / weeks;
        double ofDay = rate * share(day * Counts.DAY, Counts.DAY);
        var expected = Expectation.of(ofDay, known, 0, series.byDay().towards(offer.dispersionByDay(), OFFER_WEIGHT));
        int kept = cut(count, expected);
        // What was told of is no noise: it would make the next rise look like more of it.
        if (!series.isTold(day * Counts.DAY, Counts.DAY)) {
            series.byDay().add(kept, ofDay, ofDay * ofDay / known);
            offer.addDay(kept, ofDay, ofDay * ofDay / known);
        }
        if (!series.isTold(day * Counts.DAY, Season.HOURS)) {
            series.byWeek().add(week, rate, rate * rate / known);
            offer.addWeek(week, rate, rate * rate / known);
        }
        return kept;
    }

    private static int cut(int count, Expectation expected) {
        int kept = count;
        while (kept > 1 && kept > expected.mean() && expected.tail(kept) < OUTBREAK) {
            kept--;
        }
        return kept;
    }

    /** What to expect of the last hours, the present one included as far as it is over. */
    Expectation expected(Series series, int hours) {
        double known = PRIOR + series.counts().level();
        double rate = known / Math.max(WEEKS_MIN, series.counts().weeksSince(offer.first()));
        long now = offer.hourNow();
        double weeks = share(now - hours, hours) + share(now, 1) * offer.hourElapsed();
        double byDay = series.byDay().towards(offer.dispersionByDay(), OFFER_WEIGHT);
        double dispersion = hours <= Counts.DAY
                ? byDay
                : Math.max(byDay, series.byWeek().towards(offer.dispersionByWeek(), OFFER_WEIGHT_WEEKS));
        double season = offer.season().uncertainty(Season.hourOfWeek(now, offsetHours), hours);
        return Expectation.of(rate * weeks, known, season, 1 + (dispersion - 1) * LONG_TAIL);
    }

    private double share(long from, int hours) {
        double share = 0;
        int at = Season.hourOfWeek(from, offsetHours);
        for (int i = 0; i < hours; i++) {
            share += shares[(at + i) % Season.HOURS];
        }
        return share;
    }
}
