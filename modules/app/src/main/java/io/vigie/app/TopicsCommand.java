package io.vigie.app;

import io.vigie.events.Provisioning.Difference;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie topics}. */
@Command(
        name = "topics",
        description = "The topics and schemas on an existing Kafka and registry.",
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand {
    @Command(name = "check", description = "Says what is missing or set otherwise; exit code 1 when anything is.")
    int check(@Mixin ConfigOptions options) {
        var connections = Connections.to(options.read());
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry()) {
            var differences = connections.provisioning(admin, schemas).differences();
            print(differences, "every topic is as it should be");
            return differences.isEmpty() ? 0 : 1;
        }
    }

    @Command(name = "apply", description = "Creates what is missing, sets what differs, and registers the schemas.")
    int apply(
            @Mixin ConfigOptions options,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun) {
        var connections = Connections.to(options.read());
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry()) {
            var provisioning = connections.provisioning(admin, schemas);
            print(dryRun ? provisioning.differences() : provisioning.apply(), "nothing to do");
            return 0;
        }
    }

    private static void print(List<Difference> differences, String none) {
        differences.forEach(difference -> System.out.println(difference.topic() + " " + difference.what()));
        if (differences.isEmpty()) {
            System.out.println(none);
        }
    }
}
