package io.vigie.bench;

import io.vigie.topology.signals.SignalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vigie bench signals}: how often weak signals are false, how late, and how often missing. */
@Command(
        name = "signals",
        mixinStandardHelpOptions = true,
        description = "Simulates offers in peace and with ordered rises, and counts false alarms, delays and misses.")
final class SignalBenchmark implements Callable<Integer> {
    private static final List<Double> VOLUMES = List.of(2.0, 20.0, 200.0);
    private static final List<Double> FACTORS = List.of(2.0, 3.0, 5.0);
    private static final int THEME = 1;

    @Option(
            names = "--offers",
            defaultValue = "20",
            description = "Of each kind (${DEFAULT-VALUE}); a tenth at 200 a day.")
    private int offers;

    @Option(names = "--per-day", split = ",", description = "Verbatims a day of these offers (2, 20 and 200).")
    private List<Double> volumes = VOLUMES;

    @Option(names = "--days", defaultValue = "365", description = "Of each, after learning (${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--false-alarms-per-month", defaultValue = "1", description = "The stated rate (${DEFAULT-VALUE}).")
    private double rate;

    @Option(names = "--seed", defaultValue = "1", description = "Of all randomness (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", description = "Append the figures to this file, a JSON object a line.")
    private Optional<Path> out = Optional.empty();

    public static void main(String... arguments) {
        System.exit(new CommandLine(new SignalBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        var settings = new SignalSettings(rate, Duration.ofDays(28), Duration.ofDays(7), SimulatedOffer.PARIS);
        var simulation = new SignalSimulation(settings, days, seed);
        for (SimulatedOffer.Noise noise : List.of(SimulatedOffer.Noise.POISSON, SimulatedOffer.Noise.BURSTS)) {
            for (double perDay : volumes) {
                measure(simulation, noise, perDay, perDay > 100 ? Math.max(1, offers / 10) : offers);
            }
        }
        return 0;
    }

    private void measure(SignalSimulation simulation, SimulatedOffer.Noise noise, double perDay, int count)
            throws IOException {
        var quiet = simulation.quiet(count, perDay, noise);
        var figures = new Figures("signals")
                .add("noise", noise.name())
                .add("verbatims_per_day", perDay)
                .add("offer_months", quiet.months())
                .add("false_rises", quiet.rises())
                .add("false_terms", quiet.terms())
                .add("false_alarms_per_offer_month", quiet.falseAlarmsPerMonth());
        for (double factor : FACTORS) {
            var told = simulation.rises(count, perDay, noise, THEME, factor);
            String name = "rise_x" + (int) factor;
            figures.add(name + "_ordered", told.ordered())
                    .add(name + "_missed", told.missed())
                    .add(name + "_delay_p50_h", told.delayHours(0.5))
                    .add(name + "_delay_p90_h", told.delayHours(0.9));
        }
        var told = simulation.words(count, perDay, noise, 6);
        figures.add("new_word_x6_ordered", told.ordered())
                .add("new_word_x6_missed", told.missed())
                .add("new_word_x6_delay_p50_h", told.delayHours(0.5))
                .print(System.out, out);
    }
}
