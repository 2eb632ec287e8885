package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanguageDetectorTest {
    private static final LanguageDetector DETECTOR = new LanguageDetector();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            fr  | -     | Bonjour, ma ligne ne fonctionne plus
            fr  | -     | ca marche pas depuis hier
            fr  | -     | J'ADORE
            fr  | -     | tjs pas de reponse svp
            fr  | -     | Débit instable
            fr  | -     | internet super lent, box nulle
            en  | -     | My line is not working
            en  | -     | GREAT SERVICE THANKS
            en  | -     | still waiting for my router
            en  | -     | Can't log in
            en  | -     | The « box » is broken
            und | -     | 12345
            und | -     | XTP
            en  | en-GB | Bonjour
            fr  | FR    | hello
            fr  | fr_FR | 123
            und | de    | Guten Tag
            fr  | und   | Bonjour à tous
            en  | ''    | hello there
            """)
    void theLanguageIsThatOfTheWordsUnlessTheSourceKnows(String language, String hint, String text) {
        assertThat(DETECTOR.language(Tokenizer.tokenize(text), text, hint)).isEqualTo(language);
    }
}
