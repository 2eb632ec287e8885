package io.vigie.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the product, puts a load on it from outside, and reports what its users would have seen. */
@Command(
        name = "end-to-end",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts vigie up on a temporary directory and free loopback ports, and measures it from outside.",
            "Prints a table and one line of JSON for each phase."
        })
public final class EndToEndBenchmark implements Callable<Integer> {
    private enum Phase {
        HTTP,
        KAFKA,
        FRESHNESS,
        SEARCH
    }

    @Option(names = "--phases", split = ",", description = "In this order: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Phase> phases = List.copyOf(EnumSet.allOf(Phase.class));

    @Option(names = "--home", description = "What ./vigie build made (default: ${DEFAULT-VALUE}).")
    private Path home = Path.of("modules/app/target/vigie");

    @Option(names = "--warm-up-events", description = "Imported before, unmeasured (default: ${DEFAULT-VALUE}).")
    private int warmUpEvents = 20_000;

    @Option(names = "--events", description = "Events of each throughput phase (default: ${DEFAULT-VALUE}).")
    private int events = 100_000;

    @Option(names = "--rate", description = "Events a second of the other phases (default: ${DEFAULT-VALUE}).")
    private int rate = 1_000;

    @Option(names = "--warm-up", description = "Seconds at that rate, unmeasured (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds = 20;

    @Option(names = "--seconds", description = "Seconds at that rate, measured (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--searches", description = "Searches a second (default: ${DEFAULT-VALUE}).")
    private int searches = 40;

    @Option(names = "--seed", description = "Of all events (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of vigie; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--java-options", description = "Options of vigie's virtual machine.")
    private String javaOptions = "";

    @Option(names = "--out", description = "A file to append the lines of JSON to.")
    private @Nullable Path out;

    /** Ends with 0, or 1 when something could not be measured. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new EndToEndBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var scale = new Scale(
                warmUpEvents,
                events,
                rate,
                Duration.ofSeconds(warmUpSeconds),
                Duration.ofSeconds(seconds),
                searches,
                seed);
        try (var vigie = Vigie.start(home, settings, javaOptions)) {
            new Figures("start")
                    .add("ready_ms", vigie.readyMillis())
                    .add("processors", Runtime.getRuntime().availableProcessors())
                    .add("java", Runtime.version().toString())
                    .add("settings", settings.toString())
                    .add("load", Usage.loadAverage())
                    .add(vigie.memory())
                    .print(System.out, Optional.ofNullable(out));
            for (String offer : Events.OFFER_NAMES) {
                vigie.http().declareOffer(Events.offerId(offer), offer);
            }
            if (warmUpEvents > 0) {
                new Throughput(vigie).overHttp("warm", seed, warmUpEvents);
            }
            for (int i = 0; i < phases.size(); i++) {
                System.out.println("\n" + phases.get(i));
                run(phases.get(i), "run" + i + "-", vigie, scale).print(System.out, Optional.ofNullable(out));
            }
        }
        return 0;
    }

    private static Figures run(Phase phase, String run, Vigie vigie, Scale scale) throws Exception {
        return switch (phase) {
            case HTTP -> new Throughput(vigie).overHttp(run, scale.seed(), scale.events());
            case KAFKA -> new Throughput(vigie).overKafka(run, scale.seed(), scale.events());
            case FRESHNESS -> new SteadyRate(vigie, scale).freshness(run);
            case SEARCH -> new SteadyRate(vigie, scale).searches(run);
        };
    }
}
