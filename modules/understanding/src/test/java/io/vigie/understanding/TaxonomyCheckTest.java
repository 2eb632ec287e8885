package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

final class TaxonomyCheckTest {
    private static final String HEAD = """
            schema: voc-taxonomy/1
            version: mine-3
            categories:
            - id: food
              fr: Repas
              en: Food
              leaves:
            """;

    @Test
    void theStandardOneIsFine() {
        assertThat(TaxonomyCheck.of(Taxonomy.standard()).problems()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsToldAsTheReaderTellsIt() {
        TaxonomyCheck check = check("""
                - id: food.cold
                  fr: Froid
                  en: Cold
                  kind: complaint
                  severity: 1
                  cues_fr: ['""', froid AND]
                """);

        assertThat(check.problems())
                .containsExactly(
                        "line 13: cue <\"\"> of 'cues_fr': expected at least one word at 1",
                        "line 13: cue <froid AND> of 'cues_fr': expected a word, a phrase or '(' at 9");
        assertThat(check.warnings()).isEmpty();
    }

    @Test
    void deadCuesAreToldInTheOrderOfTheFile() {
        TaxonomyCheck check = check("""
                - id: food.cold
                  fr: Froid
                  en: Cold
                  kind: complaint
                  severity: 1
                  cues_fr:
                  - '"plat froid"'
                  - tiède AND NOT tied*
                  - '"Plat  froid"'
                  - "gelée"
                  cues_en:
                  - cold
                  unless_fr:
                  - gel*
                  - gel*
                  unless_en:
                  - cold AND beer
                  examples: {fr_match: Un plat froid.}
                """, """
                churn:
                - id: leaves
                  score: 1
                  cues_fr: [adieu]
                  cues_en: [bye, Bye]
                """);

        assertThat(check.problems())
                .containsExactly(
                        "line 15: cue <tiède AND NOT tied*> can never match: it forbids what it asks for",
                        "line 16: cue <\"Plat  froid\"> says what line 14 says",
                        "line 17: cue <gelée> can never count: <gel*> in line 21 silences it",
                        "line 22: cue <gel*> says what line 21 says",
                        "line 30: cue <Bye> says what line 30 says");
        assertThat(check.warnings()).isEmpty();
    }

    @Test
    void theSameCueMayStandUnderTwoLeaves() {
        TaxonomyCheck check = check("""
                - {id: a, fr: A, en: A, kind: praise, severity: 0, cues_fr: [bon], cues_en: [bon]}
                - {id: b, fr: B, en: B, kind: praise, severity: 0, cues_fr: [bon], cues_en: [good]}
                """);

        assertThat(check.problems()).isEmpty();
    }

    @Test
    void anExampleThatTheCuesContradictIsTold() {
        TaxonomyCheck check = check("""
                - id: food.cold
                  fr: Froid
                  en: Cold
                  kind: complaint
                  severity: 1
                  cues_fr: [froid]
                  cues_en: [cold]
                  unless_fr: [dehors]
                  examples:
                    fr_match: Il fait froid dehors.
                    en_match: The soup was cold.
                    fr_no_match: Mon plat était froid.
                    en_no_match: The soup was hot.
                """);

        assertThat(check.problems())
                .containsExactly(
                        "line 17: leaf 'food.cold' misses its example: Il fait froid dehors.",
                        "line 19: leaf 'food.cold' matches what it should not: Mon plat était froid.");
    }

    @Test
    void aLeafWithoutCuesInALanguageOrWithoutExamplesIsOnlyWarnedOf() {
        TaxonomyCheck check = check("""
                - id: food.cold
                  fr: Froid
                  en: Cold
                  kind: complaint
                  severity: 1
                  cues_fr: [froid]
                """);

        assertThat(check.problems()).isEmpty();
        assertThat(check.warnings())
                .containsExactly(
                        "line 8: leaf 'food.cold' has no cues in 'en'", "line 8: leaf 'food.cold' has no examples");
    }

    private static TaxonomyCheck check(String leaves) {
        return check(leaves, "");
    }

    private static TaxonomyCheck check(String leaves, String rest) {
        return TaxonomyCheck.of(new StringReader(HEAD + leaves.indent(2) + rest));
    }
}
