package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "J’attends l'arrivée de l’ŒUVRE, c'est-à-dire depuis 3,5 jours !",
                "Prélevé 2 fois : 39,99 € et 12.50€ le 03/04/2025 à 10:30",
                "qu'est-ce qu'il y a aujourd'hui ? presqu'île, jusqu'ici, puisqu'on, D'ACCORD",
                "I can't, won't and shouldn't: it's U.S.A. wi-fi 802.11ac at http://vigie.fr/a_b?c=d",
                "IPv6, 192.168.1.1, XPACK++ Mega_Plus, 100% 5G+ A4 _x _ __ 1_000",
                "a:b c.d e'f 1:2 3;4 5,6 'quoted' ''' l' d'",
                "Ça marche très bien 👍🏽😡 🇫🇷 ☎ ok",
                "日本語 ひらがな カタカナ 한국어 العربية עברית ελληνικά русский",
                "naïve ﬁn ＡＢＣ １２３ ñandú Łódź straße ÆON",
            })
    void wordsAreThoseOfTheDeclaredAnalyzer(String text) {
        assertSame(text);
    }

    @Test
    void wordsOfRandomTextsAreThoseOfTheDeclaredAnalyzer() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        String alphabet = "abcABCéèçœ'’-_.,:;!? 0123456789()+@#/\n\tnlq uLD€";

        for (int i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertSame(text.toString());
        }
    }

    @Test
    void decomposedAccentsMakeNoDifference() {
        String text = "L’opérateur a été prévenu, ça n'a rien changé à Noël";

        assertThat(words(Tokenizer.tokenize(Normalizer.normalize(text, Normalizer.Form.NFD)), true))
                .isEqualTo(words(Tokenizer.tokenize(text), true));
    }

    @Test
    void aNarrowSpaceBeforeAMarkIsNotPartOfTheWord() {
        Tokens tokens = Tokenizer.tokenize("Une panne\u202F! Encore\u00A0?");

        assertThat(words(tokens, true)).containsExactly("une", "panne", "encore");
        assertThat(tokens.sentences()).extracting(Tokens.Sentence::mark).containsExactly('!', '?');
    }

    @Test
    void placeholdersAreWordsThatNothingElseIs() {
        Tokens tokens = Tokenizer.tokenize("Appelez [PHONE], écrivez à [EMAIL]. [AUTRE]");

        assertThat(words(tokens, true)).containsExactly("appelez", "[phone]", "ecrivez", "a", "[email]", "autre");
    }

    @Test
    void aWordKnowsWhereItStandsWithAndWithoutItsArticle() {
        Tokens tokens = Tokenizer.tokenize("à l’œuvre");

        assertThat(tokens.start(1, false)).isEqualTo(2);
        assertThat(tokens.start(1, true)).isEqualTo(4);
        assertThat(tokens.end(1)).isEqualTo(9);
    }

    @Test
    void veryLongSentencesAreCut() {
        Tokens tokens = Tokenizer.tokenize("mot ".repeat(1_000) + "?");

        assertThat(tokens.sentences()).hasSize(5);
        assertThat(tokens.sentences().getLast().asks()).isTrue();
    }

    private static void assertSame(String text) {
        for (Language language : Language.values()) {
            Tokens tokens = Tokenizer.words(text);
            var ours = new ArrayList<String>();
            for (int i = 0; i < tokens.count(); i++) {
                ours.add(tokens.start(i, false) + "-" + tokens.end(i) + ":" + tokens.word(i, language.elides()));
            }
            assertThat(ours).as(text).isEqualTo(new LuceneCues(language).words(text));
        }
    }

    private static List<String> words(Tokens tokens, boolean elide) {
        var words = new ArrayList<String>();
        for (int i = 0; i < tokens.count(); i++) {
            words.add(tokens.word(i, elide));
        }
        return words;
    }
}
