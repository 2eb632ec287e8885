package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentSpeechTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final AgentSpeech SPEECH = new AgentSpeech(PARIS);

    private record Example(LocalDateTime said, String text, List<String> due) {}

    @ParameterizedTest
    @CsvSource({"fr.tsv, 150, 0.97, 0.95", "en.tsv, 80, 0.97, 0.95", "unseen.tsv, 50, 0.90, 0.60"})
    void promisesAreFoundWithTheirTimeAndLittleElse(String file, int min, double precision, double recall)
            throws IOException {
        List<Example> examples = examples(file);
        int expected = 0;
        int found = 0;
        int right = 0;

        for (Example example : examples) {
            List<String> due = due(example.text(), example.said());
            expected += example.due().size();
            found += due.size();
            right += (int) due.stream().filter(example.due()::contains).count();
            if (!due.equals(example.due())) {
                System.out.println(file + ": " + example.text() + "\n   wanted " + example.due() + " got " + due);
            }
        }
        System.out.printf(
                "%s: %d sentences, %d promises, %d found, %d right%n", file, examples.size(), expected, found, right);

        assertThat(examples).hasSizeGreaterThanOrEqualTo(min);
        assertThat((double) right / found).as("precision").isGreaterThanOrEqualTo(precision);
        assertThat((double) right / expected).as("recall").isGreaterThanOrEqualTo(recall);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2025-11-07T10:00 | Je vous rappelle vendredi.                     | 2025-11-14T18:00
            2025-11-07T10:00 | Je vous rappelle ce vendredi.                  | 2025-11-07T18:00
            2025-11-07T18:30 | Je vous rappelle d'ici la fin de semaine.      | 2025-11-14T18:00
            2025-11-06T19:30 | Je vous réponds aujourd'hui.                   | 2025-11-07T00:00
            2025-11-06T15:00 | Je vous rappelle dans la matinée.              | 2025-11-07T12:00
            2025-11-06T15:00 | Je vous rappelle demain après 18h.             | 2025-11-07T23:59
            2025-10-25T12:00 | Je vous réponds sous 24 h.                     | 2025-10-26T11:00
            2026-03-28T12:00 | Je vous réponds sous 24 h.                     | 2026-03-29T13:00
            2026-03-28T12:00 | Je vous rappelle demain à 2h30.                | 2026-03-29T03:30
            2026-02-20T12:00 | Je vous réponds avant la fin du mois.          | 2026-02-28T18:00
            2028-02-20T12:00 | Je vous réponds avant la fin du mois.          | 2028-02-29T18:00
            2028-02-20T12:00 | Je vous réponds avant le 29 février.           | 2028-02-29T18:00
            2026-01-30T12:00 | Je vous réponds avant le 31.                   | 2026-01-31T18:00
            2026-02-01T12:00 | Je vous réponds avant le 31.                   | 2026-03-31T18:00
            2025-12-20T12:00 | Je vous réponds avant le 5 janvier.            | 2026-01-05T18:00
            2026-01-31T12:00 | Vous serez remboursé dans un mois.             | 2026-02-28T18:00
            2026-04-02T12:00 | Vous aurez une réponse sous 2 jours ouvrés.    | 2026-04-07T18:00
            2025-12-31T23:30 | Je vous rappelle demain.                       | 2026-01-01T18:00
            """)
    void timesAreResolvedInParis(LocalDateTime said, String text, String due) {
        assertThat(due(text, said)).containsExactly(due);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Je vous réponds avant le 29 février 2026.",
                "Je vous réponds avant le 32 janvier.",
                "Je vous réponds le 3 octobre.",
                "Je vous rappelle le 45/13."
            })
    void aDateThatIsNoneOrPastIsNoDeadline(String text) {
        assertThat(due(text, LocalDateTime.parse("2025-11-06T10:00"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, 2008, 2016, 2024, 2025, 2026, 2038})
    void easterIsASundayOfSpring(int year) {
        LocalDate easter = WorkingDays.easter(year);

        assertThat(easter.getDayOfWeek()).isEqualTo(java.time.DayOfWeek.SUNDAY);
        assertThat(easter).isBetween(LocalDate.of(year, 3, 22), LocalDate.of(year, 4, 25));
    }

    @Test
    void publicHolidaysAreNoWorkingDays() {
        assertThat(List.of("2025-04-21", "2025-05-29", "2025-06-09", "2025-11-11", "2025-11-08"))
                .noneMatch(day -> WorkingDays.is(LocalDate.parse(day)));
        assertThat(List.of("2025-04-22", "2025-05-30", "2025-11-10"))
                .allMatch(day -> WorkingDays.is(LocalDate.parse(day)));
    }

    @Test
    void whatIsKeptHasNoPersonalData() {
        var spoken = SPEECH.listen(
                "Bonjour,\nje vous rappelle demain au 06 39 98 12 34. Bonne journée.", instant("2025-11-06T10:00"));

        assertThat(spoken.promises())
                .singleElement()
                .satisfies(promise -> assertThat(promise.text()).isEqualTo("je vous rappelle demain au [PHONE]."));
    }

    @Test
    void aLongSentenceIsCut() {
        var spoken =
                SPEECH.listen("Je vous rappelle demain pour " + "😀 parler ".repeat(200), instant("2025-11-06T10:00"));

        assertThat(spoken.promises().getFirst().text()).hasSizeLessThanOrEqualTo(AgentSpeech.PROMISE_CHARS_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C'est prévu plus tard mais on n'a pas de date précise.",
                "Nous n'avons aucune visibilité pour l'instant.",
                "Ce sera corrigé prochainement.",
                "Je n'ai pas de date à vous donner.",
                "Nous reviendrons vers vous dans les plus brefs délais.",
                "It is planned for later.",
                "We do not have an exact date yet.",
                "It will come in due course."
            })
    void anAnswerWithoutADateIsVague(String text) {
        assertThat(SPEECH.listen(text, instant("2025-11-06T10:00")).vague()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Oui, le port 25 est ouvert.",
                "Je ne sais pas, je me renseigne.",
                "Je n'ai pas de date précise, mais je vous la donne avant vendredi.",
                "Avez-vous une date précise ?",
                "The date is 12 March."
            })
    void anAnswerOrADatedPromiseIsNotVague(String text) {
        assertThat(SPEECH.listen(text, instant("2025-11-06T10:00")).vague()).isFalse();
    }

    @Test
    void noTextMakesItThrowOrTakeLong() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var words =
                new ArrayList<String>(List.of("si", ",", "?", "\n", "31", "99/99", "29", "février", "sous", "entre"));
        for (Example example : examples("fr.tsv")) {
            words.addAll(List.of(example.text().split(" ", -1)));
        }
        long start = System.nanoTime();

        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                text.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            Instant said = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
            var promises = SPEECH.listen(text.toString(), said).promises();

            assertThat(promises)
                    .as(text + " at " + said)
                    .allMatch(promise -> promise.dueAt().isAfter(said));
        }
        SPEECH.listen("je vous rappelle demain et ".repeat(5_000), instant("2025-11-06T10:00"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    private static List<String> due(String text, LocalDateTime said) {
        return SPEECH.listen(text, said.atZone(PARIS).toInstant()).promises().stream()
                .map(promise -> promise.dueAt().atZone(PARIS).toLocalDateTime().toString())
                .toList();
    }

    private static Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    private static List<Example> examples(String file) throws IOException {
        var in = Objects.requireNonNull(AgentSpeechTest.class.getResourceAsStream("agent-speech/" + file), file);
        var examples = new ArrayList<Example>();
        var said = LocalDateTime.MIN;
        try (var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            for (String line : reader.readAllLines()) {
                if (line.startsWith("@")) {
                    said = LocalDateTime.parse(line.substring(1).strip());
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] columns = line.split("\t", -1);
                    examples.add(new Example(
                            said, columns[1], columns[0].equals("-") ? List.of() : List.of(columns[0].split(",", -1))));
                }
            }
        }
        return examples;
    }
}
