package io.vigie.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.Checked;
import io.vigie.events.EventRules;
import io.vigie.events.Offer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie offers}. */
@Command(
        name = "offers",
        description = "The offer catalogue of a running Vigie.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ReassignCommand.class)
final class OffersCommand {
    private final Clock clock = Clock.systemUTC();

    @Command(name = "list", description = "Lists the offers, one JSON object a line.")
    int list(@Mixin ConfigOptions options) {
        try (var client = new VigieClient(options.read())) {
            var answer = client.get("/api/v1/offers");
            if (!answer.ok()) {
                throw new CommandFailedException(answer.detail());
            }
            answer.body().path("offers").forEach(System.out::println);
        }
        return 0;
    }

    @Command(
            name = "apply",
            description = {
                "Declares or changes every offer of a JSON Lines file: offerId, name, aliases, segment, owner.",
                "Events that follow resolve to them; for what was said before: vigie offers reassign.",
                "Offers that the file does not name stay as they are."
            })
    int apply(
            @Mixin ConfigOptions options,
            @Option(names = "--dry-run", description = "Only read the file and say what would be done.") boolean dryRun,
            @Parameters(paramLabel = "FILE", description = "The offers, one JSON object a line.") Path file)
            throws IOException {
        var json = new ObjectMapper();
        int bad = 0;
        int done = 0;
        try (var client = new VigieClient(options.read())) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).isBlank()) {
                    continue;
                }
                String problem = apply(json, client, lines.get(i), dryRun);
                if (problem.isEmpty()) {
                    done++;
                } else {
                    bad++;
                    System.err.println("vigie: " + file + ":" + (i + 1) + ": " + problem);
                }
            }
        }
        System.out.println(done
                + (dryRun ? " offers would be applied" : " offers applied")
                + (bad == 0 ? "" : ", " + bad + " lines refused"));
        return bad == 0 ? 0 : 1;
    }

    @Command(
            name = "rename",
            description = {
                "Gives an offer another name; the former one stays as an alias, so that who still says it is understood.",
                "Its id, its topic and what was said of it stay."
            })
    int rename(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "ID", description = "The offer's id.") String id,
            @Parameters(paramLabel = "NAME", description = "Its name from now on.") String name) {
        change(options.read(), id, offer -> {
            String former = offer.path("name").asText();
            offer.put("name", name);
            var aliases = offer.withArray("aliases");
            var known = new HashSet<String>();
            aliases.forEach(alias -> known.add(alias.asText()));
            if (!former.equals(name) && known.add(former)) {
                aliases.add(former);
            }
        });
        System.out.println(id + " is now " + name);
        return 0;
    }

    @Command(
            name = "retire",
            description = {
                "Says since when an offer is not sold any more. Its customers go on talking about it:",
                "events still resolve to it, and its topic stays."
            })
    int retire(
            @Mixin ConfigOptions options,
            @Parameters(paramLabel = "ID", description = "The offer's id.") String id,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "When, " + Since.FORMS + "; it may be yet to come (default: now).")
                    @Nullable
                    String at) {
        var config = options.read();
        var now = clock.instant();
        var retiredAt = at == null ? now.truncatedTo(ChronoUnit.SECONDS) : Since.parse(at, now, config.zone());
        change(config, id, offer -> offer.put("retiredAt", retiredAt.toString()));
        System.out.println(id + (retiredAt.isAfter(now) ? " will be retired at " : " is retired since ") + retiredAt);
        return 0;
    }

    /** Whoever changes the same offer at the same moment may undo this. */
    private static void change(Config config, String id, Consumer<ObjectNode> change) {
        String path = "/api/v1/offers/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        try (var client = new VigieClient(config)) {
            var answer = client.get(path);
            if (!answer.ok() || !(answer.body() instanceof ObjectNode offer)) {
                throw new CommandFailedException(answer.detail());
            }
            change.accept(offer);
            var changed = client.put(path, offer);
            if (!changed.ok()) {
                throw new CommandFailedException(changed.detail());
            }
        }
    }

    /** What is wrong with the line, or nothing. */
    private static String apply(ObjectMapper json, VigieClient client, String line, boolean dryRun) {
        JsonNode offer;
        try {
            offer = json.readTree(line);
        } catch (JsonProcessingException e) {
            return e.getOriginalMessage();
        }
        if (!(offer instanceof ObjectNode object) || !object.path("offerId").isTextual()) {
            return "not an offer: the field offerId is missing";
        }
        String id = object.remove("offerId").textValue();
        if (dryRun) {
            return problem(id, object);
        }
        var answer = client.put("/api/v1/offers/" + URLEncoder.encode(id, StandardCharsets.UTF_8), object);
        return answer.ok() ? "" : answer.detail();
    }

    /** What the running Vigie would refuse the offer for, or nothing. */
    private static String problem(String id, ObjectNode offer) {
        var aliases = new ArrayList<String>();
        offer.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        var checked = EventRules.check(Offer.newBuilder()
                .setOfferId(id)
                .setName(offer.path("name").asText())
                .setAliases(aliases)
                .setOwner(offer.path("owner").textValue())
                .build());
        return checked instanceof Checked.Invalid invalid ? invalid.detail() : "";
    }
}
