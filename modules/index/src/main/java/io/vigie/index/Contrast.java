package io.vigie.index;

/**
 * How often something is on two sides, and what that says. The sides must not share a verbatim.
 *
 * @param first verbatims of the first side that have it, from 0 to the total
 * @param firstTotal verbatims of the first side
 * @param second verbatims of the second side that have it, from 0 to the total
 * @param secondTotal verbatims of the second side
 */
public record Contrast(long first, long firstTotal, long second, long secondTotal) {
    /** Added to every count, so that a side without any has a finite ratio (Haldane and Anscombe, 1956). */
    private static final double SMOOTHING = 0.5;

    public Contrast {
        if (first < 0 || first > firstTotal || second < 0 || second > secondTotal) {
            throw new IllegalArgumentException(
                    "impossible counts " + first + " of " + firstTotal + " and " + second + " of " + secondTotal);
        }
    }

    /** Part of the first side that has it, from 0 to 1; 0 of an empty side. */
    public double firstShare() {
        return firstTotal == 0 ? 0 : (double) first / firstTotal;
    }

    /** Part of the second side that has it, from 0 to 1; 0 of an empty side. */
    public double secondShare() {
        return secondTotal == 0 ? 0 : (double) second / secondTotal;
    }

    /** Above 0 when the first side has more of it, from -1 to 1. */
    public double difference() {
        return firstShare() - secondShare();
    }

    /**
     * The size of the difference whatever the counts: the natural logarithm of the ratio of the odds, smoothed. 0.7 is about
     * twice as often for what is rare.
     */
    public double logOdds() {
        return Math.log(((first + SMOOTHING) * (secondTotal - second + SMOOTHING))
                / ((firstTotal - first + SMOOTHING) * (second + SMOOTHING)));
    }

    /**
     * How surely it differs: the log-likelihood ratio of both sides having it alike, with one degree of freedom. It holds
     * for rare words too, where Pearson's test finds differences that are none (T. Dunning, "Accurate methods for the
     * statistics of surprise and coincidence", 1993).
     */
    public double g2() {
        double all = firstTotal + secondTotal;
        double with = first + second;
        double sum = term(first, firstTotal * with / all)
                + term(firstTotal - first, firstTotal * (all - with) / all)
                + term(second, secondTotal * with / all)
                + term(secondTotal - second, secondTotal * (all - with) / all);
        // Of equal shares it is 0, but for rounding.
        return Math.max(0, 2 * sum);
    }

    private static double term(long observed, double expected) {
        return observed == 0 ? 0 : observed * Math.log(observed / expected);
    }

    /** How often chance alone would make a difference as sure as this one, from 0 to 1. */
    public double p() {
        return Significance.chiSquare(g2());
    }
}
