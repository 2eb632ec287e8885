package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentenceSplitterTest {

    @Test
    void marksAndLineEndsEndSentences() {
        assertThat(split("Bonjour. Ça va ? Non !!! Enfin… bref\nMerci"))
                .containsExactly("Bonjour.", "Ça va ?", "Non !!!", "Enfin…", "bref", "Merci");
    }

    @Test
    void numbersAbbreviationsAndAddressesDoNot() {
        assertThat(
                        split(
                                "M. Martin a payé 39.99 euros à Mme. Petit sur vigie.fr, cf. www.vigie.example.com/a.html ou S.A.V."))
                .hasSize(1);
        assertThat(split("Mr. Smith paid 3.5 pounds, e.g. to J. Jones.")).hasSize(1);
    }

    @Test
    void sentencesTypedWithoutABlankAreTwo() {
        assertThat(split("La box ne marche pas.Je veux un remboursement")).hasSize(2);
        assertThat(split("ça marche pas.depuis hier")).hasSize(2);
        assertThat(split("Ça marche ?Non")).hasSize(2);
    }

    @Test
    void aLineThatAMailProgramWrappedGoesOn() {
        assertThat(split("Je vous écris car depuis trois semaines je n'ai plus du tout\nd'accès à internet."))
                .hasSize(1);
        assertThat(split("Bonjour,\nje vous écris")).hasSize(2);
    }

    @Test
    void quotedLinesAreSomebodyElsesWords() {
        assertThat(split("Toujours rien.\n> Votre ligne est réparée.\n> Cordialement\nMerci"))
                .containsExactly("Toujours rien.", "Merci");
    }

    @Test
    void aQuestionMarkOnItsOwnLineAsks() {
        assertThat(Tokenizer.tokenize("Le port 25 est bloqué\n?").sentences())
                .singleElement()
                .matches(Tokens.Sentence::asks);
    }

    private static List<String> split(String text) {
        var sentences = new ArrayList<String>();
        SentenceSplitter.split(
                text,
                (from, until, mark) -> sentences.add(text.substring(from, until).strip()));
        sentences.removeIf(String::isEmpty);
        return sentences;
    }
}
