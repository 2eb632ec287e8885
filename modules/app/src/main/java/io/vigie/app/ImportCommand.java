package io.vigie.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vigie import}. */
@Command(
        name = "import",
        description = {
            "Sends files to a running Vigie.",
            "JSON Lines of events (tickets, calls, surveys, also mixed), JSON Lines of plain verbatims",
            "(text, and id, date, offer, channel, language, rating, nps if known), or CSV of plain verbatims.",
            "Files may be compressed (.gz). A bad line is told with its number and does not stop the rest.",
            "Importing a file again changes nothing."
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files to send.")
    private List<Path> files = List.of();

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws IOException {
        Config config = options.read();
        long accepted = 0;
        long refused = 0;
        try (var client = new VigieClient(config)) {
            for (Path file : files) {
                var progress = new Progress(System.err, Main.onTerminal());
                var result = new FileImport(file, client, progress, System.err, config.zone()).run();
                accepted += result.accepted();
                refused += result.refused();
                System.out.println(file + ": " + result.accepted() + " accepted, " + result.refused() + " refused");
            }
        }
        if (files.size() > 1) {
            System.out.println("in all: " + accepted + " accepted, " + refused + " refused");
        }
        return refused == 0 ? 0 : 1;
    }
}
