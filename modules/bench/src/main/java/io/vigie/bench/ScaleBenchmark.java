package io.vigie.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The index at scale, beside what one would write with Lucene alone. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fills two indexes with the same verbatims, ours and one of Lucene alone; then starts vigie serve over ours and",
            "puts the same searches to it over HTTP and to Lucene alone: idle, while events come in, and from many clients.",
            "The indexes are kept and used again by the next run over the same directory."
        })
public final class ScaleBenchmark implements Callable<Integer> {
    @Option(names = "--verbatims", description = "How many (default: ${DEFAULT-VALUE}).")
    private int verbatims = 1_000_000;

    @Option(names = "--directory", description = "Where the indexes are, or are made.", required = true)
    private Path directory = Path.of("");

    @Option(names = "--home", description = "What ./vigie build made (default: ${DEFAULT-VALUE}).")
    private Path home = Path.of("modules/app/target/vigie");

    @Option(names = "--rounds", description = "Of 12 searches in 20 variants (default: ${DEFAULT-VALUE}).")
    private int rounds = 10;

    @Option(names = "--rate", description = "Events a second of the busy phase (default: ${DEFAULT-VALUE}).")
    private int rate = 1_000;

    @Option(names = "--clients", description = "At once, of the last phase (default: ${DEFAULT-VALUE}).")
    private int clients = 50;

    @Option(names = "--seconds", description = "Of the last phase (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(names = "--java-options", description = "Options of the virtual machine of vigie serve.")
    private String javaOptions = "";

    @Option(names = "--out", description = "A file to append the lines of JSON to.")
    private @Nullable Path out;

    /** Ends with 0, or 1 when something could not be measured. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ScaleBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var indexes = new ScaleIndexing(directory.toAbsolutePath(), verbatims);
        if (!indexes.isDone()) {
            print(indexes.fill());
        }
        try (var serving = ScaleServing.start(home, indexes, javaOptions)) {
            print(serving.started());
            print(serving.queries("idle", rounds));
            print(serving.clients(clients, Duration.ofSeconds(seconds)));
            print(serving.busy(rounds, rate));
        }
        return 0;
    }

    private void print(Figures figures) throws IOException {
        System.out.println();
        figures.print(System.out, Optional.ofNullable(out));
    }
}
