package io.vigie.topology.signals;

/**
 * Counts whose rate is itself uncertain: Poisson counts whose rate follows a Gamma distribution. Both what we do not know of
 * a rate and customers who come in bursts make the variance larger than the mean.
 */
final class NegativeBinomial {
    private static final int TERMS_MAX = 10_000;
    private static final double NEGLIGIBLE = 1e-10;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    private NegativeBinomial() {}

    /**
     * How likely it is, seen from a mention, that its window holds at least {@code observed} mentions including itself.
     *
     * <p>A look is taken only when something was said, and a window that ends with a mention holds that mention for
     * certain. What else it holds has the distribution of the counts seen from one of the counted: Poisson counts stay as
     * they are (Mecke's formula), and a Gamma-distributed rate of shape r becomes one of shape r + 1.
     *
     * @param mean expected mentions, above 0
     * @param variance above {@code mean}
     */
    static double tailSeenFromOne(int observed, double mean, double variance) {
        double odds = (variance - mean) / mean;
        return tail(observed - 1, mean / odds + 1, odds);
    }

    /** How likely a count of at least {@code observed} is. */
    static double tail(int observed, double shape, double odds) {
        if (observed <= shape * odds) {
            // As many as the mean: never unusual, and the sum below would be long.
            return observed <= 0 ? 1 : 0.5;
        }
        double success = odds / (1 + odds);
        double term = Math.exp(logGamma(observed + shape)
                - logGamma(shape)
                - logGamma(observed + 1.0)
                - shape * Math.log1p(odds)
                + observed * Math.log(success));
        double sum = 0;
        for (int i = observed; i < observed + TERMS_MAX && term > sum * NEGLIGIBLE; i++) {
            sum += term;
            term *= success * (i + shape) / (i + 1);
        }
        return Math.min(1, sum);
    }

    /** Stirling's series, after the recurrence has brought the argument above 10; right to 1e-10 for x above 0. */
    static double logGamma(double x) {
        double shift = 0;
        double y = x;
        while (y < 10) {
            shift += Math.log(y);
            y++;
        }
        double inverse = 1 / y;
        double square = inverse * inverse;
        double series = inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680.0)));
        return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + series - shift;
    }
}
