package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CueParserTest {

    @Test
    void wordsAreFoldedAndElidedAsTextsAre() throws CueSyntaxException {
        assertThat(parse("\"plus d’Internet\"")).isEqualTo(new Cue.Phrase(List.of(word("plus"), word("internet")), 0));
        assertThat(CueParser.parse("\"don't call\"~1", Language.ENGLISH))
                .isEqualTo(new Cue.Phrase(List.of(word("don't"), word("call")), 1));
    }

    @Test
    void aStarTakesAnyEndingAlsoInsideAPhrase() throws CueSyntaxException {
        assertThat(parse("Résili*")).isEqualTo(new Cue.Word("resili", true));
        assertThat(parse("\"mal couvert*\""))
                .isEqualTo(new Cue.Phrase(List.of(word("mal"), new Cue.Word("couvert", true)), 0));
    }

    @Test
    void besideAnAndWordsAreRequired() throws CueSyntaxException {
        assertThat(parse("a1 AND (b1 OR c1) AND NOT d1"))
                .isEqualTo(new Cue.All(
                        List.of(word("a1"), new Cue.Any(List.of(word("b1"), word("c1")), List.of())),
                        List.of(word("d1"))));
        assertThat(parse("a1 OR b1 AND c1")).isEqualTo(new Cue.All(List.of(word("b1"), word("c1")), List.of()));
    }

    @Test
    void sideBySideMeansOr() throws CueSyntaxException {
        assertThat(parse("a1 b1")).isEqualTo(parse("a1 OR b1"));
        assertThat(parse("a1 NOT b1")).isEqualTo(new Cue.Any(List.of(word("a1")), List.of(word("b1"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``            | expected a word, a phrase or '(' at 0
            a1 AND        | expected a word, a phrase or '(' at 6
            (a1 OR b1     | expected ')' for the '(' at 0 at 9
            a1 ) b1       | unexpected ')' at 3
            "a1 b1        | a quote is not closed at 0
            "a1 b1"~99    | expected a number from 0 to 10 after '~' at 8
            wi-fi         | 'wi-fi' reads as several words: put it in quotes at 0
            NOT a1        | a cue cannot only say what must not be there at 6
            a1 AND AND b1 | expected a word, a phrase or '(' but found AND at 7
            "***"         | expected at least one word at 1
            "a*b"         | a star may only stand at the end of a word at 1
            a1 ^ b1       | unexpected '^' at 3
            """)
    void whatCannotBeMeantIsRefusedWithItsPlace(String cue, String message) {
        assertThatThrownBy(() -> parse(cue))
                .isInstanceOf(CueSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void parenthesesHaveALimit() {
        assertThatThrownBy(() -> parse("(".repeat(900))).hasMessageStartingWith("more than 16 parentheses");
    }

    private static Cue parse(String cue) throws CueSyntaxException {
        return CueParser.parse(cue, Language.FRENCH);
    }

    private static Cue.Word word(String letters) {
        return new Cue.Word(letters, false);
    }
}
