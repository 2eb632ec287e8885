package io.vigie.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Explanation;
import io.vigie.understanding.Span;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
    private static final double ROUNDING = 1e4;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = UtteranceLines.STANDARD_INPUT,
            description = "The file to read, also compressed (.gz); - (the default) reads standard input.")
    private String file = UtteranceLines.STANDARD_INPUT;

    @Option(
            names = "--explain",
            description = "Also say why: the cues that matched, and the words the model went by with their weights.")
    private boolean explain;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Integer call() throws IOException {
        // Standard output stays the process's own to close.
        var out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        var engine = Engine.standard();
        try (var lines = UtteranceLines.open(file)) {
            Utterance utterance;
            while ((utterance = lines.next()) != null) {
                out.write(json.writeValueAsString(answer(engine, utterance)));
                out.write('\n');
                if (lines.pauses()) {
                    out.flush();
                }
            }
            out.flush();
            return lines.refused() == 0 ? 0 : 1;
        }
    }

    private ObjectNode answer(Engine engine, Utterance utterance) {
        if (!explain) {
            return toJson(engine.understand(utterance));
        }
        var explanation = engine.explain(utterance);
        var object = toJson(explanation.understood());
        object.set("explanation", toJson(explanation));
        return object;
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
            theme.evidence().forEach(span -> put(evidence.addObject(), span));
        }
        object.put("sentiment", understood.sentiment());
        object.put("severity", understood.severity());
        object.put("churnRisk", understood.churnRisk());
        object.put("channelMismatch", understood.channelMismatch());
        object.set("redactions", json.valueToTree(understood.redactions()));
        object.put("classifier", understood.classifier());
        return object;
    }

    private ObjectNode toJson(Explanation explanation) {
        String text = explanation.understood().text();
        var object = json.createObjectNode();
        var themes = object.putArray("themes");
        for (var theme : explanation.themes()) {
            var one = themes.addObject().put("theme", theme.id());
            theme.cues().forEach(one.putArray("cues")::add);
            one.put("learned", rounded(theme.learned()));
            words(one.putArray("words"), text, theme.words());
        }
        var intent = object.putObject("intent");
        intent.put("wishIgnored", explanation.intent().wishIgnored());
        words(intent.putArray("words"), text, explanation.intent().words());
        var sentiment = object.putObject("sentiment");
        sentiment.put("lexicon", rounded(explanation.sentiment().lexicon()));
        words(sentiment.putArray("words"), text, explanation.sentiment().words());
        var churn = object.putObject("churn");
        explanation.churn().cues().forEach(churn.putArray("cues")::add);
        words(churn.putArray("words"), text, explanation.churn().words());
        return object;
    }

    private static void words(ArrayNode array, String text, List<Explanation.Word> words) {
        for (var word : words) {
            var one = array.addObject();
            one.put("word", text.substring(word.span().start(), word.span().end()));
            put(one, word.span());
            one.put("weight", rounded(word.weight()));
        }
    }

    private static void put(ObjectNode object, Span span) {
        object.put("start", span.start()).put("end", span.end());
    }

    private static double rounded(double number) {
        return Math.round(number * ROUNDING) / ROUNDING;
    }
}
