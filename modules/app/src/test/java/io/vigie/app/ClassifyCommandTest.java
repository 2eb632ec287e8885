package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassifyCommandTest {
    @TempDir
    private Path directory;

    @Test
    void linesOfJsonAndPlainLinesAreUnderstoodOneByOne() {
        var ran = SystemStreams.run("""
                {"text": "Plus d'internet depuis hier, c'est inadmissible. Appelez le 06 39 98 11 22."}

                Le routeur gère-t-il l'IPv6 ?
                {"text": "Thank you, everything works.", "language": "en"}
                """, "classify", "-");

        var answers = answers(ran.out());
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(answers)
                .extracting(answer -> answer.path("intent").asText())
                .containsExactly("COMPLAINT", "QUESTION", "PRAISE");
        assertThat(answers)
                .extracting(answer -> answer.path("language").asText())
                .containsExactly("fr", "fr", "en");
        JsonNode first = answers.getFirst();
        assertThat(first.path("text").asText()).doesNotContain("06 39");
        assertThat(first.path("redactions").properties()).hasSize(1);
        assertThat(first.path("themes")).isNotEmpty().allSatisfy(theme -> {
            assertThat(theme.path("score").asDouble()).isBetween(0.0, 1.0);
            assertThat(theme.path("evidence")).isNotEmpty();
        });
    }

    @Test
    void everyAnswerHasTheFieldsOfTheContract() {
        var ran = SystemStreams.run("Bonjour\n", "classify");

        assertThat(answers(ran.out()).getFirst().fieldNames())
                .toIterable()
                .contains(
                        "text",
                        "language",
                        "intent",
                        "themes",
                        "sentiment",
                        "severity",
                        "churnRisk",
                        "channelMismatch",
                        "redactions");
    }

    @Test
    void whyIsToldInOneMoreFieldWhereItIsAskedFor() {
        String text = "Plus d'internet depuis hier, la ligne est en panne, je résilie.\n";

        var plain = answers(SystemStreams.run(text, "classify").out()).getFirst();
        var explained =
                answers(SystemStreams.run(text, "classify", "--explain").out()).getFirst();

        JsonNode why = ((ObjectNode) explained).remove("explanation");
        assertThat(explained).isEqualTo(plain);
        assertThat(why.fieldNames()).toIterable().containsExactly("themes", "intent", "sentiment", "churn");
        assertThat(why.path("themes").findValuesAsText("theme"))
                .containsExactlyElementsOf(plain.path("themes").findValuesAsText("theme"));
        assertThat(why.path("themes"))
                .anySatisfy(theme -> assertThat(theme.path("cues").toString()).contains("en panne"));
        assertThat(why.path("sentiment").path("lexicon").isNumber()).isTrue();
        assertThat(why.path("churn").path("cues").toString()).isEqualTo("[\"explicit\"]");
        assertThat(why.findValues("words"))
                .hasSizeGreaterThan(3)
                .allSatisfy(words -> assertThat(words)
                        .hasSizeLessThanOrEqualTo(5)
                        .allSatisfy(word -> assertThat(word.path("word").asText())
                                .isEqualTo(plain.path("text")
                                        .asText()
                                        .substring(
                                                word.path("start").asInt(),
                                                word.path("end").asInt()))));
    }

    @Test
    void compressedFilesAreRead() throws IOException {
        Path file = directory.resolve("texts.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("Bonjour\n".getBytes(StandardCharsets.UTF_8));
        }

        var ran = SystemStreams.run("", "classify", file.toString());

        assertThat(answers(ran.out()))
                .singleElement()
                .satisfies(answer -> assertThat(answer.path("text").asText()).isEqualTo("Bonjour"));
    }

    @Test
    void aBadLineIsToldByItsNumberAndTheRestIsAnswered() {
        var ran = SystemStreams.run("""
                {"text": "Bonjour"}
                {"text": "Bonjour"
                {"texte": "Bonjour"}
                {"text": 7}
                Merci
                """, "classify", "-");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(answers(ran.out())).hasSize(2);
        assertThat(ran.err().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("vigie: line 2 is not understood: "),
                        line -> assertThat(line).isEqualTo("vigie: line 3 is not understood: it has no field text"),
                        line -> assertThat(line).isEqualTo("vigie: line 4 is not understood: it has no field text"));
    }

    @Test
    void theWishedChannelCountsWhereItIsKnown() throws IOException {
        Path file = Files.writeString(directory.resolve("texts.jsonl"), """
                {"text": "Vous m'appelez sans cesse, je voulais un mail.", "channel": "PHONE", "preferredChannel": "EMAIL"}
                """);

        var ran = SystemStreams.run("", "classify", file.toString());

        assertThat(answers(ran.out()).getFirst().path("channelMismatch").asBoolean())
                .isTrue();
    }

    @Test
    void aFileThatIsNotThereIsToldInOneSentence() {
        String missing = directory.resolve("missing.txt").toString();

        var ran = SystemStreams.run("", "classify", missing);

        assertThat(ran)
                .isEqualTo(new Program.Ran(1, "", "vigie: cannot read " + missing + ": there is no such file\n"));
    }

    private static List<JsonNode> answers(String out) {
        var json = new ObjectMapper();
        return out.lines()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(line, e);
                    }
                })
                .toList();
    }
}
