package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConceptsTest {
    private static final Concepts CONCEPTS = Concepts.of(
            List.of("bill: factur*, note de frais", "agent: conseillère, service client", "client: client"));

    @Test
    void aWordIsFoundWhateverItsAccentsCaseAndArticle() {
        assertThat(found("L'ancienne CONSEILLERE")).containsExactly("agent 1-1");
        assertThat(found("la facturation d'une facture")).containsExactly("bill 1-1", "bill 3-3");
    }

    @Test
    void anExpressionOfSeveralWordsIsFoundAndSoIsWhatIsInIt() {
        assertThat(found("le service client")).containsExactly("agent 1-2", "client 2-2");
        assertThat(found("une note de frais")).containsExactly("bill 1-3");
        assertThat(found("une note de service")).isEmpty();
    }

    @Test
    void noExpressionGoesOverTheEndOfASentence() {
        assertThat(found("Le service. Client mécontent.")).containsExactly("client 2-2");
    }

    @Test
    void theShippedOnesAreReadable() {
        assertThat(Resources.lines("concepts.txt"))
                .hasSizeGreaterThan(400)
                .allMatch(line -> line.matches("[a-z0-9-]+: .+"));
        assertThat(Concepts.standard()).isNotNull();
    }

    private static List<String> found(String text) {
        Tokens tokens = Tokenizer.tokenize(text);
        var found = new ArrayList<String>();
        for (Tokens.Sentence sentence : tokens.sentences()) {
            for (int token = sentence.from(); token < sentence.until(); token++) {
                Concepts.Start start = CONCEPTS.start(tokens.chars(), tokens.from(token, true), tokens.until(token));
                for (int concept : start.concepts()) {
                    found.add(name(concept) + " " + token + "-" + token);
                }
                CONCEPTS.goOn(
                        start,
                        tokens,
                        token,
                        sentence.until(),
                        (concept, first, last) -> found.add(name(concept) + " " + first + "-" + last));
            }
        }
        return found;
    }

    private static String name(int concept) {
        return List.of("bill", "agent", "client").stream()
                .filter(name -> name.hashCode() == concept)
                .findFirst()
                .orElseThrow();
    }
}
