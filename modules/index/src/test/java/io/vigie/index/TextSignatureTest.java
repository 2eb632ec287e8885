package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSignatureTest {
    private static final String LONG_TEXT =
            "Depuis trois semaines ma connexion coupe tous les soirs vers la même heure, le technicien est passé deux"
                    + " fois sans rien trouver et le service client me répond que la ligne est bonne alors que je ne peux"
                    + " plus travailler de chez moi ni regarder un film avec mes enfants.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "La facture de mars a été prélevée deux fois : 39,99 € !",
                "la facture de MARS a ete prelevee deux fois... 12 €",
                "  La  facture, de mars, a été prélevée deux fois\n(AB12-778)",
                "La fac\u00adture de mars a été prélevée deux fois"
            })
    void capitalsAccentsSignsAndNumbersDoNotMatter(String text) {
        long signature = TextSignature.of("La facture de mars a été prélevée deux fois");

        assertThat(TextSignature.of(text)).isEqualTo(signature);
        assertThat(TextSignature.of(Normalizer.normalize(text, Normalizer.Form.NFD)))
                .isEqualTo(signature);
    }

    @ParameterizedTest
    @CsvSource({
        "je veux résilier mon abonnement fibre, je veux résilier mon abonnement mobile",
        "ma box ne marche pas, ma box marche",
        "le port 25 est fermé, le port est ouvert",
        "box en panne, panne en box",
        "merci, parfait"
    })
    void inAShortTextEveryWordCounts(String one, String other) {
        assertThat(TextSignature.of(one)).isNotEqualTo(TextSignature.of(other));
    }

    @Test
    void aLongTextMostlyKeepsItsNameWhenAWordChanges() {
        String[] words = LONG_TEXT.split(" ");
        int kept = 0;
        for (int i = 0; i < words.length; i++) {
            var changed = words.clone();
            changed[i] = "autrement";
            kept += TextSignature.of(String.join(" ", changed)) == TextSignature.of(LONG_TEXT) ? 1 : 0;
        }

        assertThat(kept).isBetween(words.length * 6 / 10, words.length - 1);
    }

    /** Those that share a third of their pairs would be taken for the same once in a thousand times. */
    @Test
    void differentLongTextsHaveDifferentNames() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var texts = new HashMap<Long, List<String>>();
        for (int i = 0; i < 2_000; i++) {
            var words = new ArrayList<String>();
            for (int word = 0; word < 40; word++) {
                words.add("mot" + (char) ('a' + random.nextInt(26)) + (char) ('a' + random.nextInt(26)));
            }
            String text = String.join(" ", words);
            texts.computeIfAbsent(TextSignature.of(text), _ -> new ArrayList<>())
                    .add(text);
        }

        assertThat(texts).as("-Dseed=%d", seed).hasSize(2_000);
    }

    @Test
    void aTextWithoutWordsIsNamedByItsSigns() {
        assertThat(TextSignature.of("10/10")).isEqualTo(TextSignature.of(" 10 / 10 "));
        assertThat(TextSignature.of("10/10")).isNotEqualTo(TextSignature.of("9/10"));
        assertThat(TextSignature.of("👍")).isNotEqualTo(TextSignature.of("👎"));
        assertThat(TextSignature.of("")).isEqualTo(TextSignature.of(" "));
    }

    @Test
    void aTextThatRepeatsItselfHasAName() {
        String text = "non ".repeat(40);

        assertThat(TextSignature.of(text)).isEqualTo(TextSignature.of(text + "non"));
    }

    @Test
    void whatIsWrittenInAQueryIsReadBack() {
        long signature = TextSignature.of(LONG_TEXT);

        assertThat(TextSignature.parse(TextSignature.text(signature))).isEqualTo(signature);
        assertThatThrownBy(() -> TextSignature.parse("12")).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> TextSignature.parse("xyzxyzxyzxyzxyzx")).isInstanceOf(NumberFormatException.class);
    }
}
