package io.vigie.server;

import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Verbatims as customers of a telecom company say them: enough of them that every part of a page has something to show. */
final class SampleVerbatims {
    private static final Duration APART = Duration.ofHours(5);
    private static final int COPIES = 5;
    private static final int LATE = 45;

    private static final List<Channel> CHANNELS =
            List.of(Channel.EMAIL, Channel.PHONE, Channel.CHAT, Channel.WEB, Channel.SOCIAL, Channel.STORE);

    private static final List<String> TALK = List.of(
            "Bonjour, je vous appelle parce que le port 25 reste bloqué.",
            "Oui, la Fibre Pro, depuis janvier.",
            "Et quand est-ce que je peux compter sur une réponse ?");

    private SampleVerbatims() {}

    private record Said(
            String text, String offer, Intent intent, String theme, String evidence, double sentiment, int severity) {}

    private static final List<Said> SAID = List.of(
            new Said(
                    "Bonjour, depuis mardi plus d'internet : la box redémarre sans arrêt et le voyant fibre reste"
                            + " rouge. C'est la troisième panne en un mois, c'est inadmissible !",
                    "fibre-pro",
                    Intent.COMPLAINT,
                    "network.outage",
                    "plus d'internet",
                    -0.8,
                    3),
            new Said(
                    "Ma facture de mars est fausse, vous m'avez prélevé deux fois 39,99 €. Je veux être remboursé.",
                    "box-famille",
                    Intent.COMPLAINT,
                    "billing.error",
                    "prélevé deux fois",
                    -0.6,
                    2),
            new Said(
                    "Le port 25 est-il ouvert sur la Fibre Pro ? J'ai besoin d'envoyer des mails depuis mon serveur.",
                    "fibre-pro",
                    Intent.QUESTION,
                    "network.outage",
                    "port 25",
                    0.0,
                    0),
            new Said(
                    "J'ai attendu quarante minutes au téléphone avant qu'on me raccroche au nez. Joignez-moi plutôt au"
                            + " [PHONE] ou par mail à [EMAIL].",
                    "unassigned",
                    Intent.COMPLAINT,
                    "support.wait",
                    "quarante minutes au téléphone",
                    -0.7,
                    2),
            new Said(
                    "Merci à la conseillère de la boutique de Nantes, tout est réglé en dix minutes !",
                    "box-famille",
                    Intent.PRAISE,
                    "support.wait",
                    "Merci",
                    0.9,
                    0),
            new Said(
                    "Toujours pas de colis. La livraison était prévue le 3, on est le 12. Si rien n'arrive cette"
                            + " semaine je résilie et je pars chez un concurrent.",
                    "mobile-5g",
                    Intent.COMPLAINT,
                    "delivery.late",
                    "Toujours pas de colis",
                    -0.9,
                    4),
            new Said(
                    "Please cancel the second line, I was told in the shop that the outage would be compensated.",
                    "mobile-5g",
                    Intent.REQUEST,
                    "network.outage",
                    "outage",
                    -0.2,
                    1));

    /** The newest is an hour old. */
    static List<Verbatim> before(Instant now) {
        var all = new ArrayList<Verbatim>();
        for (int i = 0; i < COPIES * 4 * SAID.size(); i++) {
            // The further back, the sparser, and lately parcels are late.
            boolean isLate = i < LATE && i % 3 != 0;
            Said said = isLate ? SAID.get(5) : SAID.get((i + i / SAID.size() * 3) % SAID.size());
            Instant at = now.minus(Duration.ofHours(1)).minus(APART.multipliedBy(i + (long) i * i / 60));
            all.add(verbatim(i, said, at));
        }
        all.add(longOne(now.minus(Duration.ofHours(30))));
        for (int turn = 0; turn < TALK.size(); turn++) {
            all.add(RunningServer.draft(
                            "talk-" + turn,
                            TALK.get(turn),
                            "fibre-pro",
                            Intent.QUESTION,
                            now.minus(Duration.ofDays(2)).plus(Duration.ofMinutes(turn)))
                    .setConversationId("talk")
                    .setThemes(List.of())
                    .setKind(Kind.CALL)
                    .build());
        }
        return all;
    }

    private static Verbatim verbatim(int i, Said said, Instant at) {
        int start = said.text().indexOf(said.evidence());
        boolean isEnglish = said.text().startsWith("Please");
        var draft = RunningServer.draft("s" + i, said.text(), said.offer(), said.intent(), at)
                .setConversationId("c-" + i / 3)
                .setSource(i % 2 == 0 ? "crm" : "enquetes")
                .setKind(i % 3 == 0 ? Kind.SURVEY : i % 3 == 1 ? Kind.TICKET : Kind.CALL)
                .setChannel(CHANNELS.get(i * 7 % CHANNELS.size()))
                .setLanguage(isEnglish ? "en" : "fr")
                .setThemes(List.of(new Theme(
                        said.theme(),
                        0.87,
                        List.of(new Evidence(start, start + said.evidence().length())))))
                .setSentiment(said.sentiment())
                .setSeverity(said.severity())
                .setChurnRisk(said.text().contains("résilie") ? 0.9 : 0.05)
                .setRedactions(said.text().contains("[PHONE]") ? Map.of("PHONE", 1, "EMAIL", 1) : Map.of());
        if (i % 3 == 0) {
            draft.setNps(said.sentiment() > 0 ? 9 : said.sentiment() < -0.5 ? 2 : 7);
        }
        if (i % 10 == 0) {
            draft.setChannelMismatch(true).setPreferredChannel(Channel.EMAIL);
        }
        return draft.build();
    }

    private static Verbatim longOne(Instant at) {
        String text = "Voici toute l'histoire. " + "J'ai appelé, rappelé, écrit, et personne ne répond. ".repeat(12)
                + "Et pendant ce temps la panne dure. " + "On me dit d'attendre un technicien. ".repeat(12)
                + "Je demande un geste commercial.";
        int start = text.indexOf("la panne dure");
        return RunningServer.draft("long", text, "fibre-pro", Intent.COMPLAINT, at)
                .setThemes(List.of(new Theme("network.outage", 0.7, List.of(new Evidence(start, start + 13)))))
                .build();
    }
}
