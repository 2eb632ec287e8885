package io.vigie.app;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigie up}. */
@Command(
        name = "up",
        description = {
            "Everything in one process on this machine, for real use.",
            "Kafka, registry, stream, index and search page.",
            "All data is kept in the data directory, and taken up again at the next start."
        })
final class UpCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private ResetOption reset = new ResetOption();

    @Override
    public Integer call() throws Exception {
        Config config = options.read();
        try (var application = Application.up(config, Home.find(), reset.parts())) {
            endWith(application);
            greet(System.out, config);
            application.await();
        }
        return 0;
    }

    /** SIGTERM and Ctrl-C end in order: what is under way is finished and committed. */
    static void endWith(Application application) {
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "shutdown"));
    }

    private static void greet(PrintStream out, Config config) {
        out.println("Vigie is up: " + config.http().url() + "/");
        out.println("  Kafka     127.0.0.1:" + config.embedded().kafkaPort());
        out.println("  registry  http://127.0.0.1:" + config.embedded().registryPort() + "/apis/ccompat/v7");
        out.println("  data      " + config.dataDirectory().toAbsolutePath());
        out.println("Next: vigie offers apply FILE; vigie import FILE...   Stop with Ctrl-C.");
    }
}
