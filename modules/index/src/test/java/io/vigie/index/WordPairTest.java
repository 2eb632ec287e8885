package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPairTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        fr | Ma carte mémoire est pleine                | carte mémoire
        fr | Je veux résilier l’abonnement              | résilier l’abonnement
        fr | La mise à jour du Wi-Fi                    | Wi-Fi
        fr | Le port 25 est très lent                   | port 25
        fr | Facture. Carte, mémoire : (panne) « box »  |
        fr | Il n'y a pas de débit, c'est très lent     |
        fr | Depuis 3 semaines, 25 euros                |
        fr | Bonjour↵Facture                            |
        en | I was charged a late fee by your agent     | late fee
        en | You have been very slow with my order      |
        en | The customer's credit card                 | customer's credit; credit card
        """)
    void twoWordsInOneBreathThatSaySomething(String language, String text, String pairs) {
        var verbatim = draft("a", text.replace('↵', '\n')).setLanguage(language).build();

        var found = WordPair.of(verbatim).values();

        assertThat(found).containsExactlyElementsOf(pairs == null ? List.of() : List.of(pairs.split("; ")));
    }

    @Test
    void accentsOfTheirOwnAreThoseOfTheirLetters() {
        String apart = Normalizer.normalize("carte mémoire", Normalizer.Form.NFD);

        var found = WordPair.of(draft("a", apart).build());

        assertThat(found).containsOnlyKeys(new WordPair("carte", "memoire")).containsValue("carte mémoire");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        carte mémoire | true
        Carte memoire | true
        cartes mémoire | false
        carte "mémoire | false
        carte de mémoire | false
        la carte mémoire | false
        """)
    void aPairIsAskedByItself(String typed, boolean asked) {
        assertThat(new WordPair("carte", "memoire").isAskedBy(typed)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"est", "très", "QUAND", "n’ai", "où", "Vous", "depuis", "don't", "I'm", "which", "Have", "à", "être"})
    void aFunctionWordSaysNothing(String word) {
        assertThat(TextAnalyzer.words(word))
                .allSatisfy(each -> assertThat(SignificantWord.isSignificant(each.text()))
                        .as(each.text())
                        .isFalse());
    }

    @ParameterizedTest
    @CsvSource({"jamais", "toujours", "down", "car", "merci", "bien", "hors", "again", "ONT"})
    void aWordThatMayTellSomethingIsKept(String word) {
        assertThat(SignificantWord.isSignificant(
                        TextAnalyzer.words(word).getFirst().text()))
                .isTrue();
    }
}
