package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TaxonomyTest {
    private static final Engine ENGINE = Engine.standard();
    private static final CueReader CUES = new CueReader(Taxonomy.standard());

    @Test
    void theStandardOneHas48Leaves() {
        Taxonomy taxonomy = Taxonomy.standard();

        assertThat(taxonomy.leaves()).hasSize(48);
        assertThat(taxonomy.categories()).hasSize(12);
        assertThat(taxonomy.version()).isEqualTo("2025.1.1");
        assertThat(taxonomy.leaf("network.outage")).hasValueSatisfying(leaf -> {
            assertThat(leaf.kind()).isEqualTo(Leaf.Kind.COMPLAINT);
            assertThat(leaf.severity()).isEqualTo(3);
            assertThat(leaf.french()).isEqualTo("Panne totale");
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theCuesFindEveryExampleUnderItsLeafOrNot(String leaf, Taxonomy.Example example) {
        Tokens tokens = Tokenizer.tokenize(example.text());

        Listener listener = CUES.listen(tokens, example.language().tag());

        assertThat(listener.themes().stream().map(theme -> theme.leaf().id()).anyMatch(leaf::equals))
                .isEqualTo(example.matches());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr | D'ailleurs, si le technicien passe jeudi, il faudra sonner chez la voisine.
            fr | Votre conseillère m'a demandé si je voulais résilier, j'ai répondu que non.
            fr | Je passe chez ma mère ce soir, sa ligne est coupée.
            fr | Sinon, ça change quelque chose pour ma facture ?
            en | If you leave a message I will call you back.
            en | If the switch light turns red, what should I do?
            """)
    void noCueTakesWhoOnlyUsesTheWordsToLeave(String language, String text) {
        Listener listener = CUES.listen(Tokenizer.tokenize(text), language);

        assertThat(listener.heard()).allMatch(said -> said.churnRisk() < Evaluation.LEAVES);
    }

    @Test
    void theEngineFindsEveryExampleUnderItsLeafAndSeldomWhatOnlyNamesTheSubject() {
        var missed = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        for (Taxonomy.LeafCues leaf : Taxonomy.standard().contents().leaves()) {
            for (Taxonomy.Example example : leaf.examples()) {
                var utterance = new Utterance(example.text(), example.language().tag(), null, null);
                boolean found = ENGINE.understand(utterance).themes().stream()
                        .anyMatch(theme -> theme.id().equals(leaf.leaf().id()));
                if (found != example.matches()) {
                    (found ? wrong : missed).add(leaf.leaf().id() + ": " + example.text());
                }
            }
        }

        System.out.println("told though only the subject is named: " + wrong);
        assertThat(missed).isEmpty();
        assertThat(wrong).hasSizeLessThanOrEqualTo(10);
    }

    static Stream<Arguments> examples() {
        return Taxonomy.standard().contents().leaves().stream()
                .flatMap(leaf -> leaf.examples().stream()
                        .map(example -> Arguments.of(leaf.leaf().id(), example)));
    }

    @Test
    void allProblemsAreReportedTogetherWithTheirLines() {
        var thrown = catchThrowableOfType(TaxonomyException.class, () -> Taxonomy.parse(new StringReader("""
                                schema: voc-taxonomy/1
                                colour: blue
                                categories:
                                - id: a
                                  fr: A
                                  en: A
                                  leaves:
                                  - id: a.b
                                    fr: B
                                    en: B
                                    kind: rant
                                    severity: 9
                                    cues_fr:
                                    - facture AND (
                                    - wi-fi
                                  - id: a.b
                                    fr: C
                                    en: C
                                    kind: praise
                                    severity: 0
                                """)));

        assertThat(thrown.problems())
                .containsExactly(
                        "line 2: unknown key 'colour'",
                        "line 8: 'kind' must be complaint, question or praise",
                        "line 8: 'severity' is 9 but must be a number from 0.0 to 4.0",
                        "line 14: cue <facture AND (> of 'cues_fr': expected a word, a phrase or '(' at 13",
                        "line 15: cue <wi-fi> of 'cues_fr': 'wi-fi' reads as several words: put it in quotes at 0",
                        "line 16: the id 'a.b' is given twice",
                        "line 16: leaf 'a.b' has no cues",
                        "line 1: 'version' is missing");
    }

    @Test
    void whatIsNoYamlIsSaidSo() {
        assertThat(problemOf("a: [")).startsWith("not readable as YAML");
        assertThat(problemOf("")).isEqualTo("the file is empty");
        assertThat(problemOf("- a")).isEqualTo("line 1: expected keys and values");
        assertThat(problemOf("[".repeat(10_000))).startsWith("not readable as YAML");
    }

    @Test
    void anOwnTaxonomyIsTheOnlyOneThatCounts() throws TaxonomyException {
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
                            cues_fr: ['"plat froid"']
                        """)));

        Understood understood = engine.understand(Utterance.of("Le plat froid, et plus d'internet depuis hier."));

        assertThat(understood.themes()).extracting(Theme::id).containsExactly("food.cold");
        assertThat(understood.classifier()).matches("rules-2\\+model-[0-9a-f]{8}/taxonomy-mine-3");
    }

    private static String problemOf(String yaml) {
        return catchThrowableOfType(TaxonomyException.class, () -> Taxonomy.parse(new StringReader(yaml)))
                .problems()
                .getFirst();
    }
}
