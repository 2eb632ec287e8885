package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie questions}. */
@Command(
        name = "questions",
        description = {
            "Lists the technical questions that customers ask about the offers of a running Vigie, the oldest first.",
            "vigie answer ID TEXT answers one."
        })
final class QuestionsCommand implements Callable<Integer> {
    @Option(names = "--offer", paramLabel = "ID", description = "Only this offer (default: all declared ones).")
    private @Nullable String offer;

    @Option(names = "--state", description = "open, answered or all (default: open; answered with --find).")
    private @Nullable String state;

    @Option(names = "--find", paramLabel = "WORDS", description = "Only questions that have all these words.")
    private @Nullable String words;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean raw;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() {
        try (var client = new VigieClient(options.read())) {
            for (String id : offers(client)) {
                var answer = client.get("/api/v1/offers/" + encoded(id) + "/questions?size=500" + parameters());
                if (!answer.ok()) {
                    throw new CommandFailedException(answer.detail());
                }
                for (JsonNode question : answer.body().path("questions")) {
                    print(question, System.out);
                }
            }
        }
        return 0;
    }

    private List<String> offers(VigieClient client) {
        if (offer != null) {
            return List.of(offer);
        }
        var answer = client.get("/api/v1/offers");
        if (!answer.ok()) {
            throw new CommandFailedException(answer.detail());
        }
        var ids = new ArrayList<String>();
        answer.body().path("offers").forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }

    private String parameters() {
        return (state == null ? "" : "&state=" + encoded(state)) + (words == null ? "" : "&q=" + encoded(words));
    }

    private void print(JsonNode question, PrintStream out) {
        if (raw) {
            out.println(question);
            return;
        }
        out.println(question.path("id").asText() + "  "
                + question.path("offer").asText() + "  "
                + question.path("ageDays").asInt() + " d  "
                + question.path("customers").asInt() + " customers  "
                + (question.has("owner") ? question.path("owner").asText() : "no owner"));
        out.println("    " + question.path("question").asText());
        if (question.has("answer")) {
            JsonNode answer = question.path("answer");
            out.println("    -> " + answer.path("text").asText() + " ("
                    + answer.path("author").asText() + ", " + answer.path("at").asText() + ")");
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
