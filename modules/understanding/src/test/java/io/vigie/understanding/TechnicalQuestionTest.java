package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TechnicalQuestionTest {
    /** Every so many-th pair was left aside when the terms were chosen. */
    private static final int ASIDE = 3;

    private record Pair(boolean same, TechnicalQuestion first, TechnicalQuestion second) {}

    /** How often two questions that are called the same are the same, and how many of the same ones are found. */
    private record Quality(int right, int wrong, int missed) {
        double precision() {
            return (double) right / (right + wrong);
        }

        double recall() {
            return (double) right / (right + missed);
        }
    }

    @Test
    void judgedPairsAreMostlyToldAsTheyWereJudged() {
        List<Pair> pairs = pairs();

        var known = quality(pairs, false);
        var aside = quality(pairs, true);

        assertThat(pairs).hasSizeGreaterThanOrEqualTo(120);
        assertThat(known.precision()).as("of %s", known).isGreaterThanOrEqualTo(0.95);
        assertThat(known.recall()).as("of %s", known).isGreaterThanOrEqualTo(0.9);
        assertThat(aside.precision()).as("of %s", aside).isGreaterThanOrEqualTo(0.95);
        assertThat(aside.recall()).as("of %s", aside).isGreaterThanOrEqualTo(0.8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Est-ce que le port 25/TCP est bloqué en sortie ?      | port 25
        Le port 443 est-il ouvert ?                           | port 443
        Is IPv6 there, with a /48?                            | 48, IPv6
        L'ONT est-il intégré ?                                | ONT
        Le trunk SIP passe-t-il ?                             | SIP trunk
        J'attends depuis 3 semaines : avez-vous de l'IPv6 ?   | IPv6
        Gérez-vous le LACP ?                                  | LACP
        LE PORT 25 EST-IL BLOQUÉ ?                            | port 25
        La box a-t-elle un port 2,5 gigabits ?                | 2.5
        Le T.38 marche-t-il pour le fax ?                     | T.38
        """)
    void aQuestionIsAboutItsRareTerms(String question, String terms) {
        assertThat(String.join(", ", TechnicalQuestion.of(question).terms())).isEqualTo(terms);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        Puis-je mettre mon propre routeur à la place de la box ?    | propre routeur
        Can I use my own router?                                    | own router
        La maison date de 1974, peut-on avoir une adresse IP fixe ? | adresse IP fixe
        Le port 443 est-il ouvert ?                                 | port 443
        Le pare-feu laisse-t-il passer 1200 Mo ?                    | pare-feu
        Gérez-vous le LACP ?                                        | LACP
        """)
    void aReaderSeesTheWordsOfTheQuestion(String question, String words) {
        assertThat(String.join(", ", TechnicalQuestion.written(question))).isEqualTo(words);
    }

    @Test
    void aBareNumberIsNotShown() {
        assertThat(TechnicalQuestion.written("Une maison de 1974 ?")).isEmpty();
    }

    @Test
    void onlyTheQuestionsAreTakenOutOfAText() {
        String text =
                "Bonjour,\nJ'ai déjà écrit deux fois. Le port 25/TCP sera-t-il bloqué en sortie ? Et y aura-t-il de "
                        + "l'IPv6 ?\nMon IPv6 de bureau marche bien. Où êtes-vous ? Cordialement";

        var questions = TechnicalQuestion.in(text, List.of());

        assertThat(questions)
                .extracting(TechnicalQuestion::text)
                .containsExactly("Le port 25/TCP sera-t-il bloqué en sortie ?", "Et y aura-t-il de l'IPv6 ?");
    }

    @Test
    void aQuestionWithoutARareTermIsTechnicalOnlyWhereAThemeSaysSo() {
        String text = "Le boîtier chauffe-t-il ? Merci.";

        assertThat(TechnicalQuestion.in(text, List.of())).isEmpty();
        assertThat(TechnicalQuestion.in(text, List.of(new Span(3, 10)))).hasSize(1);
        assertThat(TechnicalQuestion.in(text, List.of(new Span(26, 31)))).isEmpty();
    }

    @Test
    void aQuestionNeedsNoQuestionMark() {
        assertThat(TechnicalQuestion.in("je voudrais savoir si vous bloquez le port 25 svp", List.of()))
                .hasSize(1);
        assertThat(TechnicalQuestion.in("vous bloquez le port 25.", List.of())).isEmpty();
    }

    @Test
    void aQuestionThatNeverEndsIsCutToWhereItAsks() {
        String text = "alors voilà ".repeat(40) + "est-ce que le port 25 est bloqué chez vous";

        var question = TechnicalQuestion.in(text, List.of()).getFirst();

        assertThat(question.text()).isEqualTo("est-ce que le port 25 est bloqué chez vous");
    }

    @Test
    void theClearestWordingIsShort() {
        var wordings = new ArrayList<>(List.of(
                "port 25 bloqué ou pas",
                "LE PORT 25 EST-IL BLOQUÉ ?",
                "Est-ce que le port 25 est bloqué pour [NAME] ?",
                "Le port 25 est-il bloqué en sortie ?",
                "Bonjour, " + "je me permets de revenir vers vous, ".repeat(5) + "le port 25 est-il bloqué ?"));

        wordings.sort(TechnicalQuestion.CLARITY);

        assertThat(wordings.getFirst()).isEqualTo("Le port 25 est-il bloqué en sortie ?");
    }

    @Test
    void havingTheSameTermsIsAnEquivalence() {
        var a = TechnicalQuestion.of("Is outbound port 25 blocked?");
        var b = TechnicalQuestion.of("Le port 25 est-il ouvert ?");
        var c = TechnicalQuestion.of("port 25 bloqué ou pas ?");

        assertThat(a.sameAs(b) && b.sameAs(a) && b.sameAs(c) && a.sameAs(c)).isTrue();
        assertThat(a.topic()).isEqualTo(c.topic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?", "???", "[EMAIL] ?", "\ud83d\ude00 ?", "port", "25 ?", "\u00a0?", "1,2,3,4 ?"})
    void noTextMakesItThrow(String text) {
        assertThat(TechnicalQuestion.of(text).sameAs(TechnicalQuestion.of(text)))
                .isTrue();
        assertThat(TechnicalQuestion.in(text, List.of(new Span(0, 1)))).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aTextThatIsOneLongQuestionIsReadInTimeLinearInItsLength() {
        String text = "le port 25 et l'IPv6 ".repeat(20_000) + "?";

        long start = System.nanoTime();
        var questions = TechnicalQuestion.in(text, List.of());

        assertThat(questions.getFirst().text()).hasSizeLessThanOrEqualTo(TechnicalQuestion.CHARS_MAX);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static Quality quality(List<Pair> pairs, boolean aside) {
        int right = 0;
        int wrong = 0;
        int missed = 0;
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            boolean told = pair.first().sameAs(pair.second());
            if (i % ASIDE == ASIDE - 1 == aside) {
                right += pair.same() && told ? 1 : 0;
                wrong += !pair.same() && told ? 1 : 0;
                missed += pair.same() && !told ? 1 : 0;
            }
        }
        return new Quality(right, wrong, missed);
    }

    private static List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (String line : Resources.lines("question-pairs.tsv")) {
            String[] columns = line.split("\t", -1);
            pairs.add(new Pair(
                    columns[0].equals("same"), TechnicalQuestion.of(columns[1]), TechnicalQuestion.of(columns[2])));
        }
        return pairs;
    }
}
