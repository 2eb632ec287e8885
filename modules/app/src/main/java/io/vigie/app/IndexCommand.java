package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.app.embedded.DataDirectory;
import io.vigie.index.IndexBackup;
import io.vigie.index.IndexCheck;
import io.vigie.index.IndexStats;
import io.vigie.index.NextIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie index}. */
@Command(
        name = "index",
        description = "The index in the data directory: look at it, copy it, have it built anew.",
        synopsisSubcommandLabel = "COMMAND")
final class IndexCommand {
    private static final List<String> UNITS = List.of("KB", "MB", "GB", "TB");

    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);

    private final Clock clock = Clock.systemUTC();

    @Command(
            name = "check",
            description = {
                "Reads the whole index and says what is damaged, one line each; exit code 1 when anything is.",
                "It reads the last commit; the Vigie that writes the index may run meanwhile."
            })
    int check(@Mixin ConfigOptions options) throws IOException {
        Path index = index(options);
        var check = IndexCheck.of(index);
        check.damages().forEach(System.out::println);
        if (!check.damages().isEmpty()) {
            throw new CommandFailedException("the index in " + index
                    + " is damaged: have it built anew while it answers, vigie index rebuild --yes, or restart Vigie, which"
                    + " keeps it aside, or stop Vigie, then: vigie index restore DIR --force");
        }
        System.out.println("the index in " + index + " is sound: " + check.documents() + " verbatims, " + check.files()
                + " files, " + size(check.bytes()));
        return 0;
    }

    @Command(
            name = "stats",
            description = {
                "Says what is in the index: verbatims, size, and how far it has read its topic.",
                "It reads the last commit; the Vigie that writes the index may run meanwhile."
            })
    int stats(
            @Mixin ConfigOptions options,
            @Option(names = "--json", description = "Print one JSON object.") boolean json)
            throws IOException {
        Path index = index(options);
        var stats = IndexStats.of(index);
        if (json) {
            System.out.println(json(stats));
        } else {
            print(index, stats);
        }
        return 0;
    }

    @Command(
            name = "backup",
            description = {
                "Copies the index as it was last committed into a new or empty directory, and reads the copy back.",
                "The Vigie that writes the index may run meanwhile. The copy can be taken back for some days only,",
                "because an older one would bring back what was erased since."
            })
    int backup(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "DIR", description = "Where to; nothing in it is overwritten.") Path directory)
            throws IOException {
        var copied = IndexBackup.make(index(options), directory);
        System.out.println("copied " + copied.documents() + " verbatims, committed at " + copied.committedAt() + ", in "
                + copied.files() + " files, " + size(copied.bytes()) + ", to " + directory);
        return 0;
    }

    @Command(
            name = "restore",
            description = {
                "Puts a copy made by vigie index backup in the place of the index, after checking all of it.",
                "Vigie must not run on the data directory; its next start reads from Kafka what came since the copy."
            })
    int restore(
            @Mixin ConfigOptions options,
            @Option(names = "--force", description = "Also when there is an index, which is kept aside.") boolean force,
            @Option(names = "--dry-run", description = "Only check the copy.") boolean dryRun,
            @Parameters(paramLabel = "DIR", description = "The copy.") Path directory)
            throws IOException {
        var config = options.read();
        if (dryRun) {
            IndexBackup.requireUsable(directory, clock);
            System.out.println("the copy in " + directory + " can be restored");
            return 0;
        }
        // An index that is not there yet has no lock of its own.
        try (var data = DataDirectory.take(config.dataDirectory())) {
            var old = IndexBackup.restore(directory, data.index(), force, clock);
            System.out.println("restored the index in " + data.index());
            old.ifPresent(IndexCommand::tellOld);
        }
        return 0;
    }

    @Command(
            name = "rebuild",
            description = {
                "Asks for the index to be built anew from Kafka, beside the one that answers until the new one takes over.",
                "The Vigie that runs on the data directory begins within a second; if none runs, the next start does.",
                "/health/ready says how far it is."
            })
    int rebuild(
            @Mixin ConfigOptions options,
            @Option(names = "--yes", description = "Do it; without it the command only says what it would do.")
                    boolean yes,
            @Option(names = "--follow", description = "Say how far it is until it is done.") boolean follow,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun)
            throws IOException, InterruptedException {
        Path index = index(options);
        if (!Files.isDirectory(index)) {
            throw new CommandFailedException("there is no index in " + index + "; the next start builds one");
        }
        if (dryRun || !yes) {
            System.out.println("would build the index in " + index + " anew, in " + NextIndex.of(index)
                    + "; searches go on meanwhile: vigie index rebuild --yes");
            return dryRun ? 0 : 1;
        }
        System.out.println(
                NextIndex.request(index)
                        ? "the index is built anew from Kafka in " + NextIndex.of(index)
                                + ", by the Vigie that runs or by its next start"
                        : "the index is being built anew already, in " + NextIndex.of(index));
        if (follow) {
            follow(options, index);
        }
        return 0;
    }

    /** The process that builds it says how far it is; when none answers, the directory still tells that it is not done. */
    private static void follow(ConfigOptions options, Path index) throws IOException, InterruptedException {
        try (var client = new VigieClient(options.read())) {
            String told = "";
            while (NextIndex.isRequested(index)) {
                String now = progress(client.get("/health/ready").body());
                if (!now.equals(told)) {
                    System.out.println(now);
                    told = now;
                }
                Thread.sleep(FOLLOW_EVERY);
            }
        }
        System.out.println("the index that was built anew has taken over");
    }

    private static String progress(JsonNode ready) {
        for (JsonNode check : ready.path("checks")) {
            String detail = check.path("detail").asText();
            int at = detail.indexOf(IndexHealth.REBUILDING);
            if (at >= 0) {
                return detail.substring(at);
            }
        }
        return "the index is about to be built anew";
    }

    private static Path index(ConfigOptions options) {
        return options.read().dataDirectory().resolve("index");
    }

    private static void tellOld(Path old) {
        System.out.println("the index that was there is in " + old + " until Vigie has caught up again");
    }

    private static void print(Path index, IndexStats stats) {
        System.out.println("index       " + index);
        System.out.println("verbatims   " + stats.documents() + ", and " + stats.deleted() + " deleted still on disk");
        System.out.println("size        " + size(stats.bytes()) + " in " + stats.files() + " files, " + stats.segments()
                + " segments");
        new TreeMap<>(stats.bytesOf())
                .forEach((purpose, bytes) -> System.out.printf(Locale.ROOT, "  %-10s%s%n", purpose, size(bytes)));
        System.out.println(
                "format      " + stats.format() + ", schema " + stats.schema() + ", Lucene " + stats.lucene());
        System.out.println("committed   " + stats.committedAt());
        var upkeep = stats.upkeep();
        System.out.println("erased      "
                + upkeep.erasedSince()
                        .map(since -> "what was erased since " + since + " may still be on disk")
                        .orElse("nothing that was erased is on disk"));
        System.out.println("too old     " + upkeep.expired() + " verbatims left out"
                + upkeep.retention()
                        .map(kept -> ", those of more than " + kept.toDays() + " days")
                        .orElse("; verbatims of any age are kept"));
        System.out.println("topic id    " + stats.checkpoint().topicId());
        new TreeMap<>(stats.checkpoint().nextOffsets())
                .forEach(
                        (partition, next) -> System.out.println("  partition " + partition + " is read up to " + next));
    }

    private static ObjectNode json(IndexStats stats) {
        var object = new ObjectMapper().createObjectNode();
        object.put("documents", stats.documents());
        object.put("deleted", stats.deleted());
        object.put("segments", stats.segments());
        object.put("files", stats.files());
        object.put("bytes", stats.bytes());
        var bytesOf = object.putObject("bytesOf");
        new TreeMap<>(stats.bytesOf()).forEach(bytesOf::put);
        object.put("format", stats.format());
        object.put("schema", stats.schema());
        object.put("lucene", stats.lucene());
        object.put("committedAt", stats.committedAt().toString());
        var upkeep = stats.upkeep();
        upkeep.erasedSince().ifPresent(since -> object.put("erasedSince", since.toString()));
        upkeep.retention().ifPresent(kept -> object.put("retentionDays", kept.toDays()));
        object.put("expired", upkeep.expired());
        object.put("topicId", stats.checkpoint().topicId());
        var offsets = object.putObject("nextOffsets");
        new TreeMap<>(stats.checkpoint().nextOffsets())
                .forEach((partition, next) -> offsets.put(Integer.toString(partition), next));
        return object;
    }

    private static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " bytes";
        }
        double size = bytes / 1e3;
        int unit = 0;
        while (size >= 1_000 && unit < UNITS.size() - 1) {
            size /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
    }
}
