package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.understanding.TaxonomyDiff.Change;
import io.vigie.understanding.TaxonomyDiff.Presence;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaxonomyDiffTest {
    @Test
    void eachLeafTellsWhatItGainedAndLost() throws TaxonomyException {
        var diff = TaxonomyDiff.between(
                taxonomy(leaf("food.cold", "froid, glacé"), leaf("food.slow", "lent")),
                taxonomy(leaf("food.cold", "froid, tiède"), leaf("food.slow", "lent")),
                3);

        add(diff, "Un plat froid.", "Un plat tiède.", "Un potage tiède.", "Un plat glacé et lent.", "Un plat.");

        assertThat(diff.changes())
                .containsExactly(new Change(
                        "food.cold",
                        Presence.BOTH,
                        2,
                        1,
                        List.of("Un plat tiède.", "Un potage tiède."),
                        List.of("Un plat glacé et lent.")));
        assertThat(diff.totals()).isEqualTo(new TaxonomyDiff.Totals(5, 3, 2, 1, 3, 1));
    }

    @Test
    void aLeafThatOnlyOneHasIsToldEvenIfNoTextHasIt() throws TaxonomyException {
        var diff = TaxonomyDiff.between(
                taxonomy(leaf("food.cold", "froid"), leaf("food.old", "rassis")),
                taxonomy(leaf("food.cold", "froid"), leaf("food.new", "neuf")),
                3);

        add(diff, "Un pain rassis.", "Un plat froid.");

        assertThat(diff.changes())
                .containsExactly(
                        new Change("food.new", Presence.ONLY_AFTER, 0, 0, List.of(), List.of()),
                        new Change("food.old", Presence.ONLY_BEFORE, 0, 1, List.of(), List.of("Un pain rassis.")));
    }

    @Test
    void theSameTaxonomyChangesNothing() {
        var diff = TaxonomyDiff.between(Taxonomy.standard(), Taxonomy.standard(), 3);

        add(diff, "Plus d'internet depuis hier.", "J'ai été prélevé deux fois.", "");

        assertThat(diff.changes()).isEmpty();
        assertThat(diff.totals()).isEqualTo(new TaxonomyDiff.Totals(3, 0, 0, 0, 1, 1));
    }

    @Test
    void whatIsShownIsLimitedRedactedOnOneLineAndShortenedToWhatMatters() throws TaxonomyException {
        var diff = TaxonomyDiff.between(
                taxonomy(leaf("food.cold", "froid")), taxonomy(leaf("food.cold", "froid, tiède")), 2);

        add(
                diff,
                "Un plat\n\ntiède, appelez le 06 39 98 11 22.",
                "mot 😀 ".repeat(99) + "tiède " + "mot ".repeat(99),
                "tiède");

        Change change = diff.changes().getFirst();
        assertThat(change.gained()).isEqualTo(3);
        assertThat(change.gainedTexts())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("Un plat tiède, appelez le [PHONE]."),
                        second -> assertThat(second)
                                .startsWith("…")
                                .contains(" tiède ")
                                .endsWith("…")
                                .hasSizeBetween(100, TaxonomyDiff.EXCERPT_CHARS_MAX + 2));
    }

    private static void add(TaxonomyDiff diff, String... texts) {
        for (String text : texts) {
            diff.add(Utterance.of(text));
        }
    }

    private static String leaf(String id, String frenchCues) {
        return "  - {id: %s, fr: F, en: E, kind: complaint, severity: 1, cues_fr: [%s]}%n".formatted(id, frenchCues);
    }

    private static Taxonomy taxonomy(String... leaves) throws TaxonomyException {
        return Taxonomy.parse(new StringReader("""
                schema: voc-taxonomy/1
                version: mine-3
                categories:
                - id: food
                  fr: Repas
                  en: Food
                  leaves:
                """ + String.join("", leaves)));
    }
}
