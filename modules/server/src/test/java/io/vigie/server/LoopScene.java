package io.vigie.server;

import static io.vigie.server.FakeLoop.question;
import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.draft;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** What a few weeks leave behind: two offers, their questions, what was decided, and what customers said. */
final class LoopScene {
    static final String PORT = "Est-ce que le port 25 est bloqué en sortie, et peut-on l’ouvrir ?";
    static final String IPV6 = "Y aura-t-il de l’IPv6 sur la ligne, et avec quel préfixe ?";
    static final String VLAN = "Le numéro de VLAN est-il réglable dans la box ?";

    private LoopScene() {}

    static void fill(RunningServer running) throws IOException {
        running.put(
                "/api/v1/offers/fibre-pro",
                "{\"name\": \"Fibre Pro\", \"aliases\": [\"XPACK Pro\", \"la Pro\"], \"segment\": \"B2B\","
                        + " \"launchedAt\": \"2025-09-01T00:00:00Z\"}");
        running.put("/api/v1/offers/mobile-5g", "{\"name\": \"Mobile 5G\"}");
        running.put(
                asked("p1", PORT + " Je vous ai déjà écrit deux fois, et personne ne me répond.", 9, "a-17"),
                asked("p2", "Le port 25 est-il fermé ? Nos mails ne partent plus depuis [TÉL].", 6, "a-18"),
                asked("p3", "Bonjour, le port 25/TCP est-il ouvert ? C’est pour notre serveur.", 2, "a-17"),
                asked("i1", IPV6, 4, "a-17"),
                asked("i2", "Will there be IPv6, and which prefix?", 3, "a-18"),
                asked("w1", VLAN, 1, "a-18"));
        running.loop.put(question("port", PORT, ago(9), "p1", "p2", "p3")
                .setTerms(List.of("port 25"))
                .setVagueAnswers(2)
                .setLastVagueAnswerAt(ago(1))
                .setLastAskedAt(ago(2))
                .build());
        running.loop.put(question("ipv6", IPV6, ago(4), "i1", "i2")
                .setTerms(List.of("IPv6", "préfixe"))
                .build());
        running.loop.put(question("vlan", VLAN, ago(1), "w1")
                .setOfferId("mobile-5g")
                .setTerms(List.of("VLAN"))
                .build());
    }

    private static Verbatim asked(String id, String text, int days, String agent) {
        return draft(id, text, "fibre-pro", Intent.QUESTION, ago(days))
                .setThemes(List.of())
                .setSeverity(0)
                .setSentiment(-0.1)
                .setAgentId(agent)
                .build();
    }

    static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    /** So many of so many verbatims about a theme, spread over days before now. */
    static void talk(RunningServer running, String theme, int cases, int of, int fromDays, int toDays, long seed)
            throws IOException {
        var random = new Random(seed);
        var said = new ArrayList<Verbatim>();
        for (int i = 0; i < of; i++) {
            boolean isCase = i < cases;
            Instant at = ago(fromDays).plusSeconds(random.nextLong(86_400L * (fromDays - toDays)));
            var draft = draft(
                            theme + "-" + fromDays + "-" + i,
                            isCase ? "Ma facture est encore fausse ce mois-ci." : "Tout va bien, merci.",
                            "fibre-pro",
                            isCase ? Intent.COMPLAINT : Intent.PRAISE,
                            at)
                    .setAgentId("a-17");
            if (isCase) {
                draft.setThemes(List.of(new io.vigie.events.Theme(theme, 0.9, List.of())));
            } else {
                draft.setThemes(List.of());
            }
            said.add(draft.build());
        }
        running.put(said.toArray(new Verbatim[0]));
    }

    static Action.Builder decision(String id, String title, String theme, int daysAgo, String... verbatims) {
        return Action.newBuilder()
                .setActionId(id)
                .setKind(ActionKind.DECISION)
                .setOfferId("fibre-pro")
                .setTheme(theme)
                .setVerbatimIds(List.of(verbatims))
                .setTitle(title)
                .setAuthor("Marion")
                .setAt(ago(daysAgo))
                .setEffectiveAt(ago(daysAgo));
    }

    /** As a browser sends a form: names and values in turn. */
    static HttpResponse<String> send(RunningServer running, String path, String... fields) {
        return running.post(path, "application/x-www-form-urlencoded", encoded(fields));
    }

    private static String encoded(String... fields) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(Arrays.asList(fields[i], fields[i + 1]).stream()
                    .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                    .collect(Collectors.joining("=")));
        }
        return String.join("&", pairs);
    }
}
