package io.vigie.topology.signals;

import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * How often something was heard: by hour in the last eight days, and before that as one number that fades. The last seven
 * full days are no part of that number, so that a rise is not measured against itself (the guard band of EARS C3).
 */
final class Counts {
    static final int DAY = 24;
    /** Half of what was heard six weeks ago is forgotten. */
    private static final double HALF_LIFE_DAYS = 42;

    private static final double DAY_FADE = Math.pow(0.5, 1 / HALF_LIFE_DAYS);
    private static final double DAYS_REMEMBERED = HALF_LIFE_DAYS / Math.log(2);
    private static final int GUARD_DAYS = 7;
    private static final int HOURS = (GUARD_DAYS + 1) * DAY;

    private final int[] ring = new int[HOURS];
    /** The first day in the ring, in days since the epoch. */
    private long openDay;

    private double level;

    /** Nothing was heard until now. */
    Counts(long hour) {
        this.openDay = Math.floorDiv(hour, DAY) - GUARD_DAYS;
    }

    /** Is told of each day as it leaves the ring. */
    interface Closing {
        /** Says how much of the day's count is to be remembered. */
        double closed(long day, int count, int weekFromThen);
    }

    /** Leaves everything before {@code first} behind, when it was left untouched since before then. */
    void forgetBefore(long first) {
        if (openDay + GUARD_DAYS < Math.floorDiv(first, DAY)) {
            level = 0;
            Arrays.fill(ring, 0);
            openDay = Math.floorDiv(first, DAY) - GUARD_DAYS;
        }
    }

    /** Brings the ring to now; the past does not come again. */
    void advance(long now, Closing closing) {
        long target = Math.floorDiv(now, DAY) - GUARD_DAYS;
        for (int i = 0; i <= GUARD_DAYS && openDay < target; i++) {
            close(closing);
        }
        if (openDay < target) {
            // The ring is empty by now: silence only fades.
            level *= Math.pow(DAY_FADE, (double) (target - openDay));
            openDay = target;
        }
    }

    private void close(Closing closing) {
        int count = sum(0, DAY);
        double kept = closing.closed(openDay, count, sum(0, GUARD_DAYS * DAY));
        level = level * DAY_FADE + kept;
        System.arraycopy(ring, DAY, ring, 0, HOURS - DAY);
        Arrays.fill(ring, HOURS - DAY, HOURS, 0);
        openDay++;
    }

    /** Counts one; {@link #advance} has brought the ring to this hour or later. */
    void add(long hour) {
        long at = hour - openDay * DAY;
        if (at >= 0) {
            ring[(int) at]++;
        } else {
            level += Math.pow(DAY_FADE, -at / (double) DAY);
        }
    }

    /** How many there were in the hours from {@code from} to {@code to}, both included, as far as the ring reaches. */
    int between(long from, long to) {
        long origin = openDay * DAY;
        return sum((int) Math.max(0, from - origin), (int) Math.min(HOURS, to - origin + 1));
    }

    /** The first hour from {@code from} on in which something was heard, or {@code from}. */
    long firstSince(long from) {
        long origin = openDay * DAY;
        for (int i = (int) Math.max(0, from - origin); i < HOURS; i++) {
            if (ring[i] > 0) {
                return origin + i;
            }
        }
        return from;
    }

    /** What was heard before the ring, the older the less. */
    double level() {
        return level;
    }

    /** How many weeks {@link #level} stands for when all began in an hour; a week long ago is a small part of one. */
    double weeksSince(long first) {
        double days = Math.max(0, openDay - first / (double) DAY);
        return DAYS_REMEMBERED * (1 - Math.pow(DAY_FADE, days)) / GUARD_DAYS;
    }

    private int sum(int from, int until) {
        int sum = 0;
        for (int i = from; i < until; i++) {
            sum += ring[i];
        }
        return sum;
    }

    void write(Encoder out) throws IOException {
        out.writeInt((int) openDay);
        out.writeDouble(level);
        int filled = 0;
        for (int count : ring) {
            filled += count > 0 ? 1 : 0;
        }
        out.writeInt(filled);
        for (int i = 0; i < HOURS; i++) {
            if (ring[i] > 0) {
                out.writeInt(i);
                out.writeInt(ring[i]);
            }
        }
    }

    static Counts read(Decoder in) throws IOException {
        var counts = new Counts(0);
        counts.openDay = in.readInt();
        counts.level = in.readDouble();
        int filled = in.readInt();
        for (int i = 0; i < filled; i++) {
            int at = in.readInt();
            counts.ring[at] = in.readInt();
        }
        return counts;
    }
}
