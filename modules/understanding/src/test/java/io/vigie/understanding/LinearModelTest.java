package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class LinearModelTest {
    private static final Concepts CONCEPTS = Concepts.of(List.of("router: box, modem*, livre box"));
    private static final List<LabelledText> TEXTS = List.of(
            text("la box est morte", "device"),
            text("mon modem clignote rouge", "device"),
            text("le modem neuf est mort aussi", "device"),
            text("ma facture est trop chère", "money"),
            text("la facture de mars est fausse", "money"),
            text("une facture de trop", "money"));

    @Test
    void whatWasLearnedIsToldOfNewTexts() {
        LinearModel model = train(1);

        assertThat(likeliest(model, "ce modem est mort")).isEqualTo("device");
        assertThat(likeliest(model, "encore une facture fausse")).isEqualTo("money");
        assertThat(likeliest(model, "la boxe")).isEqualTo("device");
    }

    @Test
    void wordsOfOneConceptStandForEachOther() {
        LinearModel model = train(1);

        assertThat(reading(model, "modems").probability(model.head("topic"), 0, 0))
                .isGreaterThan(0.5);
    }

    @Test
    void theEvidenceIsTheWordsThatSpeakForTheLabel() {
        LinearModel model = train(1);
        String text = "Bonjour, votre facture !";

        List<Span> evidence = reading(model, text).evidence(model.head("topic"), 1);

        assertThat(evidence.stream().map(span -> text.substring(span.start(), span.end())))
                .contains("facture");
    }

    @Test
    void aModelThatWasWrittenReadsTheSame() throws IOException {
        LinearModel model = train(1);

        LinearModel again = LinearModel.read(new ByteArrayInputStream(written(model)));

        assertThat(again.version()).isEqualTo(model.version());
        assertThat(again.heads()).isEqualTo(model.heads());
        assertThat(reading(again, "la box").shares(again.head("topic")))
                .containsExactly(reading(model, "la box").shares(model.head("topic")));
    }

    @Test
    void theSameTextsAndSeedGiveTheSameModel() throws IOException {
        assertThat(written(train(7))).isEqualTo(written(train(7)));
    }

    @Test
    void aHeadThatNobodyLabelledKeepsToItsPrior() {
        var lesson = new ModelTrainer.Lesson(new Head("mood", false, List.of("glad"), 0), 1, 0);
        LinearModel model = new ModelTrainer(CONCEPTS, LinearModelTest::nothing, 1).train(TEXTS, List.of(lesson));

        assertThat(reading(model, "la box").probability(model.head("mood"), 0, 0))
                .isEqualTo(0.5);
        assertThat(model.head("topic")).isEqualTo(LinearModel.HeadAt.NONE);
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        byte[] whole = written(train(1));
        var other = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(other)) {
            gzip.write("something else".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> LinearModel.read(new ByteArrayInputStream(other.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessage("this is no model of Vigie");
        assertThatThrownBy(() -> LinearModel.read(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2))))
                .isInstanceOf(IOException.class);
    }

    private static LinearModel train(long seed) {
        var lesson = new ModelTrainer.Lesson(new Head("topic", true, List.of("device", "money"), 0), 10, 0);
        return new ModelTrainer(CONCEPTS, LinearModelTest::nothing, seed).train(TEXTS, List.of(lesson));
    }

    private static ModelTrainer.ToneFinder.Overall nothing(Tokens tokens, String language) {
        return new ModelTrainer.ToneFinder.Overall(0, false);
    }

    private static LabelledText text(String text, String topic) {
        return new LabelledText(text, "fr", Map.of("topic", Set.of(topic)));
    }

    private static Reading reading(LinearModel model, String text) {
        return Reading.of(Reading.Reader.of(model, CONCEPTS), Tokenizer.tokenize(text), 0, false);
    }

    private static String likeliest(LinearModel model, String text) {
        return reading(model, text).likeliest(model.head("topic"));
    }

    private static byte[] written(LinearModel model) throws IOException {
        var out = new ByteArrayOutputStream();
        model.write(out);
        return out.toByteArray();
    }
}
