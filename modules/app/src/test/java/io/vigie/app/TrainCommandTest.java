package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainCommandTest {
    @TempDir
    private Path directory;

    @Test
    void whatWasLearnedIsReportedAsTextAndAsOnePage() throws IOException {
        Path file = write("moods.jsonl", moods());
        Path page = directory.resolve("report.html");

        var ran =
                SystemStreams.run("", "train", file.toString(), "--label", "labels.mood", "--report", page.toString());

        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .startsWith("labels.mood of moods.jsonl: trained on ")
                .contains("accuracy 1.0000", "macro F1");
        assertThat(ran.out()).containsPattern("glad +1\\.000 +1\\.000 +1\\.000 +\\d+");
        assertThat(ran.err()).contains("read 60 rows, skipped 0", "learned 2 labels");
        assertThat(Files.readString(page))
                .startsWith("<!doctype html>")
                .contains("<h2>Labels</h2>", "<td>glad</td>")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void theSameFileAndSeedGiveTheSameReportAndModel() throws IOException {
        Path file = write("moods.jsonl", moods());
        Path first = directory.resolve("first.model");
        Path second = directory.resolve("second.model");

        var ran = train(file, "--seed", "7", "--out", first.toString());
        var again = train(file, "--seed", "7", "--out", second.toString());

        assertThat(again.out()).isEqualTo(ran.out());
        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void aBadRowIsNamedAndSkipped() throws IOException {
        Path file = write("moods.jsonl", moods() + """
            {"text": "sans étiquette"}
            {"text": "
            {"text": " ", "labels": {"mood": "glad"}}
            ["glad"]
            {"text": "autre", "labels": {"mood": {"a": 1}}}
            """);

        var ran = train(file);

        assertThat(ran.exit()).isZero();
        assertThat(ran.err().lines().filter(line -> line.startsWith("vigie: ")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("vigie: " + file + ":61: the label is missing (column labels.mood)"),
                        line -> assertThat(line).startsWith("vigie: " + file + ":62: not JSON at column "),
                        line -> assertThat(line)
                                .isEqualTo("vigie: " + file + ":63: the text is missing or blank (column text)"),
                        line -> assertThat(line).isEqualTo("vigie: " + file + ":64: not a JSON object"),
                        line -> assertThat(line)
                                .startsWith("vigie: " + file + ":65: the label is neither text nor number"));
        assertThat(ran.err()).contains("read 60 rows, skipped 5");
    }

    @Test
    void aTableOfASpreadsheetIsReadAndItsBadRowNamed() throws IOException {
        String rows = IntStream.range(0, 30)
                .mapToObj(i -> "\"colis perdu;\nnuméro " + i + "\";1\nmerci à vous " + i + ";5\n")
                .collect(Collectors.joining());
        Path file = write("notes.csv", "\uFEFFverbatim;note\n" + rows + "seul\n");

        var ran = SystemStreams.run("", "train", file.toString(), "--label", "note", "--text", "verbatim");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err())
                .contains("vigie: " + file + ":92: the row has 1 fields and the header 2", "read 60 rows, skipped 1");
        assertThat(ran.out()).contains("accuracy 1.0000").containsPattern("(?m)^5 +1\\.000");
    }

    @Test
    void labelsMayBeArraysNumbersAndTruthsInACompressedFile() throws IOException {
        Path file = directory.resolve("tags.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 20; i++) {
                out.write(String.format(Locale.ROOT, """
                    {"text": "colis perdu %1$d", "tags": ["delivery"]}
                    {"text": "colis perdu, compte bloqué %1$d", "tags": ["delivery", 7, true]}
                    {"text": "bonne journée %1$d", "tags": []}
                    """, i).getBytes(StandardCharsets.UTF_8));
            }
        }

        var ran = SystemStreams.run("", "train", file.toString(), "--label", "tags");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("read 60 rows, skipped 0", "learned 3 labels");
        assertThat(ran.out()).containsPattern("(?m)^7 ").containsPattern("(?m)^true ");
    }

    @Test
    void theWrittenModelIsEvaluatedOnAnotherFile() throws IOException {
        Path model = directory.resolve("moods.model");
        train(write("moods.jsonl", moods()), "--out", model.toString());
        Path others = write("others.jsonl", """
            {"text": "merci, tout est parfait", "mood": "glad"}
            {"text": "service lamentable et lent", "mood": "sad"}
            {"text": "parfait, merci", "mood": "sad"}
            """);
        Path page = directory.resolve("others.html");

        var ran = SystemStreams.run(
                "",
                "evaluate",
                others.toString(),
                "--model",
                model.toString(),
                "--label",
                "mood",
                "--report",
                page.toString());

        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .contains("accuracy 0.6667 (2 of 3)", "     1  glad for sad", "line 3: glad (")
                .contains("for sad: parfait, merci");
        assertThat(page).exists();
    }

    @Test
    void aFileThatIsNoModelIsRefusedInOneSentence() throws IOException {
        Path texts = write("moods.jsonl", moods());

        var ran = SystemStreams.run("", "evaluate", texts.toString(), "--model", texts.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("vigie: " + texts + " is no model of vigie train, or broken: ");
    }

    @Test
    void withoutAModelTheEngineItselfIsEvaluated() throws IOException {
        Path file = write("judged.jsonl", """
            {"text": "Plus d'internet depuis hier, c'est inadmissible, je résilie !", "intent": "complaint", "polarity": -1, "churn": true, "theme": []}
            {"text": "Merci, tout fonctionne parfaitement.", "intent": "PRAISE", "polarity": "positive", "churn": false, "theme": "-"}
            {"text": "Bonjour", "intent": "dance"}
            {"text": "Bonjour"}
            """);

        var ran = SystemStreams.run("", "evaluate", file.toString());

        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .startsWith("judged.jsonl: 2 texts\n")
                .contains("intent: accuracy 1.000 on 2 texts", "polarity: accuracy 1.000 on 2 texts with a feeling")
                .contains("churn: precision ", "themes: precision ");
        assertThat(ran.err())
                .contains(file + ":3: intent is \"dance\"; it is one of [")
                .contains(file + ":4: none of the columns theme, intent, polarity and churn is there");
    }

    @Test
    void aColumnThatIsNotThereIsToldWithThoseThatAre() throws IOException {
        Path file = write("moods.jsonl", moods());

        var ran = SystemStreams.run("", "train", file.toString(), "--label", "mood");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .endsWith("vigie: no row of " + file + " is of use; its columns are text, labels.mood\n")
                .contains("10 more skipped rows are not shown");
    }

    @Test
    void whatCannotBeLearnedIsToldInOneSentence() throws IOException {
        Path same = write("same.jsonl", "{\"text\": \"a\", \"mood\": 1}\n{\"text\": \"b\", \"mood\": 1}\n".repeat(5));
        Path missing = directory.resolve("missing.csv");

        var ofOne = SystemStreams.run("", "train", same.toString(), "--label", "mood", "--test", "0.5", "--seed", "2");
        var ofNone = SystemStreams.run("", "train", missing.toString(), "--label", "mood");
        var nowhere = train(same, "--out", directory.resolve("no/where.model").toString());

        assertThat(ofOne.exit()).isEqualTo(1);
        assertThat(ofOne.err().lines().toList().getLast()).startsWith("vigie: ");
        assertThat(ofNone)
                .isEqualTo(new Program.Ran(1, "", "vigie: cannot read " + missing + ": there is no such file\n"));
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.err()).startsWith("vigie: cannot write ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train x.csv",
                "train --label mood",
                "train x.csv --label mood --test 1.5",
                "train x.csv --label mood --cost 0",
                "train x.csv --label mood --seed me",
                "evaluate",
                "evaluate x.csv --label mood"
            })
    void aWrongCommandLineIsExitCode2(String line) {
        var ran = SystemStreams.run("", line.split(" "));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate"})
    void theCommandExplainsItself(String command) {
        var ran = SystemStreams.run("", command, "--help");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("Usage: vigie " + command).contains("--label", "--text", "--report");
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void aReportShowsWhatCustomersWroteAsTextOnly() throws IOException {
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> "{\"text\": \"<script>alert(" + i + ")</script>\", \"mood\": \"<i>" + i % 2 + "\"}\n")
                .collect(Collectors.joining());
        Path page = directory.resolve("report.html");

        SystemStreams.run(
                "", "train", write("evil.jsonl", rows).toString(), "--label", "mood", "--report", page.toString());

        assertThat(Files.readString(page)).contains("&lt;i&gt;0").doesNotContain("<script", "<i>0");
    }

    private Program.Ran train(Path file, String... options) {
        var arguments = new String[options.length + 4];
        arguments[0] = "train";
        arguments[1] = file.toString();
        arguments[2] = "--label";
        arguments[3] = "labels.mood";
        System.arraycopy(options, 0, arguments, 4, options.length);
        return SystemStreams.run("", arguments);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    /** Thirty glad texts and thirty sad ones, a line each. */
    private static String moods() {
        return IntStream.range(0, 30)
                .mapToObj(i -> String.format(Locale.ROOT, """
                    {"text": "merci, tout est parfait %1$d", "labels": {"mood": "glad"}}
                    {"text": "service lamentable, trop lent %1$d", "labels": {"mood": "sad"}}
                    """, i))
                .collect(Collectors.joining());
    }
}
