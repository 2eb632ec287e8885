package io.vigie.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigie stream}. */
@Command(
        name = "stream",
        description = {
            "The stream alone, against an existing Kafka and registry.",
            "It understands, routes and counts.",
            "Run several with the same stream.application.id to share the work. Create the topics first: vigie topics apply."
        })
final class StreamCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private ResetOption reset = new ResetOption();

    @Override
    public Integer call() throws Exception {
        Config config = options.read();
        try (var application = Application.stream(config, reset.parts())) {
            UpCommand.endWith(application);
            System.out.println(
                    "Vigie streams; health and metrics: " + config.http().url() + "/health/ready");
            application.await();
        }
        return 0;
    }
}
