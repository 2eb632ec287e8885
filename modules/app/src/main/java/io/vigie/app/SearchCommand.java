package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie search}. */
@Command(
        name = "search",
        description = {
            "Searches the verbatims of a running Vigie.",
            "Words are all wanted; \"a phrase\", prefix*, word~ (typos), -word, OR/OU, parentheses, offer:ID, theme:ID."
        })
final class SearchCommand implements Callable<Integer> {
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    @Parameters(paramLabel = "QUERY", description = "What to search; *:* is everything.")
    private String query = "";

    @Option(names = "--offer", paramLabel = "ID", description = "Only this offer.")
    private @Nullable String offer;

    @Option(names = "--theme", paramLabel = "ID", description = "Only this theme.")
    private @Nullable String theme;

    @Option(names = "--intent", description = "Only COMPLAINT, QUESTION, REQUEST, PRAISE or OTHER.")
    private @Nullable String intent;

    @Option(names = "--size", defaultValue = "10", description = "How many to show, 0 to 100 (default: 10).")
    private int size = 10;

    @Option(names = "--newest", description = "The newest first, not the best.")
    private boolean newest;

    @Option(names = "--json", description = "Print the answer of the API as it is.")
    private boolean raw;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() {
        Config config = options.read();
        try (var client = new VigieClient(config)) {
            var answer = client.get("/api/v1/search?" + parameters());
            if (!answer.ok()) {
                throw new CommandFailedException(answer.detail());
            }
            if (raw) {
                System.out.println(answer.body());
            } else {
                print(answer.body(), System.out, Main.onTerminal());
            }
        }
        return 0;
    }

    private String parameters() {
        var parameters =
                new StringBuilder("q=").append(encoded(query)).append("&size=").append(size);
        add(parameters, "offer", offer);
        add(parameters, "theme", theme);
        add(parameters, "intent", intent);
        add(parameters, "sort", newest ? "newest" : null);
        return parameters.toString();
    }

    private static void add(StringBuilder parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.append('&').append(name).append('=').append(encoded(value));
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static void print(JsonNode answer, PrintStream out, boolean coloured) {
        out.println(answer.path("total").asLong() + " verbatims in "
                + answer.path("tookMs").asLong() + " ms");
        for (JsonNode hit : answer.path("hits")) {
            String head = hit.path("occurredAt").asText() + "  "
                    + hit.path("offerId").asText() + "  " + hit.path("intent").asText() + "  " + themes(hit);
            out.println();
            out.println(coloured ? DIM + head + PLAIN : head);
            out.println(coloured ? highlighted(hit) : hit.path("text").asText());
        }
    }

    private static String themes(JsonNode hit) {
        var themes = new StringBuilder();
        hit.path("themes")
                .forEach(theme -> themes.append(theme.path("theme").asText()).append(' '));
        return themes.toString().strip();
    }

    private static String highlighted(JsonNode hit) {
        String text = hit.path("text").asText();
        var marked = new StringBuilder();
        int done = 0;
        for (JsonNode range : hit.path("highlights")) {
            int start = range.path("start").asInt();
            int end = range.path("end").asInt();
            if (start >= done && end <= text.length()) {
                marked.append(text, done, start)
                        .append(BOLD)
                        .append(text, start, end)
                        .append(PLAIN);
                done = end;
            }
        }
        return marked.append(text, done, text.length()).toString();
    }
}
