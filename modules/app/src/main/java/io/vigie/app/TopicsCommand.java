package io.vigie.app;

import io.vigie.events.Provisioning;
import io.vigie.events.Provisioning.Difference;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Clock;
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
    private final Clock clock = Clock.systemUTC();

    @Command(
            name = "check",
            description = {
                "Says what is missing or set otherwise, also of the topics of each offer's complaints.",
                "Exit code 1 when anything is; a note is nothing that must be mended."
            })
    int check(@Mixin ConfigOptions options) {
        var connections = Connections.to(options.read());
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry()) {
            var differences = differences(connections, connections.provisioning(admin, schemas), schemas);
            print(differences, "every topic is as it should be");
            return differences.stream().anyMatch(Difference::matters) ? 1 : 0;
        }
    }

    @Command(
            name = "apply",
            description = {
                "Creates what is missing, sets what differs, and registers the schemas.",
                "Says what is left that can only be mended by hand."
            })
    int apply(
            @Mixin ConfigOptions options,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun) {
        var connections = Connections.to(options.read());
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry()) {
            var provisioning = connections.provisioning(admin, schemas);
            var differences = dryRun
                    ? differences(connections, provisioning, schemas)
                    : applied(connections, provisioning, schemas);
            print(differences, "nothing to do");
            return 0;
        }
    }

    private List<Difference> differences(Connections connections, Provisioning provisioning, SchemaRegistry schemas) {
        var fixed = provisioning.differences();
        // A topic that is not there holds no offers, and asking for it may make it.
        return missing(fixed, connections.topics().offers())
                ? fixed
                : provisioning.differences(
                        DeclaredOffers.in(connections, schemas).byId().values(), clock.instant());
    }

    private List<Difference> applied(Connections connections, Provisioning provisioning, SchemaRegistry schemas) {
        return missing(provisioning.differences(), connections.topics().offers())
                ? provisioning.apply()
                : provisioning.apply(
                        DeclaredOffers.in(connections, schemas).byId().values(), clock.instant());
    }

    private static boolean missing(List<Difference> differences, String topic) {
        return differences.contains(Difference.missing(topic));
    }

    private static void print(List<Difference> differences, String none) {
        for (Difference difference : differences) {
            String before = switch (difference.remedy()) {
                case APPLY -> "";
                case BY_HAND -> "BY HAND: ";
                case NONE -> "note: ";
            };
            System.out.println(before + difference.topic() + " " + difference.what());
        }
        if (differences.stream().noneMatch(Difference::matters)) {
            System.out.println(none);
        }
    }
}
