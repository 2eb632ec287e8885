package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Labels;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Taxonomy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReclassifierTest {
    private static final Reclassifier RECLASSIFIER = new Reclassifier(Engine.of(Taxonomy.standard()));
    private static final String OUTAGE = "Plus d'internet depuis hier, [NAME] est injoignable, c'est inadmissible !";

    /** Tells Avro to trust our classes. */
    private final SchemaRegistry registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://reclassifier"));

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void onlyTheLabelsAreAnother() {
        var before = SampleVerbatims.verbatim("a", OUTAGE);

        var after = RECLASSIFIER.anew(before);

        assertThat(after.getThemes()).extracting(Theme::getTheme).contains("network.outage");
        assertThat(after.getThemes().getFirst().getEvidence()).allMatch(range -> range.getEnd() <= OUTAGE.length());
        assertThat(after.getClassifier()).isEqualTo(RECLASSIFIER.classifier());
        assertThat(Verbatim.newBuilder(after)
                        .setIntent(before.getIntent())
                        .setThemes(before.getThemes())
                        .setSentiment(before.getSentiment())
                        .setSeverity(before.getSeverity())
                        .setChurnRisk(before.getChurnRisk())
                        .setChannelMismatch(before.getChannelMismatch())
                        .setClassifier(before.getClassifier())
                        .setSuperseded(List.of())
                        .build())
                .isEqualTo(before);
    }

    @Test
    void theLabelsOfThreeEarlierVersionsStayTheLatestFirst() {
        var before = Verbatim.newBuilder(SampleVerbatims.verbatim("a", OUTAGE))
                .setClassifier("v4")
                .setSuperseded(List.of(labels("v3"), labels("v2"), labels("v1")))
                .build();

        var after = RECLASSIFIER.anew(before);

        assertThat(after.getSuperseded()).extracting(Labels::getClassifier).containsExactly("v4", "v3", "v2");
    }

    @Test
    void aVersionThatComesBackIsNotAmongThoseThatItReplaced() {
        var before = Verbatim.newBuilder(SampleVerbatims.verbatim("a", OUTAGE))
                .setClassifier("v2")
                .setSuperseded(List.of(labels(RECLASSIFIER.classifier()), labels("v1")))
                .build();

        var after = RECLASSIFIER.anew(before);

        assertThat(after.getSuperseded()).extracting(Labels::getClassifier).containsExactly("v2", "v1");
    }

    @Test
    void theDifferenceCountsEachThemeAndWhatMoved() {
        var difference = new LabelDifference(1);
        var silent = SampleVerbatims.verbatim("a", OUTAGE);
        var labelled = Verbatim.newBuilder(silent)
                .setVerbatimId("b")
                .setThemes(List.of(new Theme("old.theme", 1.0, List.of())))
                .build();

        difference.add(silent, RECLASSIFIER.anew(silent));
        difference.add(labelled, RECLASSIFIER.anew(labelled));
        difference.add(RECLASSIFIER.anew(silent), RECLASSIFIER.anew(silent));

        String text = text(difference);
        assertThat(text)
                .containsPattern("network\\.outage +1 +3 +2 +0\n  \\+ a: Plus d'internet")
                .containsPattern("old\\.theme +1 +0 +0 +1\n  - b: Plus")
                .contains("severity 0 -> ")
                .contains("2 labelled by test-1")
                .endsWith("3 verbatims, of which 2 get another theme, intent or severity\n");
        assertThat(difference.sameName()).isZero();
    }

    @Test
    void otherLabelsByTheSameNameAreTold() {
        var difference = new LabelDifference(0);
        var before = SampleVerbatims.verbatim("a", OUTAGE);

        difference.add(before, Verbatim.newBuilder(before).setSeverity(4).build());

        assertThat(difference.sameName()).isEqualTo(1);
    }

    @Test
    void theLastOffsetOfEachKeyIsKnown() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var model = new HashMap<String, Long>();
        var last = new LastOffsets();
        for (long offset = 0; offset < 20_000; offset++) {
            String key = "crm:" + random.nextInt(8_000);
            model.put(key, offset);
            last.put(key.getBytes(StandardCharsets.UTF_8), offset);
        }

        model.forEach((key, offset) -> {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            assertThat(last.isLast(bytes, offset)).as("-Dseed=%d", seed).isTrue();
            assertThat(last.isLast(bytes, offset - 1)).as("-Dseed=%d", seed).isFalse();
        });
    }

    private static Labels labels(String classifier) {
        var verbatim = SampleVerbatims.verbatim("x", "x");
        return Labels.newBuilder()
                .setClassifier(classifier)
                .setIntent(verbatim.getIntent())
                .setThemes(List.of())
                .setSentiment(0)
                .setSeverity(0)
                .setChurnRisk(0)
                .setChannelMismatch(false)
                .build();
    }

    private static String text(LabelDifference difference) {
        var text = new StringWriter();
        difference.print(new PrintWriter(text, true));
        return text.toString();
    }
}
