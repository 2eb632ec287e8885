package io.vigie.understanding;

/**
 * How often one label was told rightly.
 *
 * @param hits told and right
 * @param alarms told and wrong
 * @param misses right and not told
 */
public record Score(long hits, long alarms, long misses) {
    static final Score NONE = new Score(0, 0, 0);

    Score plus(Score other) {
        return new Score(hits + other.hits, alarms + other.alarms, misses + other.misses);
    }

    /** The share of what was told that is right, in [0, 1]; 1 when nothing was told. */
    public double precision() {
        return hits + alarms == 0 ? 1 : hits / (double) (hits + alarms);
    }

    /** The share of what is right that was told, in [0, 1]; 1 when nothing is. */
    public double recall() {
        return hits + misses == 0 ? 1 : hits / (double) (hits + misses);
    }

    /** The harmonic mean of precision and recall (van Rijsbergen, 1979); 1 when nothing is right and nothing was told. */
    public double f1() {
        long wrong = alarms + misses;
        return hits + wrong == 0 ? 1 : 2.0 * hits / (2 * hits + wrong);
    }
}
