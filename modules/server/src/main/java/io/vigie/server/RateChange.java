package io.vigie.server;

import java.util.function.DoublePredicate;

/**
 * How a share changed from one window to the next: so many cases of so many verbatims before, and after.
 *
 * <p>Both counts are taken for Poisson's. Given their sum, the later one is then binomial, and whether the rates differ is a
 * binomial test: J. Przyborowski and H. Wilenski, "Homogeneity of results in testing samples from Poisson series", 1940.
 * Exact, so its level is what it says or less. The interval of the ratio is that of the binomial share by C. J. Clopper and
 * E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", 1934.
 *
 * @param before cases before, 0 or more
 * @param beforeOf verbatims before, 1 or more
 * @param after cases after, 0 or more
 * @param afterOf verbatims after, 1 or more
 */
record RateChange(long before, long beforeOf, long after, long afterOf) {
    static final double CONFIDENCE = 0.95;

    private static final double TAIL = (1 - CONFIDENCE) / 2;
    private static final int BISECTIONS = 80;

    /** What is above 1 when there is more after; infinite when there was nothing before, and 1 when there never was. */
    double ratio() {
        if (before == 0 && after == 0) {
            return 1;
        }
        return (double) after / afterOf / ((double) before / beforeOf);
    }

    /** How often chance alone gives so few cases after, or fewer. */
    double chanceOfSoFew() {
        return atMost(after, before + after, expectedShare());
    }

    /** How often chance alone gives so many cases after, or more. */
    double chanceOfSoMany() {
        return atLeast(after, before + after, expectedShare());
    }

    /** How often chance alone gives no case after when all cases there were are those before. */
    double chanceOfNone() {
        return atMost(0, before, expectedShare());
    }

    /** The least that the ratio is, with {@link #CONFIDENCE}; 0 or more. */
    double low() {
        long all = before + after;
        return after == 0 ? 0 : ratioOf(share(mid -> atLeast(after, all, mid) < TAIL));
    }

    /** The most that the ratio is, with {@link #CONFIDENCE}; may be infinite. */
    double high() {
        long all = before + after;
        return before == 0 ? Double.POSITIVE_INFINITY : ratioOf(share(mid -> atMost(after, all, mid) > TAIL));
    }

    private double expectedShare() {
        return (double) afterOf / ((double) beforeOf + afterOf);
    }

    private double ratioOf(double share) {
        return share / (1 - share) * beforeOf / afterOf;
    }

    /** Where a share is no longer too small. */
    private static double share(DoublePredicate tooSmall) {
        double low = 0;
        double high = 1;
        for (int step = 0; step < BISECTIONS; step++) {
            double middle = (low + high) / 2;
            if (tooSmall.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** That a binomial count is at most {@code k}. */
    private static double atMost(long k, long n, double p) {
        return k >= n ? 1 : Beta.regularized((double) n - k, k + 1.0, 1 - p);
    }

    private static double atLeast(long k, long n, double p) {
        return k == 0 ? 1 : Beta.regularized((double) k, n - k + 1.0, p);
    }
}
