package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.understanding.ContactWish.Wanted;
import io.vigie.understanding.ContactWish.Window;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContactWishTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WRITING | Ne m'appelez plus, par écrit.
            WRITING | Ne m'appelez plus !
            WRITING | Arrêtez de m'appeler.
            WRITING | Je souhaite une réponse par écrit.
            WRITING | Je ne veux plus être appelé.
            WRITING | Pas d'appels téléphoniques, merci.
            WRITING | Please don't call me.
            WRITING | Please reply in writing.
            EMAIL   | Je préfère un mail.
            EMAIL   | Merci de me répondre par mail.
            EMAIL   | Répondez-moi par courriel.
            EMAIL   | Uniquement par e-mail.
            EMAIL   | Ne m'appelez pas, je préfère un e-mail.
            EMAIL   | I would prefer an email.
            EMAIL   | Contact me by email only.
            SMS     | Prévenez-moi par SMS.
            SMS     | Je préfère les SMS.
            LETTER  | Je souhaite être contacté par courrier.
            PHONE   | Rappelez-moi.
            PHONE   | Je préfère le téléphone.
            PHONE   | Please call me back.
            """)
    void aChannelIsStated(Wanted wanted, String text) {
        assertThat(ContactWish.in(text).channel()).contains(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "J'ai reçu votre offre par mail.",
                "Votre conseiller m'a appelé trois fois.",
                "Puis-je vous écrire par mail ?",
                "Vous m'avez envoyé un SMS hier.",
                "La facture est arrivée par courrier.",
                "I got your email yesterday.",
                "Plus d'internet depuis ce matin."
            })
    void whoSpeaksOfAChannelStatesNoWish(String text) {
        assertThat(ContactWish.in(text).channel()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            18:00 | 00:00 | après 18h
            18:00 | 00:00 | Appelez-moi après 18 h.
            10:00 | 00:00 | Pas avant 10 h, merci.
            10:00 | 00:00 | Ne m'appelez pas avant 10h.
            12:00 | 00:00 | Ne m'appelez pas le matin.
            12:00 | 00:00 | Pas le matin.
            18:00 | 00:00 | Je suis joignable à partir de 18h.
            12:00 | 14:00 | Je suis disponible entre 12h et 14h.
            00:00 | 09:30 | Appelez-moi avant 9h30.
            00:00 | 20:00 | Ne m'appelez jamais après 20h.
            18:00 | 00:00 | Ne m'appelez pas en journée.
            00:00 | 12:00 | Je suis joignable le matin uniquement.
            18:00 | 00:00 | Please call me after 6pm.
            """)
    void hoursAreStated(LocalTime from, LocalTime to, String text) {
        assertThat(ContactWish.in(text).window()).contains(new Window(from, to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "La connexion tombe après 18h.",
                "Rappelez-moi demain après 18h.",
                "Vous m'avez appelé avant 8h.",
                "Le technicien devait venir entre 8h et 12h.",
                "Puis-je vous appeler après 18h ?"
            })
    void hoursOfSomethingElseOrOfOneDayAreNoWish(String text) {
        assertThat(ContactWish.in(text).window()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "18:00, 00:00, 18:00, true",
        "18:00, 00:00, 10:00, false",
        "12:00, 14:00, 14:00, false",
        "00:00, 09:30, 09:29, true"
    })
    void aWindowHoldsItsHours(LocalTime from, LocalTime to, LocalTime time, boolean holds) {
        assertThat(new Window(from, to).holds(time)).isEqualTo(holds);
    }
}
