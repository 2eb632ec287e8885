package io.vigie.topology.signals;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** What is remembered of an offer as a whole: its season, its volume, and how bursty its themes are together. */
final class OfferPast {
    /** After a silence of this length an offer is learned anew; imports reach back from its beginning as far at most. */
    private static final long SILENCE_HOURS_MAX = Duration.ofDays(28).toHours();

    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();
    /** What is assumed of an offer that little was heard about, as if learned from so many expected mentions. */
    private static final double DISPERSION = 1.3;

    private static final double DISPERSION_WEIGHT = 20;
    /** Weight of the newest verbatim in the means per verbatim. */
    private static final double NEWEST = 0.01;

    private final Season season;
    private final Counts verbatims;
    private final Dispersion byDay;
    private final Dispersion byWeek;
    private long first;
    private long now;
    private double themesPerVerbatim;
    private double rareTermsPerVerbatim;

    private OfferPast(Season season, Counts verbatims, Dispersion byDay, Dispersion byWeek) {
        this.season = season;
        this.verbatims = verbatims;
        this.byDay = byDay;
        this.byWeek = byWeek;
    }

    static OfferPast startingAt(Instant time) {
        long hour = hour(time.toEpochMilli());
        var past = new OfferPast(new Season(hour), new Counts(hour), new Dispersion(), new Dispersion());
        past.first = hour;
        past.now = time.toEpochMilli();
        past.themesPerVerbatim = 1;
        past.rareTermsPerVerbatim = 10;
        return past;
    }

    static long hour(long millis) {
        return Math.floorDiv(millis, Duration.ofHours(1).toMillis());
    }

    /** Brings it to the time of a verbatim; false when that is from before what is remembered. */
    boolean advance(Instant time) {
        long hour = hour(time.toEpochMilli());
        if (hour < first - SILENCE_HOURS_MAX) {
            return false;
        }
        if (hour - hour(now) > SILENCE_HOURS_MAX) {
            first = hour;
        }
        first = Math.min(first, hour);
        now = Math.max(now, time.toEpochMilli());
        verbatims.forgetBefore(first);
        verbatims.advance(hour(now), (day, count, week) -> count);
        return true;
    }

    void add(Mention mention, ZoneId zone) {
        long hour = hour(mention.occurredAt().toEpochMilli());
        season.add(hour, offsetHours(mention.occurredAt(), zone));
        verbatims.add(hour);
        themesPerVerbatim += NEWEST * (mention.themes().size() - themesPerVerbatim);
    }

    void addRareTerms(int terms) {
        rareTermsPerVerbatim += NEWEST * (terms - rareTermsPerVerbatim);
    }

    void addDay(double observed, double expected, double known) {
        byDay.add(observed, expected, known);
    }

    void addWeek(double observed, double expected, double known) {
        byWeek.add(observed, expected, known);
    }

    /** How bursty the themes of this offer are within a day. */
    double dispersionByDay() {
        return byDay.towards(DISPERSION, DISPERSION_WEIGHT);
    }

    double dispersionByWeek() {
        return byWeek.towards(dispersionByDay(), DISPERSION_WEIGHT);
    }

    boolean learnedFor(Duration time) {
        return now - first * HOUR_MILLIS >= time.toMillis();
    }

    long first() {
        return first;
    }

    /** The event time of the newest verbatim. */
    Instant now() {
        return Instant.ofEpochMilli(now);
    }

    long hourNow() {
        return hour(now);
    }

    /** How much of this hour is over, from 0 to 1. */
    double hourElapsed() {
        return now / HOUR_MILLIS - hour(now);
    }

    Season season() {
        return season;
    }

    double verbatimsPerDay() {
        return Math.max(0.5, verbatims.level()) / Math.max(1, verbatims.weeksSince(first)) / 7;
    }

    /** How many verbatims there were in the last 24 hours, by event time. */
    int lastDay() {
        return verbatims.between(hourNow() - Counts.DAY, hourNow());
    }

    double themesPerVerbatim() {
        return themesPerVerbatim;
    }

    double rareTermsPerVerbatim() {
        return rareTermsPerVerbatim;
    }

    static int offsetHours(Instant time, ZoneId zone) {
        return Math.floorDiv(zone.getRules().getOffset(time).getTotalSeconds(), 3_600);
    }

    void write(Encoder out) throws IOException {
        out.writeLong(first);
        out.writeLong(now);
        out.writeDouble(themesPerVerbatim);
        out.writeDouble(rareTermsPerVerbatim);
        season.write(out);
        verbatims.write(out);
        byDay.write(out);
        byWeek.write(out);
    }

    static OfferPast read(Decoder in) throws IOException {
        long first = in.readLong();
        long now = in.readLong();
        double themes = in.readDouble();
        double rareTerms = in.readDouble();
        var past = new OfferPast(Season.read(in), Counts.read(in), Dispersion.read(in), Dispersion.read(in));
        past.first = first;
        past.now = now;
        past.themesPerVerbatim = themes;
        past.rareTermsPerVerbatim = rareTerms;
        return past;
    }
}
