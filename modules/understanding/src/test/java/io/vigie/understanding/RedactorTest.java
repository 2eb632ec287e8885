package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All numbers and addresses are made up; cards and IBANs are the issuers' published examples or computed. */
final class RedactorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Écrivez à jean.dupont@exemple.fr, merci            | Écrivez à [EMAIL], merci
            jean_dupont+vigie@mail.exemple.co.uk               | [EMAIL]
            Mon adresse : JEAN-PAUL@EXEMPLE.FR.                | Mon adresse : [EMAIL].
            jean.dupont @ exemple.fr                           | [EMAIL]
            jean.dupont @exemple.fr                            | [EMAIL]
            (a1@b.fr;c2@d.com)                                 | ([EMAIL];[EMAIL])
            prénom.éloïse@société.fr                           | [EMAIL]
            <marie@exemple.fr>                                 | <[EMAIL]>
            Rappelez-moi au 06 12 34 56 78.                    | Rappelez-moi au [PHONE].
            0612345678                                         | [PHONE]
            06.12.34.56.78 ou 01-23-45-67-89                   | [PHONE] ou [PHONE]
            06/12/34/56/78                                     | [PHONE]
            Tél:0612345678                                     | Tél:[PHONE]
            tel0612345678                                      | tel[PHONE]
            +33 6 12 34 56 78                                  | [PHONE]
            +33612345678                                       | [PHONE]
            +33 (0)6 12 34 56 78                               | [PHONE]
            (+33)1 23 45 67 89                                 | [PHONE]
            0033 6 12 34 56 78 svp                             | [PHONE] svp
            0033612345678                                      | [PHONE]
            33 6 12 34 56 78                                   | [PHONE]
            33612345678                                        | [PHONE]
            (06) 12 34 56 78                                   | [PHONE]
            0 800 123 456                                      | [PHONE]
            06 123 456 78                                      | [PHONE]
            0 6 1 2 3 4 5 6 7 8                                | [PHONE]
            O6 12 34 56 78                                     | [PHONE]
            06 12 34 56 78 06 98 76 54 32                      | [PHONE] [PHONE]
            06 12 34 56 78 / 01 23 45 67 89                    | [PHONE] / [PHONE]
            06 12 34 56 78Merci                                | [PHONE]Merci
            06 12 34 56 78 après 18h                           | [PHONE] après 18h
            +32 470 12 34 56                                   | [PHONE]
            +32 2 123 45 67                                    | [PHONE]
            +44 20 7946 0958                                   | [PHONE]
            call me on 07700 900123 please                     | call me on [PHONE] please
            020 7946 0958                                      | [PHONE]
            +1 (555) 123-4567                                  | [PHONE]
            555-123-4567                                       | [PHONE]
            +41 79 123 45 67                                   | [PHONE]
            +49 30 12345678                                    | [PHONE]
            mon numéro est le 0612345678                       | mon numéro est le [PHONE]
            dossier 4521, tel 0612345678                       | dossier 4521, tel [PHONE]
            FR7630006000011234567890189                        | [IBAN]
            IBAN FR76 3000 6000 0112 3456 7890 189 merci       | IBAN [IBAN] merci
            fr76 3000 6000 0112 3456 7890 189                  | [IBAN]
            DE89 3704 0044 0532 0130 00                        | [IBAN]
            GB82-WEST-1234-5698-7654-32                        | [IBAN]
            BE68 5390 0754 7034                                | [IBAN]
            4111 1111 1111 1111                                | [CARD]
            4111111111111111 expire 12/27                      | [CARD] expire 12/27
            5555-5555-5555-4444                                | [CARD]
            3782 822463 10005                                  | [CARD]
            carte 6011 1111 1111 1117 12/27                    | carte [CARD] 12/27
            """)
    void personalDataIsReplaced(String text, String redacted) {
        assertThat(Redactor.redact(text).text()).isEqualTo(redacted);
    }

    @Test
    void noBreakSpacesAreBlanks() {
        assertThat(Redactor.redact("06\u00A012\u00A034\u00A056\u00A078 et 06\u202F12\u202F34\u202F56\u202F78")
                        .text())
                .isEqualTo("[PHONE] et [PHONE]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "39,99 € par mois depuis le 01/02/2025 10:30",
                "du 01/01/2024 au 02/03/2025",
                "le 01.02.2025. 10 personnes",
                "2025-03-01 10:15:00",
                "débit de 1000/700 Mbit/s, 8 192 octets, 2.4 GHz",
                "35 000 000 euros et 1 250 000 000 FCFA",
                "+12 500 000 abonnés, +20 %",
                "port 25, 443, 8080 et 51820/UDP",
                "192.168.1.254 et fe80::1",
                "Livebox 7, WiFi 802.11ax, RTX 4090, iPhone 15",
                "dossier n° 0612345678",
                "ma facture 0123456789 est fausse",
                "réf. 0612345678",
                "référence : 06 12 34 56 78",
                "numéro de commande 0712345678",
                "mon numéro de dossier est le 0612345678",
                "commande #0687654321",
                "contrat 0512345678 signé hier",
                "order number 0612345678",
                "invoice 4111111111111111",
                "1234 5678 9012 3456",
                "4111 1111 1111 1112",
                "FR7630006000011234567890188",
                "SN0612345678XZ",
                "appelez le 3900 ou le 1014, ou le 15",
                "code postal 75011, 12 personnes, 3 mois",
                "Bonjour @vigie.fr, rien reçu",
                "@vigie et @ordinaire",
                "a@b, x@, @y.z1",
                "rendez-vous @ 14.30",
                "client depuis plus de 10 ans pour mes 2 autos et mon habitation",
                "on se voit Sunday @ MCO.Keep it up",
                "[EMAIL] et [PHONE]",
                "XPACK Exclusive Access Cloud ++ Mega",
                "12345678901234567890123456",
            })
    void whatIsNobodysStays(String text) {
        assertThat(Redactor.redact(text)).isEqualTo(new Redactor.Redaction(text, Map.of()));
    }

    @Test
    void redactionsAreCountedByKind() {
        assertThat(Redactor.redact("a.b@exemple.fr 0612345678 c@exemple.fr FR7630006000011234567890189")
                        .counts())
                .isEqualTo(Map.of("EMAIL", 2, "PHONE", 1, "IBAN", 1));
    }

    @Test
    void redactingTwiceChangesNothing() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        String[] pieces = {
            "06 12 34 56 78",
            "0612345678",
            "+33",
            "(0)",
            "a.b@c.fr",
            "@",
            " ",
            " ",
            ".",
            "-",
            "/",
            "4111111111111111",
            "FR76 3000 6000 0112 3456 7890 189",
            "dossier ",
            "n° ",
            "7",
            "00",
            "O6",
            "(",
            ")",
            "x",
            "[PHONE]",
            "1 (555) 123-4567",
        };

        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String once = Redactor.redact(text.toString()).text();
            assertThat(Redactor.redact(once).text()).as(text.toString()).isEqualTo(once);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "a@",
                "@",
                "a",
                "12 ",
                "0 ",
                "06 12 34 56 78 ",
                "FR76",
                "FR76 ",
                "a.",
                "+33 ",
                "(",
                "1-",
                "a@b.",
                "4111 ",
                "[PHONE]",
                "n° 0612345678 ",
                "O6",
                "a@b.fr",
                "a.a.a.",
                "@@@@",
                "9",
                "1.2.",
                "a:",
                "::",
                "00-",
                "M. ",
                "M. A ",
                "Mme D",
                "Jean ",
                "Cordialement ",
                "Nom : ",
                "je m'appelle ",
                "rue ",
                "12 rue ",
                "12 rue de ",
                "12 rue a 75011 ",
                "75011 ",
                "12 High Street ",
                "Street ",
                "LS1 4AB ",
                "at ",
                "a point ",
                "a arobase b point fr ",
                "né le ",
                "12 mai ",
                "zéro ",
                "zéro six ",
                "AA-123-",
                "plaque AA ",
                "1 85 05 ",
                "mac ",
                "aa",
                "a'",
                "a-",
                "d'A",
                "K ",
                "k, e-",
                "Kerv, K E R ",
                "au nom de ",
                "numéro client ",
                "CL-1",
            })
    void hostileTextsTakeLinearTime(String piece) {
        String text = piece.repeat(400_000 / piece.length());

        // Half a second when it is linear, and many minutes when it is not, on a machine that may be busy.
        assertTimeout(Duration.ofMinutes(1), () -> Redactor.redact(text));
    }
}
