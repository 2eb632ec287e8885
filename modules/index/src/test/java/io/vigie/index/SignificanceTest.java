package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignificanceTest {
    private static final Percentage EXACT = Percentage.withPercentage(1e-9);

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0.1, 0.8875370839817152",
        "1, 0.15729920705028513",
        "1.9999, 0.004679802092970608",
        "2, 0.004677734981047265",
        "3, 2.2090496998585438e-05",
        "6, 2.1519736712498916e-17",
        "20, 5.3958656116079005e-176",
        "1000, 0"
    })
    void theErrorFunctionIsThatOfTheTables(double x, double beyond) {
        assertThat(Significance.beyond(x)).isCloseTo(beyond, EXACT);
    }

    @ParameterizedTest
    @CsvSource({"3.841458820694124, 0.05", "6.634896601021213, 0.01", "10.827566170662733, 0.001"})
    void chiSquareHasItsWellKnownQuantiles(double statistic, double p) {
        assertThat(Significance.chiSquare(statistic)).isCloseTo(p, EXACT);
    }

    /** The first table of Benjamini and Hochberg's article, of which four are rejected at 0.05. */
    @Test
    void falseDiscoveriesAreControlledAsInTheArticle() {
        double[] p = {
            0.0095, 0.0001, 0.7590, 0.0004, 0.0019, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 1.0
        };

        double[] adjusted = Significance.adjusted(p);

        assertThat(adjusted[1]).isCloseTo(0.0015, EXACT);
        assertThat(adjusted[3]).isCloseTo(0.003, EXACT);
        assertThat(adjusted[0]).isCloseTo(0.035625, EXACT);
        assertThat(adjusted[14]).isEqualTo(1);
        assertThat(DoubleStream.of(adjusted).filter(q -> q <= 0.05)).hasSize(4);
        assertThat(Significance.adjusted(new double[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 100, 20, 100, 3.9865557364691195, 0.045864727719611545, -0.7861422952622475",
        "0, 50, 7, 500, 1.3433317848150814, 0.24644725484676633, -0.4285006785099879",
        "1000, 10000, 1000, 12000, 18.26522218965721, 1.921839771211109e-05, 0.20066059496217634"
    })
    void aContrastHasItsLikelihoodRatio(
            long first, long firstTotal, long second, long secondTotal, double g2, double p, double logOdds) {
        var contrast = new Contrast(first, firstTotal, second, secondTotal);

        assertThat(contrast.g2()).isCloseTo(g2, EXACT);
        assertThat(contrast.p()).isCloseTo(p, EXACT);
        assertThat(contrast.logOdds()).isCloseTo(logOdds, EXACT);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "0, 0, 3, 7", "5, 10, 0, 0", "5, 10, 50, 100", "10, 10, 7, 7", "0, 4, 0, 9"})
    void nothingIsToldOfAnEmptySideOrEqualShares(long first, long firstTotal, long second, long secondTotal) {
        var contrast = new Contrast(first, firstTotal, second, secondTotal);

        assertThat(contrast.g2()).isCloseTo(0, within(1e-9));
        assertThat(contrast.p()).isCloseTo(1, within(1e-4));
        assertThat(contrast.logOdds()).isFinite();
        assertThat(contrast.difference()).isFinite();
    }

    @Test
    void impossibleCountsAreNoContrast() {
        assertThatThrownBy(() -> new Contrast(3, 2, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"9, 2.262157", "20, 2.085963", "100, 1.983972", "1000000, 1.959966"})
    void studentsQuantilesAreThoseOfTheTables(double freedom, double quantile) {
        assertThat(MeanDifference.studentQuantile(freedom)).isCloseTo(quantile, within(5e-4));
    }

    @Test
    void meansDifferByTheirDistanceMoreOrLess() {
        var first = new Moments();
        var second = new Moments();
        for (int i = 0; i < 20; i++) {
            first.add(i % 2 == 0 ? 0.4 : 0.6);
            second.add(i % 2 == 0 ? -0.3 : 0.1);
        }

        var difference = MeanDifference.of(first, second);

        // Variances 0.2^2/19*5 and 0.4^2/19*5, so a standard error of 0.051299 and 27.9 degrees of freedom.
        assertThat(difference.difference()).isCloseTo(0.6, within(1e-12));
        assertThat(difference.margin().orElseThrow()).isCloseTo(0.10509, within(1e-4));
    }

    @Test
    void ofFewValuesNoMarginIsGiven() {
        var few = new Moments();
        few.add(0.5);
        var many = new Moments();
        for (int i = 0; i < 10; i++) {
            many.add(0.5);
        }

        assertThat(MeanDifference.of(few, many).margin()).isEmpty();
        assertThat(MeanDifference.of(many, many).margin()).hasValue(0);
    }
}
