package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.Checkpoint;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaxonomyCommandTest {
    private static final String HEAD = """
            schema: voc-taxonomy/1
            version: mine-3
            categories:
            - id: food
              fr: Repas
              en: Food
              leaves:
            """;

    @TempDir
    private Path directory;

    @Test
    void aFineTaxonomyIsExitCode0AlsoWithWarnings() throws IOException {
        Path file = taxonomy("mine.yaml", "tiède");

        var ran = SystemStreams.run("", "taxonomy", "check", file.toString());

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines())
                .containsExactly(
                        "warning: line 8: leaf 'food.cold' has no cues in 'en'",
                        "warning: line 8: leaf 'food.cold' has no examples",
                        file + " is fine");
    }

    @Test
    void problemsAreExitCode1OneLineEach() throws IOException {
        Path dead = taxonomy("dead.yaml", "tiède, Tiède");
        Path broken = taxonomy("broken.yaml", "'(', '\"'");

        var ofDead = SystemStreams.run("", "taxonomy", "check", dead.toString());
        var ofBroken = SystemStreams.run("", "taxonomy", "check", broken.toString());

        assertThat(ofDead.exit()).isEqualTo(1);
        assertThat(ofDead.out().lines()).hasSize(3).first().isEqualTo("line 8: cue <Tiède> says what line 8 says");
        assertThat(ofBroken.exit()).isEqualTo(1);
        assertThat(ofBroken.out().lines()).hasSize(2).allMatch(line -> line.startsWith("line 8: cue <"));
    }

    @Test
    void theDifferenceIsToldByLeafWithTextsAndTotals() throws IOException {
        Path before = taxonomy("before.yaml", "froid, glacé");
        Path after = taxonomy("after.yaml", "froid, tiède");
        Path texts = Files.writeString(directory.resolve("texts.jsonl"), """
                {"text": "Un plat tiède, appelez le 06 39 98 11 22.", "language": "fr"}

                Un plat glacé.
                {"texte": "Un plat glacé."}
                Un potage tiède.
                Un plat froid.
                """);

        var ran = SystemStreams.run(
                "", "taxonomy", "diff", before.toString(), after.toString(), "--on", texts.toString(), "--show", "1");

        assertThat(ran).isEqualTo(new Program.Ran(1, """
                        food.cold +2 -1
                          + Un plat tiède, appelez le [PHONE].
                          - Un plat glacé.
                        4 texts, 3 changed: 2 leaves gained, 1 lost; without any leaf 2 before, 1 after
                        """, "vigie: line 4 is not understood: it has no field text\n"));
    }

    @Test
    void theDifferenceIsToldOnTheIndexOfTheDataDirectory() throws IOException {
        Path before = taxonomy("before.yaml", "froid, glacé");
        Path after = taxonomy("after.yaml", "froid, tiède");
        String[] command = {
            "taxonomy", "diff", before.toString(), after.toString(), "--on", "index", "--data", directory.toString()
        };

        var withoutIndex = SystemStreams.run("", command);
        index("Le café était tiède.", "Rien à dire.");
        var ran = SystemStreams.run("", command);

        assertThat(withoutIndex.exit()).isEqualTo(1);
        assertThat(withoutIndex.err()).contains("there is no index in " + directory.resolve("index"));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().lines())
                .contains("food.cold +1 -0", "  + Le café était tiède.")
                .last()
                .asString()
                .startsWith("2 texts, 1 changed");
    }

    private void index(String... texts) throws IOException {
        try (var index = VerbatimIndex.open(directory.resolve("index"), new SimpleMeterRegistry(), Clock.systemUTC())) {
            for (String text : texts) {
                index.put(SampleVerbatims.verbatim(text, text));
            }
            index.commit(new Checkpoint("topic", Map.of(0, (long) texts.length)));
        }
    }

    @Test
    void compressedTextsAreReadAndWithoutAChangeOnlyTheTotalsAreTold() throws IOException {
        Path taxonomy = taxonomy("mine.yaml", "tiède");
        Path texts = directory.resolve("texts.txt.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(texts))) {
            out.write("Un plat tiède.\nUn plat.\n".getBytes(StandardCharsets.UTF_8));
        }

        var ran = SystemStreams.run(
                "", "taxonomy", "diff", taxonomy.toString(), taxonomy.toString(), "--on", texts.toString());

        assertThat(ran)
                .isEqualTo(new Program.Ran(
                        0, "2 texts, 0 changed: 0 leaves gained, 0 lost; without any leaf 1 before, 1 after\n", ""));
    }

    @Test
    void aTaxonomyThatCannotBeReadIsToldWithItsFileAndEveryProblem() throws IOException {
        Path fine = taxonomy("mine.yaml", "tiède");
        Path broken = taxonomy("broken.yaml", "'(', '\"'");

        var ran = SystemStreams.run("", "taxonomy", "diff", fine.toString(), broken.toString(), "--on", "-");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).hasSize(2).allMatch(line -> line.startsWith("vigie: " + broken + ": line 8: "));
    }

    @Test
    void filesThatAreNotThereOrNotCompressedAreToldInOneSentence() throws IOException {
        String missing = directory.resolve("missing.yaml").toString();
        String taxonomy = taxonomy("mine.yaml", "tiède").toString();
        Path plain = Files.writeString(directory.resolve("texts.gz"), "Un plat tiède.\n");

        var ofMissing = SystemStreams.run("", "taxonomy", "check", missing);
        var ofPlain = SystemStreams.run("", "taxonomy", "diff", taxonomy, taxonomy, "--on", plain.toString());

        assertThat(ofMissing)
                .isEqualTo(new Program.Ran(1, "", "vigie: cannot read " + missing + ": there is no such file\n"));
        assertThat(ofPlain)
                .isEqualTo(new Program.Ran(1, "", "vigie: cannot read " + plain + ": it is not compressed by gzip\n"));
    }

    private Path taxonomy(String name, String frenchCues) throws IOException {
        String leaf =
                "  - {id: food.cold, fr: Froid, en: Cold, kind: complaint, severity: 1, cues_fr: [" + frenchCues + "]}";
        return Files.writeString(directory.resolve(name), HEAD + leaf);
    }
}
