package io.vigie.bench;

import io.vigie.events.Signal;
import io.vigie.events.SignalKind;
import io.vigie.topology.signals.SignalDetector;
import io.vigie.topology.signals.SignalMemory;
import io.vigie.topology.signals.SignalSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lets a detector hear simulated offers, each alone, and counts what it says. */
final class SignalSimulation {
    static final double DAYS_PER_MONTH = 365.25 / 12;

    /** How long an offer is in peace after learning and before what is ordered. */
    private static final int BEFORE_DAYS = 90;

    private static final int STATE_MAX = 2_000_000;

    private final SignalSettings settings;
    private final int days;
    private final long seed;

    /** @param days after learning */
    SignalSimulation(SignalSettings settings, int days, long seed) {
        this.settings = settings;
        this.days = days;
        this.seed = seed;
    }

    /** What was heard of offers on which nothing happened. */
    record Quiet(int offers, double months, int rises, int terms) {
        double falseAlarmsPerMonth() {
            return (rises + terms) / months;
        }
    }

    /** What became of ordered rises. */
    record Told(int ordered, List<Duration> delays) {
        double missed() {
            return 1 - delays.size() / (double) ordered;
        }

        /** Of those that were told; zero when none was. */
        double delayHours(double quantile) {
            List<Duration> sorted = delays.stream().sorted().toList();
            return sorted.isEmpty()
                    ? 0
                    : sorted.get((int) Math.min(sorted.size() - 1, quantile * sorted.size()))
                                    .toMinutes()
                            / 60.0;
        }
    }

    Quiet quiet(int offers, double perDay, SimulatedOffer.Noise noise) {
        int rises = 0;
        int terms = 0;
        for (int i = 0; i < offers; i++) {
            List<Signal> signals = signals(
                    new SimulatedOffer("quiet", perDay, noise, seed + i),
                    days + (int) settings.learning().toDays());
            int ofTerms = (int) signals.stream()
                    .filter(signal -> signal.getTerm().isPresent())
                    .count();
            terms += ofTerms;
            rises += signals.size() - ofTerms;
        }
        return new Quiet(offers, offers * days / DAYS_PER_MONTH, rises, terms);
    }

    /** On each offer a theme rises once, for a week, months after learning. */
    Told rises(int offers, double perDay, SimulatedOffer.Noise noise, int theme, double factor) {
        return told(
                offers,
                perDay,
                noise,
                from -> SimulatedOffer.Rise.ofTheme(theme, factor, from, Duration.ofDays(7)),
                signal -> signal.getTheme().equals(Optional.of(SimulatedOffer.theme(theme))));
    }

    /** On each offer a new word is used by so many on one day; told counts only on that day. */
    Told words(int offers, double perDay, SimulatedOffer.Noise noise, int customers) {
        return told(
                offers,
                perDay,
                noise,
                from -> SimulatedOffer.Rise.ofWord("zorglub", customers, from, Duration.ofHours(14)),
                signal -> signal.getKind() == SignalKind.NEW_TERM
                        && signal.getTerm().equals(Optional.of("zorglub")));
    }

    private Told told(
            int offers,
            double perDay,
            SimulatedOffer.Noise noise,
            Function<Instant, SimulatedOffer.Rise> ordered,
            Predicate<Signal> right) {
        var delays = new ArrayList<Duration>();
        for (int i = 0; i < offers; i++) {
            var offer = new SimulatedOffer("risen", perDay, noise, seed + 1_000 + i);
            int day = (int) settings.learning().toDays() + BEFORE_DAYS + i % 7;
            var rise = ordered.apply(SimulatedOffer.FIRST_DAY
                    .plusDays(day)
                    .atTime(8, 0)
                    .atZone(SimulatedOffer.PARIS)
                    .toInstant());
            offer.add(rise);
            first(signals(offer, day + 8), rise, right).ifPresent(delays::add);
        }
        return new Told(offers, delays);
    }

    private static Optional<Duration> first(List<Signal> signals, SimulatedOffer.Rise rise, Predicate<Signal> right) {
        return signals.stream()
                .filter(right)
                .map(Signal::getDetectedAt)
                .filter(at -> !at.isBefore(rise.from()) && at.isBefore(rise.until()))
                .min(Instant::compareTo)
                .map(at -> Duration.between(rise.from(), at));
    }

    private List<Signal> signals(SimulatedOffer offer, int days) {
        var detector = new SignalDetector(settings, new SignalMemory(STATE_MAX));
        var signals = new ArrayList<Signal>();
        offer.speak(days, mention -> signals.addAll(detector.hear(mention)));
        return signals;
    }
}
