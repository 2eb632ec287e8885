package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextAnalyzerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Je veux résilier             | je veux resilier
            l'ADSL                       | adsl
            l’ADSL                       | adsl
            L'ADSL                       | adsl
            LʼADSL                       | adsl
            Jusqu'où ira-t-on            | ou ira t on
            j't'ai rappelé               | ai rappele
            qu'il n'y a pas              | il y a pas
            aujourd'hui                  | aujourd'hui
            aujourd’hui                  | aujourd'hui
            quelqu’un                    | quelqu'un
            ne marche pas, ni plus       | ne marche pas ni plus
            don't won’t                  | don't won't
            Orange's box                 | orange box
            ÇA COÛTE TRÈS CHER           | ca coute tres cher
            Œuvre cœur ex æquo           | oeuvre coeur ex aequo
            ﬁbre oﬃciel                  | fibre officiel
            Straße                       | strasse
            IPv6 ONT SFP 4G+ C++         | ipv6 ONT sfp 4g+ c++
            la S.A.V. et le SAV          | la sav et le sav
            bloqué.Merci                 | bloque merci
            erreur:ligne fibre_pro       | erreur ligne fibre pro
            client·e·s                   | client e s
            3,5 Mb/s et 10.000 v1.2      | 3.5 mb s et 10.000 v1.2
            50€/mois                     | 50 mois
            Wi-Fi                        | wi fi
            port 25                      | port 25
            co\u00adupure                | coupure
            \u202epanne\u202c            | panne
            l' offre d’« un » l'4G c'   | offre un 4g
            le 'c' et 's'                | le c et s
            """)
    void wordsAreFolded(String text, String words) {
        assertThat(TextAnalyzer.words(text).stream().map(TextAnalyzer.Word::text))
                .containsExactly(words.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"résilier", "Noël où ça", "déçu, très déçu !", "L’été à l’hôtel", "œuvre"})
    void bothFormsOfAnAccentGiveTheSameWords(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);

        assertThat(TextAnalyzer.words(decomposed).stream().map(TextAnalyzer.Word::text))
                .containsExactlyElementsOf(TextAnalyzer.words(composed).stream()
                        .map(TextAnalyzer.Word::text)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "factures, facture",
        "résiliée, résilier",
        "coupures, coupure",
        "remboursements, remboursement",
        "résiliation, résilié",
        "résilie, résilier",
        "refunds, refund",
        "cancelled, cancel",
        "outages, outage",
        "nouvelles, nouvelle"
    })
    void formsOfAWordShareAStem(String form, String other) {
        var all = new HashSet<>(forms(form));
        all.retainAll(forms(other));

        assertThat(all).isNotEmpty();
    }

    @Test
    void codesAndNumbersHaveNoStem() {
        assertThat(TextAnalyzer.words("IPv6 10.000 4G"))
                .allSatisfy(word -> assertThat(word.stems()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ONT", "SFP", "FTTH", "DNS", "SMS", "SFR", "Pass", "C++", "C#", ".NET", "4G+", "R&D", "B2B"})
    void namesKeepTheirForm(String name) {
        assertThat(TextAnalyzer.words(name))
                .singleElement()
                .satisfies(word -> assertThat(word.stems()).isEmpty());
    }

    @Test
    void aRangeIsOfTheWordWithoutItsArticle() {
        String text = "Depuis hier l’ADSL de l'école.Panne d’Orange's box";

        assertThat(TextAnalyzer.words(text).stream().map(word -> text.substring(word.start(), word.end())))
                .containsExactly("Depuis", "hier", "ADSL", "de", "école", "Panne", "Orange", "box");
    }

    @Test
    void aWordOfAnyLengthIsCut() {
        assertThat(TextAnalyzer.words("é".repeat(4_000)))
                .allSatisfy(word -> assertThat(word.text().length()).isLessThanOrEqualTo(255));
    }

    private static Set<String> forms(String word) {
        var only = TextAnalyzer.words(word).getFirst();
        var forms = new HashSet<>(only.stems());
        forms.add(only.text());
        return forms;
    }
}
