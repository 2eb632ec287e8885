package io.vigie.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigie serve}. */
@Command(
        name = "serve",
        description = {
            "The index with API and search page, against an existing Kafka and registry.",
            "Each one builds a whole index of its own; run several behind a load balancer."
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws Exception {
        Config config = options.read();
        try (var application = Application.serve(config)) {
            UpCommand.endWith(application);
            System.out.println("Vigie serves: " + config.http().url() + "/");
            application.await();
        }
        return 0;
    }
}
