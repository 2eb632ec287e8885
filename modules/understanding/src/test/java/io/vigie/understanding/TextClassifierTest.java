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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class TextClassifierTest {
    private static final String TOPIC = "topic";
    private static final TrainingRecipe RECIPE = new TrainingRecipe(16, 0);
    private static final TrainingRecipe WITH_STRETCHES = new TrainingRecipe(16, 0, true);
    private static final List<LabelledText> TEXTS = List.of(
            text("le colis est arrivé ouvert", "delivery"),
            text("mon colis n'est jamais arrivé", "delivery"),
            text("the parcel arrived a week late", "delivery"),
            text("where is my parcel", "delivery"),
            text("je n'arrive plus à ouvrir mon compte", "account"),
            text("mon compte est bloqué depuis lundi", "account"),
            text("my account is locked again", "account"),
            text("cannot open the account any more", "account"));

    @Test
    void newTextsGetTheLabelOfTheirLike() {
        TextClassifier classifier = TextClassifier.train(TEXTS, TOPIC, RECIPE, 1);

        assertThat(classifier.exclusive()).isTrue();
        assertThat(classifier.head()).isEqualTo(TOPIC);
        assertThat(classifier.labels()).containsExactly("account", "delivery");
        assertThat(best(classifier, "encore un colis ouvert")).isEqualTo("delivery");
        assertThat(best(classifier, "they locked my account")).isEqualTo("account");
    }

    @Test
    void theSharesOfAnExclusiveClassifierAddUpToOneAndTheBestIsFirst() {
        Ranked ranked = TextClassifier.train(TEXTS, TOPIC, RECIPE, 1).classify("mon colis", "fr");

        assertThat(ranked.labels()).hasSize(2);
        assertThat(ranked.labels().stream().mapToDouble(Ranked.Share::share).sum())
                .isBetween(0.999, 1.001);
        assertThat(ranked.best().share())
                .isGreaterThan(ranked.labels().getLast().share());
        assertThat(ranked.told()).containsExactly(ranked.best());
    }

    @Test
    void whereATextHasTwoLabelsOrNoneAnyNumberIsTold() {
        var texts = IntStream.range(0, 4)
                .boxed()
                .flatMap(i -> Stream.of(
                        text("colis perdu " + i, "delivery"),
                        text("compte bloqué " + i, "account"),
                        text("colis perdu et compte bloqué " + i, "delivery", "account"),
                        text("bonne journée à vous " + i)))
                .toList();

        TextClassifier classifier = TextClassifier.train(texts, TOPIC, RECIPE, 1);

        assertThat(classifier.exclusive()).isFalse();
        assertThat(classifier.classify("colis perdu et compte bloqué", null).toldLabels())
                .containsExactlyInAnyOrder("delivery", "account");
        assertThat(classifier.classify("bonne journée à vous", null).told()).isEmpty();
    }

    @Test
    void theSameTextsAndSeedGiveTheSameModel() throws IOException {
        assertThat(written(TextClassifier.train(TEXTS, TOPIC, RECIPE, 7)))
                .isEqualTo(written(TextClassifier.train(TEXTS, TOPIC, RECIPE, 7)));
    }

    @Test
    void aModelThatWasWrittenAnswersTheSame() throws IOException {
        TextClassifier classifier = TextClassifier.train(TEXTS, TOPIC, RECIPE, 1);

        TextClassifier again = TextClassifier.read(new ByteArrayInputStream(written(classifier)));

        assertThat(again.version()).isEqualTo(classifier.version());
        assertThat(again.head()).isEqualTo(TOPIC);
        for (LabelledText text : TEXTS) {
            assertThat(again.classify(text.text(), null)).isEqualTo(classifier.classify(text.text(), null));
        }
    }

    @Test
    void aBrokenModelIsRefused() throws IOException {
        byte[] whole = written(TextClassifier.train(TEXTS, TOPIC, RECIPE, 1));
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;

        assertThatThrownBy(() -> read(changed)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(new byte[] {1, 2, 3})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(IOException.class);
    }

    @Test
    void aModelOfSeveralQuestionsIsRefused() throws IOException {
        var out = new ByteArrayOutputStream();
        LinearModel.standard().write(out);

        assertThatThrownBy(() -> read(out.toByteArray()))
                .isInstanceOf(IOException.class)
                .hasMessage("the model answers 4 questions; a classifier answers one");
    }

    @Test
    void stretchesHaveASayWhereTheRecipeSaysSo() throws IOException {
        var texts = IntStream.range(0, 40)
                .mapToObj(i ->
                        text("avis " + i + (i % 2 == 0 ? " à éviter" : " à recommander"), i % 2 == 0 ? "no" : "yes"))
                .toList();
        TextClassifier words = TextClassifier.train(texts, TOPIC, RECIPE, 1);

        TextClassifier both = TextClassifier.train(texts, TOPIC, WITH_STRETCHES, 1);

        String glued = "jerecommanderaiscetteboutique";
        assertThat(share(both, "yes", glued)).isGreaterThan(share(words, "yes", glued));
        assertThat(both.version()).startsWith(words.version()).isNotEqualTo(words.version());
        assertThat(written(both)).isEqualTo(written(TextClassifier.train(texts, TOPIC, WITH_STRETCHES, 1)));
        assertThat(read(written(both)).classify(glued, null)).isEqualTo(both.classify(glued, null));
    }

    @Test
    void stretchesHaveASayInAnyNumberOfLabels() {
        var texts = IntStream.range(0, 40)
                .mapToObj(i -> switch (i % 4) {
                    case 0 -> text("colis perdu " + i, "delivery");
                    case 1 -> text("compte bloqué " + i, "account");
                    case 2 -> text("colis perdu et compte bloqué " + i, "delivery", "account");
                    default -> text("bonne journée à vous " + i);
                })
                .toList();

        TextClassifier classifier = TextClassifier.train(texts, TOPIC, WITH_STRETCHES, 1);

        assertThat(classifier.classify("colis perdu et compte bloqué", null).toldLabels())
                .containsExactlyInAnyOrder("delivery", "account");
        assertThat(classifier.classify("bonne journée à vous", null).told()).isEmpty();
    }

    @Test
    void aBrokenModelWithStretchesIsRefused() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out);
                var in = new GZIPInputStream(
                        new ByteArrayInputStream(written(TextClassifier.train(TEXTS, TOPIC, RECIPE, 1))))) {
            in.transferTo(gzip);
            gzip.write('X');
        }

        assertThatThrownBy(() -> read(out.toByteArray()))
                .isInstanceOf(IOException.class)
                .hasMessage("the model is broken: something else stands behind it");
    }

    @Test
    void oneLabelIsNothingToLearn() {
        assertThatThrownBy(() -> TextClassifier.train(TEXTS.subList(0, 4), TOPIC, RECIPE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 different labels; a classifier needs 2 to 500");
    }

    @Test
    void anyTextIsAnswered() {
        TextClassifier classifier = TextClassifier.train(TEXTS, TOPIC, RECIPE, 1);

        TextClassifier both = TextClassifier.train(TEXTS, TOPIC, WITH_STRETCHES, 1);

        for (String text : List.of("", " ", "?!", "\uD83D", "日本語", "x".repeat(50_000))) {
            assertThat(classifier.classify(text, "xx").labels()).hasSize(2);
            assertThat(both.classify(text, "xx").labels()).hasSize(2);
        }
    }

    @Test
    void aRecipeIsFoundByTryingAndTheSameEachTime() {
        TrainingRecipe recipe = TrainingRecipe.suiting(TEXTS, TOPIC, 3);

        assertThat(recipe.cost()).isIn(1.0, 4.0, 16.0, 64.0);
        assertThat(TrainingRecipe.suiting(TEXTS, TOPIC, 3)).isEqualTo(recipe);
    }

    @Test
    void manyLabelsAreLearnedAtAHighCost() {
        var texts = IntStream.range(0, 60)
                .mapToObj(i -> text("mot" + i % 30, "label" + i % 30))
                .toList();

        assertThat(TrainingRecipe.suiting(texts, TOPIC, 3)).isEqualTo(new TrainingRecipe(24, 0));
    }

    private static LabelledText text(String text, String... labels) {
        return new LabelledText(text, null, Map.of(TOPIC, Set.of(labels)));
    }

    private static String best(TextClassifier classifier, String text) {
        return classifier.classify(text, null).best().label();
    }

    private static double share(TextClassifier classifier, String label, String text) {
        return classifier.classify(text, null).labels().stream()
                .filter(share -> share.label().equals(label))
                .mapToDouble(Ranked.Share::share)
                .sum();
    }

    private static byte[] written(TextClassifier classifier) throws IOException {
        var out = new ByteArrayOutputStream();
        classifier.write(out);
        return out.toByteArray();
    }

    private static TextClassifier read(byte[] file) throws IOException {
        return TextClassifier.read(new ByteArrayInputStream(file));
    }
}
