package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** How much of the personal data in our own examples is replaced, and how much else. */
final class PersonalDataTest {
    private static final double PRECISION_MIN = 0.97;
    private static final double RECALL_MIN = 0.95;
    private static final Set<String> KEYED = Set.of("IBAN", "CARD", "NIR");
    private static final int EXAMPLES_MIN = 400;

    private static final class Count {
        private int marked;
        private int found;
        private int right;

        double precision() {
            return found == 0 ? 1 : (double) right / found;
        }

        double recall() {
            return marked == 0 ? 1 : (double) right / marked;
        }
    }

    @Test
    void everyKindIsFoundAndLittleElse() throws IOException {
        List<PersonalDataExample> examples = PersonalDataExample.all();
        var counts = new TreeMap<String, Count>();

        for (PersonalDataExample example : examples) {
            count(example, counts);
        }
        print(examples, counts);

        assertThat(examples).hasSizeGreaterThan(EXAMPLES_MIN);
        assertThat(counts).hasSize(Placeholder.values().length);
        var softly = new SoftAssertions();
        counts.forEach((kind, count) -> {
            softly.assertThat(count.precision()).as("precision of " + kind).isGreaterThanOrEqualTo(precisionMin(kind));
            softly.assertThat(count.recall()).as("recall of " + kind).isGreaterThanOrEqualTo(recallMin(kind));
        });
        softly.assertAll();
    }

    @Test
    void redactingTwiceChangesNothing() throws IOException {
        for (PersonalDataExample example : PersonalDataExample.all()) {
            String once = Redactor.redact(example.text()).text();

            assertThat(Redactor.redact(once).text()).as(example.text()).isEqualTo(once);
        }
    }

    @Test
    void redactingShuffledTextsTwiceChangesNothing() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        List<String> pieces = pieces();

        for (int i = 0; i < 30_000; i++) {
            var text = new StringBuilder();
            for (int j = 1 + random.nextInt(14); j > 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextInt(4) == 0 ? "" : " ");
            }
            String once = Redactor.redact(text.toString()).text();
            assertThat(Redactor.redact(once).text()).as(text.toString()).isEqualTo(once);
        }
    }

    @Test
    void searchesThatTheTracesLeaveOutFindNothing() throws IOException {
        for (PersonalDataExample example : PersonalDataExample.all()) {
            int searches = Traces.of(example.text());
            for (Search search : Search.ALL) {
                if ((searches & search.bit()) == 0) {
                    assertThat(search.next(example.text(), 0))
                            .as(search.placeholder() + " in " + example.text())
                            .isNull();
                }
            }
        }
    }

    @Test
    void evidenceLiesInTheRedactedText() {
        String text = "Mme Dupont, 12 rue des Lilas 75011 Paris, née le 12/05/1980 : plus d'internet depuis lundi !";

        Understood understood = Engine.standard().understand(Utterance.of(text));

        assertThat(understood.text()).startsWith("Mme [NAME], [ADDRESS], née le [BIRTHDATE] : plus");
        assertThat(understood.redactions()).isEqualTo(Map.of("NAME", 1, "ADDRESS", 1, "BIRTHDATE", 1));
        assertThat(understood.themes()).isNotEmpty();
        assertThat(understood.themes().getFirst().evidence())
                .extracting(span -> understood.text().substring(span.start(), span.end()))
                .anySatisfy(words -> assertThat(words).contains("internet"));
    }

    private static double precisionMin(String kind) {
        return KEYED.contains(kind) ? 1 : PRECISION_MIN;
    }

    private static double recallMin(String kind) {
        return KEYED.contains(kind) ? 1 : RECALL_MIN;
    }

    private static void count(PersonalDataExample example, Map<String, Count> counts) {
        String redacted = Redactor.redact(example.text()).text();
        Set<PersonalDataExample.Mark> found = example.replacedIn(redacted);
        if (!redacted.equals(example.redacted())) {
            System.out.println(example.file() + ": " + example.redacted() + "\n   but: " + redacted);
        }
        for (PersonalDataExample.Mark mark : example.marks()) {
            of(mark, counts).marked++;
        }
        for (PersonalDataExample.Mark mark : found) {
            of(mark, counts).found++;
            of(mark, counts).right += example.marks().contains(mark) ? 1 : 0;
        }
    }

    private static Count of(PersonalDataExample.Mark mark, Map<String, Count> counts) {
        return counts.computeIfAbsent(mark.kind(), kind -> new Count());
    }

    private static void print(List<PersonalDataExample> examples, Map<String, Count> counts) {
        long without =
                examples.stream().filter(example -> example.marks().isEmpty()).count();
        System.out.printf("personal data: %d texts, %d of them without any%n", examples.size(), without);
        System.out.printf("%-10s %6s %6s %6s  %9s %6s%n", "kind", "marked", "found", "right", "precision", "recall");
        counts.forEach((kind, count) -> System.out.printf(
                "%-10s %6d %6d %6d  %9.3f %6.3f%n",
                kind, count.marked, count.found, count.right, count.precision(), count.recall()));
    }

    /** The words of all examples, and the marked stretches as wholes. */
    private static List<String> pieces() throws IOException {
        var pieces = new ArrayList<String>(
                List.of("[NAME]", "[EMAIL]", "[ADDRESS]", "[", "]", "@", "+", "(", ")", ":", "\n"));
        for (PersonalDataExample example : PersonalDataExample.all()) {
            pieces.addAll(List.of(example.text().split("(?<=[\\n ])", -1)));
            example.marks().forEach(mark -> pieces.add(example.text().substring(mark.start(), mark.end())));
        }
        return pieces;
    }
}
