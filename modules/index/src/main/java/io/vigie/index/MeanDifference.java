package io.vigie.index;

import java.util.OptionalDouble;

/**
 * How the means of two sides differ.
 *
 * @param first how many values the first side has, 1 or more, and their mean
 * @param second how many values the second side has, 1 or more, and their mean
 * @param margin the difference is that far from the measured one at most, with {@value #CONFIDENCE} confidence; empty when a
 *     side has fewer than {@value #VALUES_MIN} values
 */
public record MeanDifference(Mean first, Mean second, OptionalDouble margin) {
    public static final double CONFIDENCE = 0.95;
    /** Of fewer values the spread is a guess. */
    public static final int VALUES_MIN = 10;

    /** Of the normal distribution, for {@link #CONFIDENCE}. */
    private static final double QUANTILE = 1.959963984540054;

    /** A mean and of how many. */
    public record Mean(long values, double mean) {}

    /** Above 0 when the first side has the larger mean. */
    public double difference() {
        return first.mean() - second.mean();
    }

    /**
     * Of two samples that may spread differently: B. L. Welch, "The generalization of Student's problem", 1947, with the
     * degrees of freedom of F. E. Satterthwaite, 1946.
     */
    static MeanDifference of(Moments first, Moments second) {
        var margin = OptionalDouble.empty();
        if (first.count() >= VALUES_MIN && second.count() >= VALUES_MIN) {
            double one = first.variance() / first.count();
            double other = second.variance() / second.count();
            double both = one + other;
            double freedom = both * both / (one * one / (first.count() - 1) + other * other / (second.count() - 1));
            margin = OptionalDouble.of(both == 0 ? 0 : studentQuantile(freedom) * Math.sqrt(both));
        }
        return new MeanDifference(mean(first), mean(second), margin);
    }

    private static Mean mean(Moments moments) {
        return new Mean(moments.count(), moments.mean());
    }

    /** Right to three digits from {@link #VALUES_MIN} values on. M. Abramowitz and I. A. Stegun, 26.7.5. */
    static double studentQuantile(double freedom) {
        double x = QUANTILE;
        double x3 = x * x * x;
        double x5 = x3 * x * x;
        double x7 = x5 * x * x;
        return x
                + (x3 + x) / (4 * freedom)
                + (5 * x5 + 16 * x3 + 3 * x) / (96 * freedom * freedom)
                + (3 * x7 + 19 * x5 + 17 * x3 - 15 * x) / (384 * freedom * freedom * freedom);
    }
}
