package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigie.server.Recurrence.Verdict;
import io.vigie.server.Recurrence.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrenceTest {
    private static final Instant EFFECT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration WEEKS = Duration.ofDays(28);
    private static final Windows OVER = Windows.of(EFFECT, WEEKS, EFFECT.plus(WEEKS));
    private static final Windows HALF = Windows.of(EFFECT, WEEKS, EFFECT.plus(Duration.ofDays(14)));

    /** Reference values of scipy.special.betainc. */
    @ParameterizedTest
    @CsvSource({
        "2.5, 7, 0.3, 0.6412224629717214",
        "100, 200, 0.3, 0.10884306564490986",
        "0.5, 0.5, 0.2, 0.2951672353008665",
        "100000, 100001, 0.5, 0.5008920609429981",
        "1, 1, 0.25, 0.25",
        "3, 4, 0, 0",
        "3, 4, 1, 1"
    })
    void theIncompleteBetaFunctionIsRight(double a, double b, double x, double value) {
        assertThat(Beta.regularized(a, b, x)).isCloseTo(value, within(1e-9));
    }

    /** The first row is the example of R's poisson.test (breast cancer, 11 in 800 against 21 in 3011); all of scipy.stats. */
    @ParameterizedTest
    @CsvSource({
        "21, 3011, 11, 800, 0.8584264033916399, 4.277265943654075, 0.9759318232273121, 0.05600865978769968",
        "40, 1000, 20, 1000, 0.276926298132465, 0.87572452700229, 0.00674464686559593, 0.9968911986703367",
        "6, 500, 0, 500, 0, 0.8493111942973236, 0.015625, 1",
        "5, 500, 0, 500, 0, 1.091279105182546, 0.03125, 1",
        "30, 900, 30, 300, 1.7473013992517872, 5.150799972949081, 0.9999916243523677, 2.6694272174083786e-05",
        "100000, 1000000, 99000, 1000000, 0.98132873904, 0.998747786349, 0.012563608844, 0.987581375699"
    })
    void chancesAndIntervalsAreThoseOfOtherPrograms(
            long before, long beforeOf, long after, long afterOf, double low, double high, double few, double many) {
        var change = new RateChange(before, beforeOf, after, afterOf);

        assertThat(change.low()).isCloseTo(low, within(1e-8));
        assertThat(change.high()).isCloseTo(high, within(1e-8));
        assertThat(change.chanceOfSoFew()).isCloseTo(few, within(1e-8));
        assertThat(change.chanceOfSoMany()).isCloseTo(many, within(1e-8));
    }

    @Test
    void withoutAnyCaseNothingIsKnownOfTheRatio() {
        var change = new RateChange(0, 100, 0, 100);

        assertThat(change.ratio()).isEqualTo(1);
        assertThat(change.low()).isZero();
        assertThat(change.high()).isInfinite();
        assertThat(new RateChange(0, 100, 4, 100).ratio()).isInfinite();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        40 | 1000 | 15 | 1000 | IMPROVED
        40 | 1000 | 38 | 1000 | NOT_IMPROVED
        40 | 1000 | 80 | 1000 | NOT_IMPROVED
        40 | 1000 | 40 | 4000 | IMPROVED
        40 | 4000 | 20 | 1000 | NOT_IMPROVED
         6 | 1000 |  0 | 1000 | IMPROVED
         5 | 1000 |  0 | 1000 | TOO_EARLY
         0 | 1000 |  0 | 1000 | TOO_EARLY
         0 | 1000 | 30 | 1000 | NOT_IMPROVED
         9 |  100 |  0 |    0 | TOO_EARLY
         0 |    0 |  9 |  100 | TOO_EARLY
        """)
    void aWindowThatIsOverGivesAVerdictOrTooFewCases(
            long before, long beforeOf, long after, long afterOf, Verdict verdict) {
        assertThat(Recurrence.of(OVER, before, beforeOf, after, afterOf).verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        40 | 1000 | 20 | 1000 | TOO_EARLY
        40 | 1000 |  5 | 1000 | IMPROVED
        40 | 1000 | 90 | 1000 | NOT_IMPROVED
        40 | 1000 | 40 | 1000 | TOO_EARLY
        """)
    void beforeTheEndOnlyWhatIsBeyondDoubtGivesAVerdict(
            long before, long beforeOf, long after, long afterOf, Verdict verdict) {
        assertThat(Recurrence.of(HALF, before, beforeOf, after, afterOf).verdict())
                .isEqualTo(verdict);
    }

    @Test
    void theWindowsHaveTheSameLengthAndMeetAtTheEffect() {
        assertThat(OVER).isEqualTo(new Windows(EFFECT.minus(WEEKS), EFFECT, EFFECT.plus(WEEKS), true));
        assertThat(Windows.of(EFFECT, WEEKS, EFFECT.plus(Duration.ofDays(400)))).isEqualTo(OVER);
        assertThat(HALF.from()).isEqualTo(EFFECT.minus(Duration.ofDays(14)));
        assertThat(HALF.over()).isFalse();
        assertThat(Windows.of(EFFECT, WEEKS, EFFECT.minusSeconds(1)).begun()).isFalse();
    }

    @Test
    void aFixWithoutEffectIsRarelyCalledOne() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        int improved = 0;
        for (int trial = 0; trial < 2_000; trial++) {
            long before = cases(random, 1_000, 0.03);
            long after = cases(random, 1_000, 0.03);
            var verdict = Recurrence.of(OVER, before, 1_000, after, 1_000).verdict();
            improved += verdict == Verdict.IMPROVED ? 1 : 0;
        }

        // Of 2,000 at most one in 40 on average; five standard deviations above that.
        assertThat(improved).as("seed %d", seed).isLessThanOrEqualTo(50 + 35);
    }

    private static long cases(Random random, int of, double rate) {
        long cases = 0;
        for (int i = 0; i < of; i++) {
            cases += random.nextDouble() < rate ? 1 : 0;
        }
        return cases;
    }
}
