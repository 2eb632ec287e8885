package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineTest {
    private static final Engine ENGINE = Engine.standard();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COMPLAINT | Bonjour, nous n'avons plus d'internet ni de téléphone dans la boutique depuis ce matin.
            COMPLAINT | La facture de mars est fausse.
            COMPLAINT | Plus d'internet depuis hier soir.
            COMPLAINT | Bravo, encore une journée en panne internet, merci l'équipe très professionnelle !
            COMPLAINT | Bravo pour la panne, merci pour rien
            COMPLAINT | Pourquoi êtes-vous si nuls et si lents ?
            COMPLAINT | Vos commerciaux m'appellent tous les jours alors que je demande une réponse par mail.
            COMPLAINT | Je recommande pas du tout
            COMPLAINT | Le service est devenu lamentable, je suis très déçue.
            COMPLAINT | J’attends toujours mon remboursement. Quand allez-vous me répondre ?
            COMPLAINT | I was charged twice this month.
            COMPLAINT | Thanks for nothing, worst company ever
            COMPLAINT | I would not recommend it to anyone
            COMPLAINT | My bill is wrong again
            QUESTION  | Non, je veux savoir si le port 25 est bloqué en sortie sur l'offre fibre pro.
            QUESTION  | Le routeur gère-t-il l'IPv6 ?
            QUESTION  | Bonjour, quels sont vos horaires d'ouverture ?
            QUESTION  | Pouvez-vous me dire si l'offre inclut une IP fixe ?
            QUESTION  | Mon prélèvement a été rejeté, comment changer de RIB ?
            QUESTION  | Will this plan include IPv6 and a static IP?
            QUESTION  | Could you tell me when the shop opens?
            REQUEST   | Pouvez-vous m'envoyer ma dernière facture ?
            REQUEST   | Je voudrais changer d'adresse
            REQUEST   | Merci de me rappeler demain
            REQUEST   | Merci de bien vouloir transmettre ce courrier au service concerné.
            REQUEST   | Could you send me a new router please?
            REQUEST   | Could I speak to somebody about my account please?
            PRAISE    | Merci, panne réglée en dix minutes, service rapide !
            PRAISE    | Merci à la conseillère, tout est réglé.
            PRAISE    | Je ne suis pas mécontent du service
            PRAISE    | C'est pas mal du tout
            PRAISE    | Il n'y a plus de coupures depuis la réparation, c'est parfait
            PRAISE    | Un conseiller très aimable et compétent, merci.
            PRAISE    | Not bad at all, quick and friendly
            PRAISE    | I can't complain, works great
            PRAISE    | Thank you so much, the lady on the phone was lovely
            OTHER     | Bonjour
            OTHER     | Le modem est posé dans l'entrée
            OTHER     | The kettle stands on the shelf
            """)
    void theIntentIsWhatTheCustomerWants(Intent intent, String text) {
        assertThat(understand(text).intent()).isEqualTo(intent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Je suis très satisfait de votre service",
                "Je ne suis pas mécontent",
                "C'est pas mal",
                "Pas de souci, tout fonctionne",
                "Rien à redire",
                "Sans problème",
                "Je n'ai jamais été aussi bien accueilli",
                "Excellent !",
                "Je recommande vivement",
                "Super conseillère, très efficace",
                "Not bad",
                "No problem at all",
                "I've never been happier",
                "Very helpful and friendly staff",
                "Could not be happier"
            })
    void whatIsGoodIsAboveZero(String text) {
        assertThat(understand(text).sentiment()).isBetween(0.15, 1.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Je ne suis pas satisfait",
                "Je suis pas du tout content",
                "Ça marche pas",
                "Le conseiller n'était pas aimable",
                "Je recommande pas",
                "Je ne vous recommande plus",
                "Pas terrible comme service",
                "Jamais été aussi mal accueilli",
                "Merci pour rien",
                "Aucune réponse, personne n'est compétent, c'est nul",
                "Je n'apprécie pas du tout",
                "Avant qu'il ne tombe en panne, le modem était déjà lent",
                "Not helpful at all",
                "I don't like it",
                "Never again",
                "The staff was not friendly",
                "Poor service, very slow"
            })
    void whatIsBadIsBelowZero(String text) {
        assertThat(understand(text).sentiment()).isBetween(-1.0, -0.05);
    }

    @Test
    void strongWordsWeighMoreThanWeakOnes() {
        assertThat(understand("Service très mauvais").sentiment())
                .isLessThan(understand("Service un peu mauvais").sentiment());
        assertThat(understand("Excellent service").sentiment())
                .isGreaterThan(understand("Service correct").sentiment());
        assertThat(understand("La box est sur l'étagère").sentiment()).isBetween(-0.3, 0.3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | Merci, panne réglée en dix minutes, service rapide !
            0 | Bonjour
            1 | La facture est incompréhensible
            2 | J'ai été prélevé deux fois.
            3 | J'ai été prélevé deux fois, c'est honteux.
            3 | La ligne est en panne, plus d'internet
            4 | La ligne est en panne, plus d'internet, c'est un scandale inadmissible
            4 | Je vais saisir le médiateur
            4 | J'ai reçu un SMS de phishing, c'est honteux
            3 | Nous perdons des clients à cause de vous
            4 | I will take legal action
            3 | I was charged twice, this is outrageous
            """)
    void severityIsThatOfTheGravestThingSaid(int severity, String text) {
        assertThat(understand(text).severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.9 | Je résilie mon abonnement
            0.9 | Je vais changer d'opérateur
            0.6 | Si la panne dure, je regarderai ailleurs
            0.3 | Votre concurrent propose mieux
            0.0 | Je ne veux pas résilier
            0.0 | Je veux pas résilier, mais réparez ma ligne
            0.0 | J'ai pas envie de partir
            0.0 | Je n'ai pas l'intention de changer d'opérateur, réparez ma ligne
            0.0 | Je ne vais pas voir ailleurs pour si peu
            0.9 | Je ne veux pas résilier mon mobile. Pour la box, je vais résilier.
            0.0 | Merci beaucoup
            0.9 | I want to cancel my contract
            0.6 | If nothing changes I will leave
            0.0 | I don't want to cancel
            0.0 | I am staying with you, not leaving
            0.0 | I don't intend to leave, just refund me
            """)
    void churnRiskIsTheHighestThatIsNotDenied(double risk, String text) {
        // What was learned may be surer than the cue, but never of somebody who says that he stays.
        double most = risk > 0 ? 1 : 0.1;

        assertThat(understand(text).churnRisk()).isBetween(risk, most);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            true  | -     | -     | Vos commerciaux m'appellent tous les jours alors que je demande une réponse par mail.
            true  | EMAIL | EMAIL | Vos commerciaux m'appellent tous les jours alors que je demande une réponse par mail.
            true  | EMAIL | EMAIL | Arrêtez de m'appeler
            true  | PHONE | EMAIL | Bonjour
            true  | phone | email | Bonjour
            true  | PHONE | -     | Je préfère que vous me répondiez par mail
            true  | EMAIL | -     | Je vous ai déjà dit de répondre par écrit, ne m'appelez plus.
            true  | PHONE | -     | Please answer by email
            true  | -     | -     | They keep calling me, I asked for an answer by email
            false | EMAIL | EMAIL | Bonjour
            false | EMAIL | -     | Répondez-moi par mail svp
            false | EMAIL | -     | Rappelez-moi au 06 12 34 56 78
            false | WEB   | EMAIL | Bonjour
            false | PHONE | -     | La ligne est en panne
            false | -     | -     | Je m'appelle Jean Martin, répondez-moi par mail
            """)
    void aChannelThatTheCustomerDidNotWantIsAMismatch(boolean mismatch, String channel, String preferred, String text) {
        var utterance = new Utterance(text, null, channel, preferred);

        assertThat(ENGINE.understand(utterance).channelMismatch()).isEqualTo(mismatch);
    }

    @Test
    void evidenceIsTheWordsInTheRedactedText() {
        Understood understood =
                understand("Écrivez à jean@exemple.fr : plus d’internet, la ligne est EN PANNE. Plus de réseau.");

        Theme outage = understood.themes().getFirst();
        assertThat(outage.id()).isEqualTo("network.outage");
        assertThat(outage.evidence().stream().map(span -> understood.text().substring(span.start(), span.end())))
                .containsExactly("plus d’internet", "ligne", "EN PANNE", "Plus de réseau");
        assertThat(outage.score()).isBetween(0.9, 1.0);
    }

    @Test
    void evidenceIsLimited() {
        Understood understood = understand("J'ai des coupures. ".repeat(500));

        assertThat(understood.themes())
                .filteredOn(theme -> theme.id().equals("network.intermittent"))
                .singleElement()
                .satisfies(theme -> assertThat(theme.evidence()).hasSize(Theme.EVIDENCE_MAX));
    }

    @Test
    void aPlaceholderIsNoEvidence() {
        Understood understood = understand("Je suis là demain, phishing@exemple.fr");

        assertThat(understood.themes()).isEmpty();
        assertThat(understood.redactions()).containsExactlyInAnyOrderEntriesOf(java.util.Map.of("EMAIL", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "\0", "…", "👍", "?!", "\uD800", "12345"})
    void whereNothingIsSaidNothingIsUnderstood(String text) {
        Understood understood = understand(text);

        assertThat(understood.language()).isEqualTo("und");
        assertThat(understood.intent()).isEqualTo(Intent.OTHER);
        assertThat(understood.themes()).isEmpty();
        assertThat(understood.sentiment()).isZero();
    }

    @Test
    void mixedLanguagesWithoutAWinnerUseTheCuesOfBoth() {
        var utterance = new Utterance("xyz phishing xyz", "de", null, null);

        assertThat(ENGINE.understand(utterance).themes()).extracting(Theme::id).containsExactly("privacy.fraud");
    }

    @Test
    void nothingMakesItThrow() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);

        for (int i = 0; i < 20_000; i++) {
            String text = randomText(random);
            Understood understood = understand(text);
            assertThat(understood.sentiment()).isBetween(-1.0, 1.0);
            for (Theme theme : understood.themes()) {
                assertThat(theme.score()).isGreaterThan(0).isLessThanOrEqualTo(1);
                assertThat(theme.evidence()).isNotEmpty();
                int last = 0;
                for (Span span : theme.evidence()) {
                    assertThat(span.start()).isGreaterThanOrEqualTo(last).isLessThan(span.end());
                    last = span.end();
                }
                assertThat(last).isLessThanOrEqualTo(understood.text().length());
            }
            assertThat(understand(understood.text()).text()).as(text).isEqualTo(understood.text());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "mot ",
                "facture erreur ",
                "plus d'internet ",
                "e\u0301",
                "\u0301",
                "\n",
                "\r",
                "> x\n",
                "l'",
                ".",
                "a.",
                "pas ",
                "prélevé deux ",
                "x\u00AD",
                "👨\u200D",
                "日",
                "très ",
                "ne ",
                "...",
                "coupures. ",
                "é",
                "'",
                "_",
                "1,"
            })
    void longTextsTakeLinearTime(String piece) {
        String text = piece.repeat(100_000 / piece.length());

        assertTimeout(Duration.ofSeconds(5), () -> understand(text));
    }

    @Test
    void oneEngineServesManyThreads() {
        String text = "Plus d'internet, rappelez-moi au 06 12 34 56 78, j'ai été prélevé deux fois !";
        Understood alone = understand(text);

        boolean same = IntStream.range(0, 2_000)
                .parallel()
                .allMatch(i -> understand(text).equals(alone));

        assertThat(same).isTrue();
    }

    private static String randomText(Random random) {
        String[] pieces = {
            "coupures",
            "plus d’internet",
            "prélevé deux fois",
            "\uD83D",
            "\uDE00",
            "\0",
            "שלום",
            "مرحبا",
            "👨‍👩‍👧",
            "e\u0301",
            "[PHONE]",
            "06 12 34 56 78",
            "jean@exemple.fr",
            "?",
            "!",
            ".",
            "\n",
            " ",
            "'",
            "charged twice",
            "l'",
            "n'",
            "日本",
            "ﬁ",
            "\u202E",
        };
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            if (random.nextInt(3) == 0) {
                text.append((char) random.nextInt(0x10000));
            } else {
                text.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
            }
        }
        return text.toString();
    }

    private static Understood understand(String text) {
        return ENGINE.understand(Utterance.of(text));
    }

    @Test
    void aTextThatWasRedactedBeforeStaysAsItIs() {
        Understood first = ENGINE.understand(Utterance.of("Plus d'internet, rappelez-moi au 06 12 34 56 78 !"));

        Understood again = ENGINE.understandRedacted(Utterance.of(first.text()));

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.redactions()).isEmpty();
        assertThat(again.themes()).isEqualTo(first.themes());
        assertThat(again.classifier()).isEqualTo(ENGINE.classifier());
    }

    @Test
    void theBuiltInModelReadFromAFileIsTheBuiltInModel() throws IOException {
        try (var model = Resources.open("model.bin")) {
            assertThat(Engine.of(Taxonomy.standard(), model).classifier()).isEqualTo(ENGINE.classifier());
        }
    }

    @Test
    void whatIsNoModelIsRefused() {
        var text = new ByteArrayInputStream("no model".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Engine.of(Taxonomy.standard(), text)).isInstanceOf(IOException.class);
    }
}
