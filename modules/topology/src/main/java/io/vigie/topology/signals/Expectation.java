package io.vigie.topology.signals;

/**
 * What the past makes expect of a window.
 *
 * @param mean above 0
 * @param variance above {@code mean}
 */
record Expectation(double mean, double variance) {
    /**
     * A count whose rate was learned from {@code known} mentions: what is not known of a rate (the Gamma distribution that
     * Jeffreys' prior becomes) and of the season makes the count vary, besides chance and bursts.
     */
    static Expectation of(double mean, double known, double seasonUncertainty, double dispersion) {
        return new Expectation(mean, dispersion * mean + mean * mean * (1 / known + seasonUncertainty));
    }

    /** How likely so many or more are, for one of them. */
    double tail(int observed) {
        return NegativeBinomial.tailSeenFromOne(observed, mean, variance);
    }
}
