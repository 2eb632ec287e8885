package io.vigie.topology.signals;

import java.time.Duration;
import java.time.ZoneId;

/**
 * What raises a signal.
 *
 * @param falseAlarmsPerMonth how many signals chance alone may raise for one offer in a month on average, themes and terms
 *     together; above 0
 * @param learning how long an offer is only listened to; at least {@link #LEARNING_MIN}
 * @param coolDown how long a theme is silent after a signal of its own
 * @param zone whose hours of the week are compared
 */
public record SignalSettings(double falseAlarmsPerMonth, Duration learning, Duration coolDown, ZoneId zone) {
    /** In which form the state of signals is kept. */
    public static final int STATE_VERSION = Saved.VERSION;

    /** One week is kept out of the baseline, and one is the least that a week can be known by. */
    public static final Duration LEARNING_MIN = Duration.ofDays(14);

    public SignalSettings {
        if (!(falseAlarmsPerMonth > 0)) {
            throw new IllegalArgumentException("falseAlarmsPerMonth is " + falseAlarmsPerMonth + ", not above 0");
        }
        if (learning.compareTo(LEARNING_MIN) < 0) {
            throw new IllegalArgumentException("learning is " + learning + ", less than " + LEARNING_MIN);
        }
        if (coolDown.isNegative()) {
            throw new IllegalArgumentException("coolDown is " + coolDown + ", less than nothing");
        }
    }

    public SignalSettings withFalseAlarmsPerMonth(double rate) {
        return new SignalSettings(rate, learning, coolDown, zone);
    }

    /** One false alarm per offer and month at most, four weeks of learning, a week of silence. */
    public static SignalSettings standard(ZoneId zone) {
        return new SignalSettings(1, Duration.ofDays(28), Duration.ofDays(7), zone);
    }
}
