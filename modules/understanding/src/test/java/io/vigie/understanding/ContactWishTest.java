package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.understanding.ContactWish.Wanted;
import io.vigie.understanding.ContactWish.Window;
import java.time.LocalTime;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContactWishTest {
    private static final int SENTENCES = 30_000;
    /** What the patterns are made of, in pieces that stay together often enough to match. */
    private static final String[] WORDS =
            ("je préfère|je souhaite|merci de|veuillez|contactez moi|répondez nous|me joindre|please contact|i want|uniquement|only|svp"
                            + "|par|by|un|le|les|sms|textos|message|mail|e-mails|courriels|courrier postal|lettre|post|tchat|écrit|writing"
                            + "|téléphone|ne m'appelez|ne me contactez surtout|pas|plus|plus jamais|arrêtez de me|téléphoner|je ne veux plus être"
                            + "|démarchée|rappelé|contacté par téléphone|plus de coups de fil|d'appels|stop|calling me|no more phone calls"
                            + "|rappelez-moi plutôt|call me back|entre 8h et|entre|et|18 heures|9:30|5 pm|midi|noon|avant|après|before|after"
                            + "|à partir de|jamais|never|le matin|en matinée|in the mornings|l'après-midi|in the afternoon|en journée|during the day"
                            + "|pendant mes heures de travail|le soir|en soirée|in the evening|seulement|de préférence|disponible|libre|mornings only"
                            + "|demain|hier|merci|toujours|la facture|my bill")
                    .split("\\|");

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

    /** To try all patterns on each sentence would take a tenth of the time of the whole stream. */
    @Test
    void onlyASentenceThatSpeaksOfItCanStateAWish() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        int channels = 0;
        int windows = 0;
        for (int i = 0; i < SENTENCES; i++) {
            String text = random.ints(2 + random.nextInt(9), 0, WORDS.length)
                    .mapToObj(word -> WORDS[word])
                    .collect(Collectors.joining(" "));
            for (var sentence : PlainSentence.of(text)) {
                boolean channel = ContactWish.channel(sentence.plain()).isPresent();
                boolean window = ContactWish.window(sentence.plain()).isPresent();
                channels += channel ? 1 : 0;
                windows += window ? 1 : 0;
                assertThat(ContactWish.speaksOfContact(sentence) || !channel)
                        .as("-Dseed=%d: %s", seed, text)
                        .isTrue();
                assertThat(ContactWish.speaksOfHours(sentence) || !window)
                        .as("-Dseed=%d: %s", seed, text)
                        .isTrue();
            }
        }
        assertThat(channels).isPositive();
        assertThat(windows).isPositive();
    }
}
