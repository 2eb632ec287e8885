package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Provisioning;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie doctor}. */
@Command(
        name = "doctor",
        description = {
            "Checks everything around a running Vigie, and says what to mend.",
            "Configuration, disk, Kafka, topics, registry, and the running Vigie itself."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final long FREE_BYTES_MIN = 1L << 30;

    @Option(names = "--live", description = "Only ask whether the Vigie of this configuration is alive.")
    private boolean live;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    private int ills;

    @Override
    public Integer call() {
        Config config = options.read();
        var out = System.out;
        if (!live) {
            say(out, true, "configuration", "is read");
            disk(out, config.dataDirectory());
            kafka(out, config);
        }
        running(out, config);
        return ills == 0 ? 0 : 1;
    }

    private void disk(PrintStream out, Path data) {
        Path existing = data.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            say(
                    out,
                    free >= FREE_BYTES_MIN,
                    "disk",
                    (free >> 20) + " MiB free for " + data.toAbsolutePath()
                            + (free >= FREE_BYTES_MIN ? "" : "; make room, or choose another place with --data"));
        } catch (IOException e) {
            say(out, false, "disk", "cannot be asked for its room: " + e);
        }
    }

    private void kafka(PrintStream out, Config config) {
        var connections = Connections.to(config);
        String where = String.valueOf(config.kafka().get("bootstrap.servers"));
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry()) {
            var differences = connections.provisioning(admin, schemas).differences().stream()
                    .filter(Provisioning.Difference::matters)
                    .toList();
            say(out, true, "kafka", "answers at " + where);
            say(
                    out,
                    differences.isEmpty(),
                    "topics",
                    differences.isEmpty()
                            ? "are as they should be"
                            : differences.size()
                                    + " differences; see vigie topics check, mend with vigie topics apply");
            say(
                    out,
                    schemas.reachable(),
                    "registry",
                    schemas.reachable()
                            ? "answers"
                            : "does not answer at " + config.registry().get("url")
                                    + "; start it, or set schema.registry.url");
            transactions(out, config, connections, admin);
        } catch (RuntimeException e) {
            say(
                    out,
                    false,
                    "kafka",
                    "does not answer at " + where + " (" + e.getMessage()
                            + "); start it, or set kafka.bootstrap.servers");
        }
    }

    private void transactions(PrintStream out, Config config, Connections connections, Admin admin) {
        String prefix = connections.topics().prefix();
        String own = config.stream().applicationId() + "-";
        var open = new OpenTransactions(admin, Clock.systemUTC())
                .in(topic -> topic.startsWith(prefix) || topic.startsWith(own));
        String where = String.valueOf(config.kafka().get("bootstrap.servers"));
        say(
                out,
                open.isEmpty(),
                "transactions",
                open.isEmpty()
                        ? "none holds up readers"
                        : open.stream().map(one -> one.told(where)).collect(Collectors.joining("\n      ")));
    }

    private void running(PrintStream out, Config config) {
        try (var client = new VigieClient(config)) {
            var answer = client.get(live ? "/health/live" : "/health/ready");
            say(
                    out,
                    answer.ok(),
                    "vigie",
                    answer.ok() ? "is well at " + config.http().url() : String.valueOf(answer.body()));
            if (answer.ok()) {
                notes(out, answer.body());
            }
        } catch (CommandFailedException e) {
            say(out, false, "vigie", String.valueOf(e.getMessage()));
        }
    }

    /** What is ready can still have something to tell. */
    private static void notes(PrintStream out, JsonNode health) {
        for (JsonNode check : health.path("checks")) {
            String detail = check.path("detail").asText("");
            if (!detail.isEmpty()) {
                out.println("note  " + check.path("name").asText() + ": " + detail);
            }
        }
    }

    private void say(PrintStream out, boolean well, String part, String what) {
        out.println((well ? "ok    " : "MEND  ") + part + ": " + what);
        ills += well ? 0 : 1;
    }
}
