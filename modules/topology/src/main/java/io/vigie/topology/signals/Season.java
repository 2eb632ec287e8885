package io.vigie.topology.signals;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * How the verbatims of an offer are spread over the hours of a week, all themes together: a single theme has too few to tell.
 * Little data says only which hours of a day and which days of a week are busy; more of it, each of the 168 hours.
 */
final class Season {
    static final int HOURS = 168;
    private static final int DAY = 24;
    private static final int DAYS = 7;
    /** 1970-01-01 was a Thursday; weeks begin with Monday. */
    private static final int THURSDAY = 3 * DAY;

    private static final double HALF_LIFE_WEEKS = 8;
    /** Weight of "busy hours times busy days" against what was counted: two verbatims for each hour of the week. */
    private static final double PATTERN_WEIGHT = 2.0 * HOURS;

    private final double[] heard = new double[HOURS];
    private long week;

    /** @param hour since the epoch, of the first verbatim */
    Season(long hour) {
        this.week = Math.floorDiv(hour, HOURS);
    }

    /** @param offsetHours of local time from UTC */
    static int hourOfWeek(long hour, int offsetHours) {
        return Math.floorMod(hour + offsetHours + THURSDAY, HOURS);
    }

    void add(long hour, int offsetHours) {
        long its = Math.floorDiv(hour, HOURS);
        if (its > week) {
            double fade = Math.pow(0.5, (its - week) / HALF_LIFE_WEEKS);
            for (int i = 0; i < HOURS; i++) {
                heard[i] *= fade;
            }
            week = its;
        }
        heard[hourOfWeek(hour, offsetHours)] += Math.pow(0.5, (week - its) / HALF_LIFE_WEEKS);
    }

    /** The shares of the hours of a week; they sum up to 1. */
    double[] shares() {
        var ofDay = new double[DAY];
        var ofWeek = new double[DAYS];
        double total = sums(ofDay, ofWeek);
        var shares = new double[HOURS];
        for (int i = 0; i < HOURS; i++) {
            double pattern = (ofDay[i % DAY] + 1) / (total + DAY) * (ofWeek[i / DAY] + 1) / (total + DAYS);
            shares[i] = (heard[i] + PATTERN_WEIGHT * pattern) / (total + PATTERN_WEIGHT);
        }
        return shares;
    }

    /** Relative variance of what {@link #shares} says of a window of so many hours that ends in an hour of the week. */
    double uncertainty(int last, int hours) {
        if (hours >= HOURS) {
            return 0;
        }
        var ofDay = new double[DAY];
        var ofWeek = new double[DAYS];
        sums(ofDay, ofWeek);
        int first = Math.floorMod(last - hours + 1, HOURS);
        double days = ofWeek[last / DAY] + (first / DAY == last / DAY ? 0 : ofWeek[first / DAY]);
        if (hours >= DAY) {
            return 1 / (1 + days);
        }
        double ofHours = 0;
        for (int i = 0; i < hours; i++) {
            ofHours += ofDay[Math.floorMod(last - i, DAY)];
        }
        return 1 / (1 + days) + 1 / (1 + ofHours);
    }

    private double sums(double[] ofDay, double[] ofWeek) {
        double total = 0;
        for (int i = 0; i < HOURS; i++) {
            ofDay[i % DAY] += heard[i];
            ofWeek[i / DAY] += heard[i];
            total += heard[i];
        }
        return total;
    }

    void write(Encoder out) throws IOException {
        out.writeLong(week);
        var counts = ByteBuffer.allocate(HOURS * Float.BYTES);
        for (double count : heard) {
            counts.putFloat((float) count);
        }
        out.writeFixed(counts.array());
    }

    static Season read(Decoder in) throws IOException {
        var season = new Season(0);
        season.week = in.readLong();
        var counts = ByteBuffer.allocate(HOURS * Float.BYTES);
        in.readFixed(counts.array());
        for (int i = 0; i < HOURS; i++) {
            season.heard[i] = counts.getFloat();
        }
        return season;
    }
}
