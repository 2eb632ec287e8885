package io.vigie.index;

import java.util.Comparator;
import java.util.stream.IntStream;

/** What a test statistic says. */
final class Significance {
    /** From here on the fraction needs fewer steps than the series. */
    private static final double FRACTION_FROM = 2;

    private static final int FRACTION_STEPS = 80;
    private static final double TINY = 1e-17;

    private Significance() {}

    /** How often chance exceeds a chi-square statistic of one degree of freedom. */
    static double chiSquare(double statistic) {
        return beyond(Math.sqrt(statistic / 2));
    }

    /** The complementary error function of 0 and above. M. Abramowitz and I. A. Stegun, 7.1.6 and 7.1.14. */
    static double beyond(double x) {
        if (x >= FRACTION_FROM) {
            double fraction = x;
            for (int step = FRACTION_STEPS; step > 0; step--) {
                fraction = x + step / (2 * fraction);
            }
            return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
        }
        double term = x;
        double sum = x;
        for (int step = 1; term > TINY * sum; step++) {
            term *= 2 * x * x / (2 * step + 1);
            sum += term;
        }
        return 1 - 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /**
     * The p-values of tests done together, adjusted so that of all up to a value that part on average is false: Y. Benjamini
     * and Y. Hochberg, "Controlling the false discovery rate", 1995. In the order of the given ones.
     */
    static double[] adjusted(double[] p) {
        var order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(test -> p[test]))
                .toList();
        double[] adjusted = new double[p.length];
        double least = 1;
        for (int rank = p.length; rank > 0; rank--) {
            int test = order.get(rank - 1);
            least = Math.min(least, p[test] * p.length / rank);
            adjusted[test] = least;
        }
        return adjusted;
    }
}
