package io.vigie.topology.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NegativeBinomialTest {
    @Test
    void logGammaIsThatOfTheFactorials() {
        double factorials = 0;
        for (int i = 1; i < 30; i++) {
            assertThat(NegativeBinomial.logGamma(i)).isCloseTo(factorials, within(1e-10));
            factorials += Math.log(i);
        }
        assertThat(NegativeBinomial.logGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-10));
    }

    @Test
    void aGeometricTailIsAPower() {
        // Shape 1 is the geometric distribution: P(X >= k) = q^k with q = odds / (1 + odds).
        for (int k = 4; k < 60; k++) {
            assertThat(NegativeBinomial.tail(k, 1, 1.5)).isCloseTo(Math.pow(0.6, k), within(1e-9 * Math.pow(0.6, k)));
        }
    }

    @Test
    void withoutVariationItIsPoisson() {
        // P(N >= 5) of a Poisson count of mean 2, whatever was seen first.
        assertThat(NegativeBinomial.tailSeenFromOne(6, 2, 2 + 1e-6)).isCloseTo(0.052653, within(1e-5));
    }

    @Test
    void theTailIsThatOfASimulation() {
        var random = new java.util.SplittableRandom(7);
        int above = 0;
        for (int i = 0; i < 200_000; i++) {
            // A sum of three geometric counts is negative binomial of shape 3.
            int sum = 0;
            for (int j = 0; j < 3; j++) {
                while (random.nextDouble() < 0.4) {
                    sum++;
                }
            }
            above += sum >= 6 ? 1 : 0;
        }

        assertThat(NegativeBinomial.tail(6, 3, 0.4 / 0.6)).isCloseTo(above / 200_000.0, within(0.002));
    }
}
