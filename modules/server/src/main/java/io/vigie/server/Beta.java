package io.vigie.server;

/** The incomplete beta function, of which the sums of binomial chances are made. */
final class Beta {
    private static final int STEPS_MAX = 20_000;
    private static final double PRECISION = 1e-15;
    private static final double TINY = 1e-300;

    /** C. Lanczos, "A precision approximation of the gamma function", 1964, with g = 7. */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private static final double LANCZOS_G = 7;

    private Beta() {}

    /**
     * The regularized incomplete beta function, right to nine digits up to parameters of a million. By its continued
     * fraction (NIST Handbook of Mathematical Functions, 8.17.22), evaluated after W. J. Lentz, 1976.
     *
     * @param a above 0
     * @param b above 0
     * @param x from 0 to 1
     */
    static double regularized(double a, double b, double x) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        // The fraction converges fast only on this side of the mean.
        return x < (a + 1) / (a + b + 2) ? part(a, b, x) : 1 - part(b, a, 1 - x);
    }

    private static double part(double a, double b, double x) {
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        return front * fraction(a, b, x) / a;
    }

    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / apart(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < STEPS_MAX; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / apart(1 + even * d);
            c = apart(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / apart(1 + odd * d);
            c = apart(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < PRECISION) {
                break;
            }
        }
        return value;
    }

    private static double apart(double fromZero) {
        return Math.abs(fromZero) < TINY ? TINY : fromZero;
    }

    /** Of 1/2 and more. */
    private static double logGamma(double x) {
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i - 1);
        }
        double t = x + LANCZOS_G - 0.5;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
