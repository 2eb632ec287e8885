package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.themes;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How well copies that were changed a little are told from texts that only look alike. */
class NearDuplicatesTest {
    private static final List<String> WORDS = List.of(
            "bonjour",
            "ma",
            "connexion",
            "coupe",
            "tous",
            "les",
            "soirs",
            "depuis",
            "la",
            "mise",
            "à",
            "jour",
            "votre",
            "technicien",
            "est",
            "passé",
            "facture",
            "option",
            "jamais",
            "commande",
            "merci",
            "débit",
            "lent",
            "pas");

    private final VerbatimIndex index;

    NearDuplicatesTest() throws IOException {
        index = VerbatimIndex.open(
                new ByteBuffersDirectory(),
                "memory",
                new SimpleMeterRegistry(),
                Clock.fixed(Verbatims.NOON, ZoneOffset.UTC));
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private record Pair(boolean same, String language, String theme, String otherTheme, String text, String other) {}

    private record Found(int right, int wrong, int missed) {
        double precision() {
            return (double) right / (right + wrong);
        }

        double recall() {
            return (double) right / (right + missed);
        }
    }

    /** The figures of docs/search.md; the list has pairs that no rule of ours tells apart. */
    @ParameterizedTest
    @CsvSource({
        "fr, true, 0.89, 0.86",
        "en, true, 0.85, 0.79",
        "fr, false, 0.66, 0.86",
        "en, false, 0.63, 0.79",
    })
    void copiesAreToldFromLookAlikes(String language, boolean understood, double precision, double recall)
            throws IOException {
        var pairs = pairs(language);
        for (int i = 0; i < pairs.size(); i++) {
            var pair = pairs.get(i);
            put(i + "a", "pair" + i, pair.text, understood ? pair.theme : "-");
            put(i + "b", "pair" + i, pair.other, understood ? pair.otherTheme : "-");
        }
        index.refresh();

        int right = 0;
        int wrong = 0;
        int missed = 0;
        for (int i = 0; i < pairs.size(); i++) {
            boolean together = groups("source:pair" + i) == 1;
            right += together && pairs.get(i).same ? 1 : 0;
            wrong += together && !pairs.get(i).same ? 1 : 0;
            missed += !together && pairs.get(i).same ? 1 : 0;
        }
        var found = new Found(right, wrong, missed);

        assertThat(pairs).hasSizeGreaterThanOrEqualTo(30);
        assertThat(found.precision()).as("precision of %s", found).isGreaterThanOrEqualTo(precision);
        assertThat(found.recall()).as("recall of %s", found).isGreaterThanOrEqualTo(recall);
    }

    /** Any one word of a text of 6 to 16 changed, moved, left out or added, and any of its numbers. */
    @Test
    void oneEditLeavesATextInItsGroup() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        int edits = 300;
        for (int i = 0; i < edits; i++) {
            var text = new ArrayList<String>();
            while (text.size() < 7 + random.nextInt(9)) {
                text.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            put(i + "a", "edit" + i, String.join(" ", text) + " 12 €", "-");
            put(i + "b", "edit" + i, edited(text, random) + " 3 mars", "-");
        }
        index.refresh();

        for (int i = 0; i < edits; i++) {
            assertThat(groups("source:edit" + i))
                    .as("edit %d -Dseed=%d", i, seed)
                    .isEqualTo(1);
        }
    }

    private static String edited(List<String> text, Random random) {
        var words = new ArrayList<>(text);
        int at;
        do {
            at = random.nextInt(words.size());
        } while (List.of("pas", "jamais").contains(words.get(at)));
        switch (random.nextInt(4)) {
            case 0 -> words.set(at, "autrement");
            case 1 -> words.remove(at);
            case 2 -> words.add(at, "vraiment");
            default -> words.add(random.nextInt(words.size()), words.remove(at));
        }
        return String.join(" ", words);
    }

    private void put(String id, String source, String text, String theme) throws IOException {
        Verbatim.Builder one = draft(id, text).setSource(source);
        if (theme.contains(":")) {
            one.setOfferId(theme.substring(theme.indexOf(':') + 1));
        } else if (!theme.equals("-")) {
            one.setThemes(themes(theme));
        }
        index.put(one.build());
    }

    private long groups(String query) throws IOException {
        return ((GroupedResult) index.grouped(SearchRequest.of(query))).groups();
    }

    private static List<Pair> pairs(String language) throws IOException {
        try (var list = NearDuplicatesTest.class.getResourceAsStream("near-duplicates.tsv")) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .filter(cells -> cells[1].equals(language))
                    .map(cells -> new Pair(cells[0].equals("same"), cells[1], cells[2], cells[3], cells[4], cells[5]))
                    .toList();
        }
    }
}
