package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.draft;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Breach;
import io.vigie.events.BreachKind;
import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import io.vigie.events.Signal;
import io.vigie.events.SignalCause;
import io.vigie.events.SignalKind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two months of an offer: outages rise in the last ten days, invoices are mended by a decision of the first of March. The same
 * every time.
 */
final class OfferStory {
    static final String OFFER = "fibre-pro";
    static final Instant DECIDED = Instant.parse("2026-02-28T23:00:00Z");

    private static final List<String> OUTAGES = List.of(
            "La connexion tombe chaque soir, la box clignote orange et plus rien ne passe avant minuit.",
            "Troisième coupure de la semaine, le boîtier clignote et mes terminaux de paiement sont arrêtés.",
            "Encore une coupure ce matin : deux heures sans réseau en pleine ouverture du magasin.",
            "Le réseau décroche sans arrêt depuis la mise à jour, c'est à n'y rien comprendre.");
    private static final List<String> INVOICES = List.of(
            "La facture compte deux fois l'option de secours que nous n'avons jamais demandée.",
            "Montant faux sur la facture, et personne ne rappelle.",
            "On m'a encore facturé des frais de mise en service alors que le contrat dit le contraire.");
    private static final List<String> WAITS = List.of(
            "Quarante minutes d'attente au téléphone pour une question toute simple.",
            "Impossible de joindre quelqu'un, la musique d'attente, je la connais par cœur.");
    private static final List<String> PRAISES =
            List.of("Le technicien a été ponctuel et très clair, merci à lui.", "Débit au rendez-vous, rien à redire.");

    private final List<Verbatim> said = new ArrayList<>();

    private OfferStory() {}

    /** Tells it to a server. */
    static void tell(RunningServer running) throws IOException {
        running.put("/api/v1/offers/fibre-pro", """
                {"name": "Fibre Pro", "aliases": ["FP1"], "segment": "Professionnels",
                 "launchedAt": "2024-09-01T00:00:00Z"}\
                """);
        running.put("/api/v1/offers/mobile-zen", "{\"name\": \"Mobile Zen\", \"aliases\": []}");
        running.put("/api/v1/offers/box-famille", "{\"name\": \"Box Famille 4K\", \"aliases\": []}");
        var story = new OfferStory();
        story.say();
        running.put(story.said.toArray(Verbatim[]::new));
        story.signals(running);
        story.questions(running);
        story.ledgers(running);
        story.decide(running);
    }

    private void say() {
        for (int day = 58; day >= 0; day--) {
            boolean isLate = day < 10;
            boolean isMended = day < 15;
            several(isLate ? 4 : day % 3 == 0 ? 1 : 0, day, OUTAGES, "network.outage", Intent.COMPLAINT);
            several(isMended ? (day % 7 == 0 ? 1 : 0) : 2, day, INVOICES, "billing.error", Intent.COMPLAINT);
            several(day % 2, day, WAITS, "support.wait", Intent.COMPLAINT);
            several(day % 4 == 0 ? 1 : 0, day, PRAISES, "delivery.late", Intent.PRAISE);
        }
        for (int i = 0; i < 12; i++) {
            said.add(draft(
                            "crm:q-" + i,
                            i % 2 == 0 ? "Le port 25 est-il bloqué sur l'offre ?" : "Peut-on avoir une IPv6 fixe ?",
                            OFFER,
                            Intent.QUESTION,
                            NOW.minus(Duration.ofDays(i * 3L + 1)))
                    .setThemes(List.of())
                    .setSentiment(0)
                    .setSeverity(0)
                    .build());
            said.add(draft(
                            "crm:m-" + i,
                            "La carte SIM est arrivée avec une semaine de retard.",
                            i % 3 == 0 ? "unassigned" : "mobile-zen",
                            Intent.COMPLAINT,
                            NOW.minus(Duration.ofDays(i * 2L + 1)))
                    .setThemes(List.of(new Theme("delivery.late", 0.7, List.of(new Evidence(20, 27)))))
                    .build());
        }
    }

    private void several(int count, int day, List<String> texts, String theme, Intent intent) {
        for (int i = 0; i < count; i++) {
            int number = said.size();
            String text = texts.get(number % texts.size());
            boolean isComplaint = intent == Intent.COMPLAINT;
            boolean isOutage = theme.equals("network.outage");
            int word = text.indexOf(' ') + 1;
            int end = text.indexOf(' ', word);
            said.add(draft(
                            "crm:t-" + number,
                            text,
                            OFFER,
                            intent,
                            NOW.minus(Duration.ofDays(day)).minus(Duration.ofMinutes(17L * i + 5)))
                    .setThemes(List.of(new Theme(theme, 0.8, List.of(new Evidence(word, end)))))
                    .setChannel(List.of(Channel.EMAIL, Channel.PHONE, Channel.STORE)
                            .get(isOutage ? 1 + number % 2 : number % 2))
                    .setSentiment(isComplaint ? (isOutage ? -0.7 : -0.4) + (number % 5) / 50.0 : 0.6)
                    .setSeverity(isOutage && number % 3 == 0 ? 3 : isComplaint ? 1 : 0)
                    .setChurnRisk(isOutage && number % 4 == 0 ? 0.7 : 0.1)
                    .setChannelMismatch(number % 11 == 0)
                    .setNps(number % 9 == 0 ? (isComplaint ? 3 : 9) : null)
                    .build());
        }
    }

    private List<String> ids(String theme, int max) {
        return said.reversed().stream()
                .filter(verbatim -> verbatim.getThemes().stream()
                        .anyMatch(each -> each.getTheme().equals(theme)))
                .filter(verbatim -> verbatim.getOfferId().equals(OFFER))
                .limit(max)
                .map(Verbatim::getVerbatimId)
                .toList();
    }

    private void signals(RunningServer running) {
        running.signals.add(signal("a1", SignalKind.RISE, "network.outage", null, 3)
                .setObserved(9)
                .setExpected(2.3)
                .setExplanation(List.of(
                        new SignalCause("channel", "STORE", 5, 9, 0.8, 14.2),
                        new SignalCause("theme", "support.wait", 4, 9, 1.1, 7.9)))
                .setVerbatimIds(ids("network.outage", 9))
                .build());
        running.signals.add(signal("b2", SignalKind.NEW_TERM, null, "clignote orange", 20)
                .setObserved(6)
                .setExpected(0.04)
                .setVerbatimIds(ids("network.outage", 3))
                .build());
        running.signals.add(signal("c3", SignalKind.RISE, null, "frais de mise", 26)
                .setObserved(5)
                .setExpected(1.1)
                .setVerbatimIds(List.of("crm:gone", ids("billing.error", 1).getFirst()))
                .build());
        running.signals.add(signal("d4", SignalKind.RISE, "delivery.late", null, 50)
                .setOfferId("unassigned")
                .setObserved(4)
                .setExpected(0.6)
                .setVerbatimIds(List.of("crm:m-0", "crm:m-3"))
                .build());
    }

    static Signal.Builder signal(
            String id, SignalKind kind, @Nullable String theme, @Nullable String term, int hoursAgo) {
        Instant detected = NOW.minus(Duration.ofHours(hoursAgo));
        return Signal.newBuilder()
                .setSignalId(id)
                .setKind(kind)
                .setOfferId(OFFER)
                .setTheme(theme)
                .setTerm(term)
                .setWindowStart(detected.minus(Duration.ofHours(24)))
                .setWindowEnd(detected.minus(Duration.ofMinutes(2)))
                .setSince(detected.minus(Duration.ofHours(19)))
                .setDetectedAt(detected)
                .setFalseAlarmsPerMonth(hoursAgo == 3 ? 0.00004 : 0.031)
                .setExplanation(List.of());
    }

    private void questions(RunningServer running) {
        running.loop.put(FakeLoop.question(
                        "port",
                        "Le port 25 est-il bloqué sur l'offre ?",
                        NOW.minus(Duration.ofDays(34)),
                        "crm:q-0",
                        "crm:q-2")
                .build());
        running.loop.put(
                FakeLoop.question("ipv6", "Peut-on avoir une IPv6 fixe ?", NOW.minus(Duration.ofDays(5)), "crm:q-1")
                        .setOwner("Équipe réseau")
                        .build());
    }

    private void ledgers(RunningServer running) {
        int number = 0;
        for (PromiseState state : List.of(
                PromiseState.OPEN, PromiseState.KEPT, PromiseState.KEPT, PromiseState.BROKEN, PromiseState.BROKEN)) {
            number++;
            Instant due =
                    state == PromiseState.OPEN ? NOW.plus(Duration.ofDays(2)) : NOW.minus(Duration.ofDays(number));
            running.promises.add(Promise.newBuilder()
                    .setPromiseId("p" + number)
                    .setOfferId(OFFER)
                    .setSource("crm")
                    .setEventId("e" + number)
                    .setConversationId("t-crm:t-" + number)
                    .setText("Je vous rappelle demain avant midi avec une réponse.")
                    .setMadeAt(due.minus(Duration.ofDays(1)))
                    .setDueAt(due)
                    .setState(state)
                    .setAnsweredAt(
                            number == 5
                                    ? due.plus(Duration.ofHours(30))
                                    : state == PromiseState.KEPT ? due.minus(Duration.ofHours(3)) : null)
                    .build());
        }
        for (BreachKind kind : BreachKind.values()) {
            number++;
            running.breaches.add(Breach.newBuilder()
                    .setBreachId("b" + number)
                    .setKind(kind)
                    .setOfferId(OFFER)
                    .setSource("crm")
                    .setEventId("e" + number)
                    .setConversationId("t-crm:t-" + number)
                    .setOccurredAt(NOW.minus(Duration.ofDays(number)))
                    .setChannel(Channel.PHONE)
                    .setWishedChannel(kind == BreachKind.CHANNEL ? Channel.EMAIL : null)
                    .setWindowFrom(kind == BreachKind.WINDOW ? 18 * 60 : null)
                    .setWindowTo(kind == BreachKind.WINDOW ? 20 * 60 : null)
                    .setStatedAt(kind == BreachKind.PRESSURE ? null : NOW.minus(Duration.ofDays(20)))
                    .setCalls(kind == BreachKind.PRESSURE ? List.of("c1", "c2", "c3") : List.of())
                    .build());
        }
    }

    private void decide(RunningServer running) {
        var _ = running.loop.send(Action.newBuilder()
                .setActionId("facture-simple")
                .setKind(ActionKind.DECISION)
                .setOfferId(OFFER)
                .setTheme("billing.error")
                .setVerbatimIds(ids("billing.error", 2))
                .setTitle("Facture refaite : une ligne par service")
                .setText("L'option de secours n'est plus comptée tant qu'elle n'est pas signée.")
                .setAuthor("Marion L.")
                .setAt(DECIDED)
                .setEffectiveAt(DECIDED)
                .setWindowDays(28)
                .build());
        var _ = running.loop.send(Action.newBuilder()
                .setActionId("rappel")
                .setKind(ActionKind.MEASURE)
                .setOfferId(OFFER)
                .setTheme("support.wait")
                .setVerbatimIds(ids("support.wait", 1))
                .setTitle("Rappel automatique au-delà de dix minutes d'attente")
                .setText("")
                .setAuthor("Karim B.")
                .setAt(NOW.minus(Duration.ofDays(6)))
                .setEffectiveAt(NOW.minus(Duration.ofDays(6)))
                .setWindowDays(28)
                .build());
    }
}
