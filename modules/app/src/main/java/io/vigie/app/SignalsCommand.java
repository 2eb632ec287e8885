package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Signal;
import io.vigie.topology.signals.SignalSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie signals}. */
@Command(
        name = "signals",
        description = "Weak signals: what is said about an offer more often than its past makes likely.",
        synopsisSubcommandLabel = "COMMAND")
final class SignalsCommand {
    @Command(name = "list", description = "Lists the signals of a running Vigie, the newest first.")
    int list(
            @Mixin ConfigOptions options,
            @Option(names = "--offer", paramLabel = "ID", description = "Only this offer.") @Nullable String offer,
            @Option(names = "--kind", description = "Only RISE or NEW_TERM.") @Nullable String kind,
            @Option(names = "--size", defaultValue = "20", description = "How many, 0 to 1000 (default: 20).") int size,
            @Option(names = "--json", description = "Print the answer of the API as it is.") boolean raw) {
        try (var client = new VigieClient(options.read())) {
            var answer =
                    client.get("/api/v1/signals?size=" + size + parameter("offer", offer) + parameter("kind", kind));
            if (!answer.ok()) {
                throw new CommandFailedException(answer.detail());
            }
            if (raw) {
                System.out.println(answer.body());
            } else {
                answer.body().path("signals").forEach(signal -> System.out.println(line(signal)));
            }
        }
        return 0;
    }

    @Command(
            name = "backtest",
            description = {
                "Says which signals the verbatims in Kafka would have raised, had Vigie listened when they were said.",
                "Reads all of them, whatever --from and --to are: what came before is what is learned from."
            })
    int backtest(
            @Mixin ConfigOptions options,
            @Option(names = "--offer", paramLabel = "ID", description = "Only tell of this offer.") @Nullable
                    String offer,
            @Option(names = "--from", paramLabel = "DATE", description = "Only tell of signals from then on.") @Nullable
                    String from,
            @Option(names = "--to", paramLabel = "DATE", description = "Only tell of signals until then.") @Nullable
                    String to,
            @Option(
                            names = "--false-alarms-per-month",
                            paramLabel = "RATE",
                            description = "Per offer, above 0 (default: the setting signals.false.alarms.per.month).")
                    @Nullable
                    Double rate)
            throws IOException {
        Config config = options.read();
        if (rate != null && !(rate > 0)) {
            throw new ConfigException(List.of("--false-alarms-per-month is " + rate + "; it is a number above 0"));
        }
        Optional<Instant> first = time("--from", from, config.zone(), false);
        Optional<Instant> end = time("--to", to, config.zone(), true);
        if (first.isPresent() && end.isPresent() && !first.get().isBefore(end.get())) {
            throw new ConfigException(List.of("--from " + from + " is not before --to " + to));
        }
        SignalSettings settings =
                rate == null ? config.signals() : config.signals().withFalseAlarmsPerMonth(rate);
        var backtest = new SignalBacktest(Connections.to(config), settings, Main.onTerminal());
        int[] fired = {0};
        var run = backtest.run(signal -> {
            if ((offer == null || signal.getOfferId().equals(offer))
                    && first.map(time -> !signal.getDetectedAt().isBefore(time)).orElse(true)
                    && end.map(time -> signal.getDetectedAt().isBefore(time)).orElse(true)) {
                fired[0]++;
                System.out.println(line(signal));
            }
        });
        System.out.println("would have fired " + fired[0] + " times; " + run.verbatims() + " verbatims, at most "
                + settings.falseAlarmsPerMonth() + " false alarms per offer and month");
        if (run.unreadable() > 0) {
            System.err.println("vigie: " + run.unreadable() + " records could not be read and were left out");
        }
        if (run.forgotten() > 0) {
            System.err.println("vigie: memory was short, so that " + run.forgotten()
                    + " rarely heard terms were forgotten; more terms may be told as new than a stream would tell");
        }
        return 0;
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Optional<Instant> time(String option, @Nullable String text, ZoneId zone, boolean end) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            if (text.indexOf('T') >= 0) {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            }
            LocalDate day = LocalDate.parse(text);
            return Optional.of((end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            throw new ConfigException(List.of(option + " is \"" + text
                    + "\"; it is a date such as 2026-03-01 or a time such as 2026-03-01T09:30:00Z"));
        }
    }

    private static String line(JsonNode signal) {
        var ids = new java.util.StringJoiner(" ");
        signal.path("verbatims").forEach(one -> ids.add(one.path("verbatimId").asText()));
        return line(
                signal.path("detectedAt").asText(),
                signal.path("kind").asText(),
                signal.path("offerId").asText(),
                signal.path("theme").asText(signal.path("term").asText()),
                signal.path("observed").asInt(),
                signal.path("expected").asDouble(),
                signal.path("windowStart").asText(),
                ids.toString());
    }

    private static String line(Signal signal) {
        return line(
                signal.getDetectedAt().toString(),
                signal.getKind().name(),
                signal.getOfferId(),
                signal.getTheme().or(signal::getTerm).orElse(""),
                signal.getObserved(),
                signal.getExpected(),
                signal.getWindowStart().toString(),
                String.join(" ", signal.getVerbatimIds()));
    }

    private static String line(
            String at, String kind, String offer, String what, int observed, double expected, String from, String ids) {
        return String.format(
                Locale.ROOT,
                "%s  %-8s  %s  %s: %d customers since %s, %.2f expected; %s",
                at,
                kind,
                offer,
                what,
                observed,
                from,
                expected,
                ids);
    }
}
