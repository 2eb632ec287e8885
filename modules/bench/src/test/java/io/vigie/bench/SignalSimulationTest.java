package io.vigie.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.topology.signals.SignalSettings;
import org.junit.jupiter.api.Test;

/** A short simulation with a fixed seed; {@code vigie bench signals} runs a long one. */
class SignalSimulationTest {
    private static final SignalSettings SETTINGS = SignalSettings.standard(SimulatedOffer.PARIS);
    private static final SignalSimulation YEAR = new SignalSimulation(SETTINGS, 365, 42);
    private static final SignalSimulation MONTHS = new SignalSimulation(SETTINGS, 100, 42);

    @Test
    void chanceRaisesNoMoreThanTheStatedRate() {
        var small = YEAR.quiet(6, 2, SimulatedOffer.Noise.BURSTS);
        var middle = MONTHS.quiet(2, 20, SimulatedOffer.Noise.BURSTS);

        int alarms = small.rises() + small.terms() + middle.rises() + middle.terms();
        double months = small.months() + middle.months();

        assertThat(upper95(alarms) / months)
                .as("%d false alarms in %.0f offer-months", alarms, months)
                .isLessThanOrEqualTo(SETTINGS.falseAlarmsPerMonth());
    }

    @Test
    void sixMentionsOfANewWordOnOneDayAreToldThatDay() {
        var told = MONTHS.words(20, 2, SimulatedOffer.Noise.POISSON, 6);

        assertThat(told.missed()).isLessThanOrEqualTo(0.1);
    }

    @Test
    void fiveTimesAsManyAreTold() {
        var told = MONTHS.rises(3, 20, SimulatedOffer.Noise.POISSON, 1, 5);

        assertThat(told.missed()).isZero();
        assertThat(told.delayHours(0.5)).isLessThan(48);
    }

    /** The upper end of the 95 % confidence interval of a Poisson mean, by Wilson and Hilferty's approximation. */
    private static double upper95(int count) {
        double n = count + 1;
        return n * Math.pow(1 - 1 / (9 * n) + 1.96 / (3 * Math.sqrt(n)), 3);
    }
}
