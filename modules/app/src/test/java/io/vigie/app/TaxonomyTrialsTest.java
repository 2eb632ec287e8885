package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Verbatim;
import io.vigie.server.TaxonomyTrial;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Taxonomy;
import io.vigie.understanding.TaxonomyException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaxonomyTrialsTest {
    private static final List<Verbatim> VERBATIMS = List.of(
            SampleVerbatims.verbatim("cold", "Le plat était froid."),
            SampleVerbatims.verbatim("mild", "Un potage tiède."),
            SampleVerbatims.verbatim("icy", "Un plat glacé."),
            SampleVerbatims.verbatim("none", "Bonjour."));

    private final TaxonomyTrial trials =
            new TaxonomyTrials(() -> engine(taxonomy("mine-3", "food.cold", "froid, glacé")));

    @Test
    void eachVerbatimThatGainsOrLosesAThemeIsNamed() {
        var outcome = trials.tried(taxonomy("mine-4", "food.cold", "froid, tiède"), VERBATIMS);

        var difference = (TaxonomyTrial.Difference) outcome;
        assertThat(difference.present()).isEqualTo("mine-3");
        assertThat(difference.proposed()).isEqualTo("mine-4");
        assertThat(difference.changed()).isEqualTo(2);
        assertThat(difference.silentBefore()).isEqualTo(2);
        assertThat(difference.silentAfter()).isEqualTo(2);
        assertThat(difference.warnings()).anyMatch(warning -> warning.startsWith("line 8: leaf 'food.cold' has no"));
        assertThat(difference.changes()).singleElement().satisfies(change -> {
            assertThat(change.theme().french()).isEqualTo("Froid");
            assertThat(change.presence()).isEqualTo(TaxonomyTrial.Presence.BOTH);
            assertThat(change.before()).containsExactly("cold", "icy");
            assertThat(change.after()).containsExactly("cold", "mild");
            assertThat(change.gained()).containsExactly("mild");
            assertThat(change.lost()).containsExactly("icy");
        });
    }

    @Test
    void aThemeThatComesAndOneThatGoesAreTold() {
        var outcome = trials.tried(taxonomy("mine-4", "food.frozen", "glacé"), VERBATIMS);

        assertThat(((TaxonomyTrial.Difference) outcome).changes())
                .extracting(change -> change.theme().id(), TaxonomyTrial.Change::presence)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("food.frozen", TaxonomyTrial.Presence.ONLY_PROPOSED),
                        org.assertj.core.groups.Tuple.tuple("food.cold", TaxonomyTrial.Presence.ONLY_PRESENT));
    }

    @Test
    void whatCannotBeUsedIsToldByLine() {
        assertThat(trials.tried(taxonomy("mine-4", "food.cold", "'('"), VERBATIMS))
                .isInstanceOfSatisfying(
                        TaxonomyTrial.Wrong.class,
                        wrong -> assertThat(wrong.problems())
                                .singleElement()
                                .asString()
                                .startsWith("line 8: cue <(>"));
        assertThat(trials.tried("just text", VERBATIMS)).isInstanceOf(TaxonomyTrial.Wrong.class);
        assertThat(trials.tried("", VERBATIMS)).isInstanceOf(TaxonomyTrial.Wrong.class);
    }

    @Test
    void everyCueIsThereWithWhatItFound() {
        var rules = trials.rules("food.cold", VERBATIMS).orElseThrow();

        assertThat(rules.found()).containsExactly("cold", "icy");
        assertThat(rules.cues())
                .containsExactly(
                        new TaxonomyTrial.Cue("froid", List.of("cold")),
                        new TaxonomyTrial.Cue("glacé", List.of("icy")));
        assertThat(trials.rules("food.hot", VERBATIMS)).isEmpty();
    }

    private static Engine engine(String text) {
        try {
            return Engine.of(Taxonomy.parse(new StringReader(text)));
        } catch (TaxonomyException e) {
            throw new IllegalStateException("the test's own taxonomy is wrong", e);
        }
    }

    private static String taxonomy(String version, String leaf, String cues) {
        return """
                schema: voc-taxonomy/1
                version: %s
                categories:
                - id: food
                  fr: Repas
                  en: Food
                  leaves:
                  - {id: %s, fr: Froid, en: Cold, kind: complaint, severity: 1, cues_fr: [%s]}
                """.formatted(version, leaf, cues);
    }
}
