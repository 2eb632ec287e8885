package io.vigie.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vigie classify}. */
@Command(
        name = "classify",
        description = {
            "Says what Vigie understands of texts; needs no Kafka.",
            "Takes one text a line, or JSON Lines with text (and language, channel, preferredChannel if you know them);",
            "gives one JSON object a line."
        })
final class ClassifyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "The file to read; - (the default) reads standard input.")
    private String file = "-";

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Integer call() throws IOException {
        // Standard output stays the process's own to close.
        var out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        var engine = Engine.standard();
        int bad = 0;
        try (var in = file.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            String line;
            for (int number = 1; (line = in.readLine()) != null; number++) {
                bad += line.isBlank() || answer(engine, line, number, out) ? 0 : 1;
                if (!in.ready()) {
                    out.flush();
                }
            }
        }
        out.flush();
        return bad == 0 ? 0 : 1;
    }

    private boolean answer(Engine engine, String line, int number, Writer out) throws IOException {
        Utterance utterance;
        try {
            utterance = line.stripLeading().startsWith("{") ? fromJson(json.readTree(line)) : Utterance.of(line);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String problem = e instanceof JsonProcessingException syntax ? syntax.getOriginalMessage() : e.getMessage();
            System.err.println("vigie: line " + number + " is not understood: " + problem);
            return false;
        }
        out.write(json.writeValueAsString(toJson(engine.understand(utterance))));
        out.write('\n');
        return true;
    }

    private static Utterance fromJson(JsonNode node) {
        if (!node.path("text").isTextual()) {
            throw new IllegalArgumentException("it has no field text");
        }
        return new Utterance(
                node.path("text").textValue(),
                optional(node, "language"),
                optional(node, "channel"),
                optional(node, "preferredChannel"));
    }

    private static @Nullable String optional(JsonNode node, String field) {
        return node.path(field).textValue();
    }

    private ObjectNode toJson(Understood understood) {
        var object = json.createObjectNode();
        object.put("text", understood.text());
        object.put("language", understood.language());
        object.put("intent", understood.intent().name());
        var themes = object.putArray("themes");
        for (var theme : understood.themes()) {
            var one = themes.addObject().put("theme", theme.id()).put("score", theme.score());
            var evidence = one.putArray("evidence");
            theme.evidence()
                    .forEach(span ->
                            evidence.addObject().put("start", span.start()).put("end", span.end()));
        }
        object.put("sentiment", understood.sentiment());
        object.put("severity", understood.severity());
        object.put("churnRisk", understood.churnRisk());
        object.put("channelMismatch", understood.channelMismatch());
        object.set("redactions", json.valueToTree(understood.redactions()));
        object.put("classifier", understood.classifier());
        return object;
    }
}
