package io.vigie.topology.signals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TermTest {
    @Test
    void wordsAndPairsAreFoundWithoutStopWordsAccentsAndPlurals() {
        assertThat(keys("Les packs de Sérénité sont chers"))
                .containsExactly("pack", "serenite", "pack serenite", "cher", "serenite cher");
    }

    @Test
    void aPairIsWrittenAsTheCustomerDid() {
        assertThat(Term.of("le Pack  de Sérénité"))
                .filteredOn(Term::isPair)
                .extracting(Term::written)
                .containsExactly("pack de sérénité");
    }

    @Test
    void aThoughtEndsAPair() {
        assertThat(keys("facture. décodeur")).containsExactly("facture", "decodeur");
        assertThat(keys("facture que je vous décodeur")).containsExactly("facture", "decodeur");
    }

    @Test
    void whatWasRedactedIsNoTerm() {
        assertThat(keys("appelez le [PHONE] svp")).containsExactly("appelez", "svp");
    }

    @Test
    void aNumberIsOnlyPartOfAPair() {
        assertThat(keys("le port 25")).containsExactly("port", "port 25");
        assertThat(keys("dossier 123456789")).containsExactly("dossier");
    }

    @Test
    void aLongTextHasABoundedNumberOfTerms() {
        var text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append("mot").append(i).append('x').append(' ');
        }

        assertThat(Term.of(text.toString()).size()).isLessThanOrEqualTo(97);
    }

    private static List<String> keys(String text) {
        return Term.of(text).stream().map(Term::key).toList();
    }
}
