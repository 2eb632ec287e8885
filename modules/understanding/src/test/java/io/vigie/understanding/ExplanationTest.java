package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplanationTest {
    private static final Engine ENGINE = Engine.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?!",
                "\uD800",
                "Merci, tout marche.",
                "Plus d'internet, écrivez à jean@exemple.fr ou je résilie !",
                "I was charged twice. Je veux partir."
            })
    void itExplainsExactlyWhatIsUnderstood(String text) {
        Explanation explanation = explain(text);

        assertThat(explanation.understood()).isEqualTo(ENGINE.understand(Utterance.of(text)));
        assertThat(explanation.themes().stream().map(Explanation.OfTheme::id))
                .containsExactlyElementsOf(explanation.understood().themes().stream()
                        .map(Theme::id)
                        .toList());
    }

    @Test
    void aThemeNamesItsCuesAsTheyAreWritten() throws TaxonomyException {
        Engine engine = Engine.of(Taxonomy.parse(new StringReader("""
                        schema: voc-taxonomy/1
                        version: mine-3
                        categories:
                        - id: food
                          fr: Repas
                          en: Food
                          leaves:
                          - id: food.cold
                            fr: Froid
                            en: Cold
                            kind: complaint
                            severity: 1
                            cues_fr: ['"plat Froid"~1', 'gelé* AND soupe', tiède]
                        """)));

        Explanation explanation = engine.explain(Utterance.of("Le plat est froid et la soupe était gelée."));

        assertThat(explanation.themes())
                .containsExactly(new Explanation.OfTheme(
                        "food.cold", List.of("\"plat Froid\"~1", "gelé* AND soupe"), 0, List.of()));
    }

    @Test
    void aThemeNamesTheWordsThatTheModelGoesByTheStrongestFirst() {
        Explanation explanation = explain("Bonjour, depuis hier soir plus d'internet, la ligne est en panne.");

        assertThat(explanation.themes())
                .filteredOn(theme -> theme.id().equals("network.outage"))
                .singleElement()
                .satisfies(theme -> {
                    assertThat(theme.cues()).isNotEmpty();
                    assertThat(theme.learned()).isBetween(0.5, 1.0);
                    assertThat(theme.words())
                            .hasSizeBetween(1, Explanation.WORDS_MAX)
                            .isSortedAccordingTo(Comparator.comparingDouble(Explanation.Word::weight)
                                    .reversed())
                            .allMatch(word -> word.weight() > 0);
                    assertThat(words(explanation, theme.words()))
                            .doesNotContain("Bonjour")
                            .contains("panne");
                });
    }

    @Test
    void aWordIsNamedWhereItStandsInTheRedactedText() {
        Explanation explanation = explain("Appelez le 06 39 98 11 22 : c’est scandaleux, une honte");

        assertThat(words(explanation, explanation.sentiment().words())).containsAnyOf("scandaleux", "honte");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -1 | C'est nul, un service catastrophique.
            0  | La facture est du 3 mars.
            1  | Service excellent, très bonne équipe.
            1  | Excellent service, great people.
            """)
    void theSumOfTheLexiconHasTheSignOfTheFeeling(int sign, String text) {
        assertThat(Math.signum(explain(text).sentiment().lexicon())).isEqualTo(sign);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            explicit | Je résilie mon abonnement.
            soft     | Votre concurrent propose mieux.
            negated  | Je ne veux pas résilier.
            """)
    void churnNamesTheCuesThatSpokeAlsoDenials(String cue, String text) {
        assertThat(explain(text).churn().cues()).contains(cue);
    }

    @Test
    void anIgnoredWishIsNamedAsTheReasonOfAComplaint() {
        var utterance = new Utterance("Vous m'appelez tous les jours.", "fr", "PHONE", "EMAIL");

        Explanation explanation = ENGINE.explain(utterance);

        assertThat(explanation.understood().intent()).isEqualTo(Intent.COMPLAINT);
        assertThat(explanation.intent().wishIgnored()).isTrue();
        assertThat(explain("Bonjour").intent().wishIgnored()).isFalse();
    }

    @Test
    void whereThereAreNoWordsNoneIsAReason() {
        Explanation explanation = explain("12345 ?!");

        assertThat(explanation.themes()).isEmpty();
        assertThat(explanation.intent().words()).isEmpty();
        assertThat(explanation.sentiment()).isEqualTo(new Explanation.OfSentiment(0, List.of()));
        assertThat(explanation.churn()).isEqualTo(new Explanation.OfChurn(List.of(), List.of()));
    }

    private static Explanation explain(String text) {
        return ENGINE.explain(Utterance.of(text));
    }

    private static List<String> words(Explanation explanation, List<Explanation.Word> words) {
        String text = explanation.understood().text();
        return words.stream()
                .map(word -> text.substring(word.span().start(), word.span().end()))
                .toList();
    }
}
