package io.vigie.topology.signals;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * How much counts vary more than Poisson counts would: their squared distance from what was expected, as a multiple of what
 * was expected (the quasi-Poisson model of Farrington et al. 1996). 1 for independent customers; the mean size of a burst,
 * weighted by size, for those who come in bursts.
 */
final class Dispersion {
    private static final double LEAST = 1.05;
    private static final double MOST = 20;
    /** Beyond so many expected mentions, older ones count half. */
    private static final double MEMORY = 1_000;

    private double squares;
    private double means;

    /** @param known variance of {@code expected} itself, which is no variation of the counts */
    void add(double observed, double expected, double known) {
        squares += (observed - expected) * (observed - expected) - known;
        means += expected;
        if (means > MEMORY) {
            squares /= 2;
            means /= 2;
        }
    }

    /** The estimate, drawn to {@code prior} as if that had been found over {@code weight} expected mentions. */
    double towards(double prior, double weight) {
        return Math.clamp((prior * weight + squares) / (weight + means), LEAST, MOST);
    }

    void write(Encoder out) throws IOException {
        out.writeDouble(squares);
        out.writeDouble(means);
    }

    static Dispersion read(Decoder in) throws IOException {
        var dispersion = new Dispersion();
        dispersion.squares = in.readDouble();
        dispersion.means = in.readDouble();
        return dispersion;
    }
}
