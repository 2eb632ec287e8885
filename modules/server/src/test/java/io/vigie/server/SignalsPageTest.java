package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.SavedSearch;
import io.vigie.events.SignalKind;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsPageTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String NARROW = "\u202f";

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @Test
    void whatHasRisenIsToldAgainstWhatIsUsual() throws IOException {
        OfferStory.tell(running);

        String page = running.get("/signaux").body();

        assertThat(page)
                .contains("4 signaux")
                .containsSubsequence("Panne du réseau", "en hausse", "9 clients", "2,3", "d’ordinaire", "3,9 fois plus")
                .containsSubsequence("«" + NARROW + "clignote orange" + NARROW + "»", "mot nouveau", "moins de 0,1")
                .contains("Livraison en retard", "sans offre")
                .contains("depuis le 14 mars 2026 15:00, détecté le 15 mars 2026 10:00");
    }

    @Test
    void signalsAreChosenByOfferKindAndTime() throws IOException {
        OfferStory.tell(running);

        assertThat(running.get("/signaux?offer=unassigned").body())
                .contains("1 signal")
                .contains("Livraison");
        assertThat(running.get("/signaux?kind=NEW_TERM").body())
                .contains("/signaux/b2")
                .doesNotContain("/signaux/c3");
        assertThat(running.get("/signaux?from=2026-03-15&to=2026-03-15").body())
                .contains("/signaux/a1")
                .doesNotContain("/signaux/b2");
        assertThat(running.get("/signaux?offer=mobile-zen").body()).contains("Aucun signal ne correspond");
    }

    @Test
    void manySignalsArePagesOfTwentyFive() {
        for (int i = 0; i < 60; i++) {
            running.signals.add(OfferStory.signal("x" + i, SignalKind.RISE, "network.outage", null, i)
                    .setObserved(3)
                    .setExpected(1)
                    .setVerbatimIds(List.of())
                    .build());
        }

        assertThat(running.get("/signaux?kind=rise").body())
                .contains("Signaux 1 à 25 sur 60", "/signaux?kind=RISE&amp;page=2");
        assertThat(running.get("/signaux?page=3").body())
                .contains("Signaux 51 à 60 sur 60")
                .doesNotContain("page=4");
    }

    @Test
    void aSignalTellsWhatEarnedItAndWhatExplainsIt() throws IOException {
        OfferStory.tell(running);

        String page = running.get("/signaux/a1").body();

        assertThat(page)
                .contains("Panne du réseau – Fibre Pro · Vigie")
                .contains("moins de 0,001", "par mois sur cette offre")
                .contains("Canal" + NARROW + ":\u00a0boutique", "(d’ordinaire 0,8)")
                .contains("avec le motif" + NARROW + ":\u00a0Attente au téléphone")
                .contains("action=\"/signaux/a1/decision\"")
                .contains("box clignote orange");
        assertThat(running.get("/signaux/c3").body()).contains("L’un d’eux n’est plus là");
        assertThat(running.get("/signaux/d4").body())
                .contains("une décision porte toujours sur une offre")
                .doesNotContain("<form method=\"post\"");
    }

    @Test
    void theDaysAroundASignalAreDrawnAndEachOpensItsList() throws IOException {
        OfferStory.tell(running);

        String page = running.get("/signaux/a1").body();

        assertThat(page).contains("Volume par jour", "Début du signal");
        var days = Pattern.compile("<td class=\"number\">(?:<a href=\"([^\"]+)\">)?(\\d+)(?:</a>)?</td>")
                .matcher(page)
                .results()
                .toList();
        assertThat(days).hasSizeBetween(44, 57);
        assertThat(days).anySatisfy(day -> assertThat(day.group(1)).isNotNull());
        for (MatchResult day : days) {
            if (day.group(1) != null) {
                String list = day.group(1).replace("&amp;", "&");
                assertThat(running.get(list).body())
                        .as(list)
                        .contains("class=\"total\"><strong>" + day.group(2) + " verbatim");
            }
        }
    }

    @Test
    void aSignalOfWhichNothingIsLeftHasNoChart() {
        running.signals.add(OfferStory.signal("e5", SignalKind.RISE, null, "zibeline", 3)
                .setObserved(3)
                .setExpected(0.1)
                .setVerbatimIds(List.of("crm:gone"))
                .build());

        assertThat(running.get("/signaux/e5").body()).contains("zibeline").doesNotContain("Volume par jour");
    }

    @Test
    void aDecisionGoesBackToTheVerbatimsThatWereTickedAndIsOneWhenSentTwice() throws IOException {
        OfferStory.tell(running);
        String id = running.signals.getFirst().getVerbatimIds().getFirst();
        String form =
                "id=once&kind=decision&title=Nouveau+bo%C3%AEtier&text=Tous.&author=Marion&day=2026-03-20&verbatim="
                        + URLEncoder.encode(URLEncoder.encode(id, StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        HttpResponse<String> answer = post("/signaux/a1/decision", form);
        HttpResponse<String> again = post("/signaux/a1/decision", form);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/signaux/a1?done=decision");
        assertThat(again.statusCode()).isEqualTo(303);
        Action action = running.loop.action("once").orElseThrow();
        assertThat(action.getKind()).isEqualTo(ActionKind.DECISION);
        assertThat(action.getOfferId()).isEqualTo("fibre-pro");
        assertThat(action.getTheme()).contains("network.outage");
        assertThat(action.getVerbatimIds()).containsExactly(id);
        assertThat(action.getEffectiveAt()).isEqualTo("2026-03-19T23:00:00Z");
        assertThat(running.get("/signaux/a1?done=decision").body())
                .contains(
                        "Décision enregistrée", "Ce qui a déjà été décidé", "Nouveau boîtier", "pas encore en vigueur");
        assertThat(running.get("/offres/fibre-pro").body()).contains("Nouveau boîtier");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        decision  | title=&author=M&day=2026-03-01&verbatim=v                     | Dites en une ligne
        decision  | title=T%26%3Cb%3E&author=M&day=2026-03-01                     | Cochez au moins un verbatim
        decision  | title=T&author=M&day=demain&verbatim=v                        | Donnez le jour
        decision  | title=T&day=2026-03-01&verbatim=v                             | Donnez votre nom
        decision  | title=T&author=M&day=2026-03-01&verbatim=v                    | ne sont pas dans l’index
        decision  | title=T&author=M&day=2036-03-01&verbatim=v                    | jours d’ici au plus
        recherche | name=&minimum=1                                               | Donnez un nom
        recherche | name=N&minimum=0                                              | veut un nombre entier
        sourdine  | author=M&reason=                                              | Dites pourquoi
        sourdine  | reason=R                                                      | Donnez votre nom
        sourdine  | reason=R&author=M&id=a+b                                      | rechargez la page
        reprise   | author=                                                       | Donnez votre nom
        """)
    void whatIsWrongComesBackWithTheForm(String which, String form, String said) throws IOException {
        OfferStory.tell(running);
        int before = running.loop.actions().size();

        HttpResponse<String> answer = post("/signaux/a1/" + which, form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(said).contains("role=\"alert\"").doesNotContain("<b>");
        assertThat(running.loop.actions()).hasSize(before);
        assertThat(running.searches.searches()).isEmpty();
    }

    @Test
    void aSignalBecomesASearchThatAlerts() throws IOException {
        OfferStory.tell(running);

        post("/signaux/a1/recherche", "name=Pannes&alert=1&minimum=3");
        post("/signaux/b2/recherche", "name=Clignote&minimum=1");

        SavedSearch outages = saved("Pannes");
        assertThat(outages.getActive()).isTrue();
        assertThat(outages.getMinimumCount()).isEqualTo(3);
        assertThat(outages.getFilters())
                .containsEntry("offer", List.of("fibre-pro"))
                .containsEntry("theme", List.of("network.outage"));
        SavedSearch words = saved("Clignote");
        assertThat(words.getActive()).isFalse();
        assertThat(words.getQuery()).isEqualTo("\"clignote orange\"");
    }

    private SavedSearch saved(String name) {
        return running.searches.searches().stream()
                .filter(search -> search.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsMutedIsNotShownUntilItIsListenedToAgain() throws IOException {
        OfferStory.tell(running);

        assertThat(post("/signaux/a1/sourdine", "id=m1&author=Karim&reason=Connu&days=7")
                        .statusCode())
                .isEqualTo(303);

        assertThat(running.get("/signaux").body())
                .contains("3 signaux", "Montrer aussi celui qui est en sourdine")
                .doesNotContain("Panne du réseau");
        assertThat(running.get("/signaux?muted=1").body()).contains("en sourdine jusqu’au 22 mars 2026 (Karim)");
        assertThat(running.get("/signaux/a1").body())
                .contains("/signaux/a1/reprise")
                .doesNotContain("a1/sourdine");
        Action comment = running.loop.actions().getFirst();
        assertThat(comment.getKind()).isEqualTo(ActionKind.COMMENT);
        assertThat(comment.getText()).isEqualTo("Connu");
        assertThat(comment.getAt()).isEqualTo(NOW);
    }

    @Test
    void aSignalThatIsNotKnownIsNotFound() {
        assertThat(running.get("/signaux/rien").statusCode()).isEqualTo(404);
        assertThat(post("/signaux/rien/recherche", "name=N").statusCode()).isEqualTo(404);
        assertThat(running.get("/signaux").body()).contains("Aucun signal pour l’instant", "28 jours");
    }

    @Test
    void aForeignPageMayNotSendTheForms() throws IOException {
        OfferStory.tell(running);

        var answer = running.exchange(running.request("/signaux/a1/recherche")
                .header("Content-Type", FORM)
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("name=N&minimum=1")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(running.searches.searches()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?kind=FALL", "?from=hier", "?page=x", "?ofre=a"})
    void whatIsNotUnderstoodIsRefused(String query) {
        assertThat(running.get("/signaux" + query).statusCode()).isEqualTo(400);
    }

    /** From the offer that hurts to a decision that will be tested, without a script. */
    @Test
    void aProductManagerWalksFromTheNumbersToADecision() throws IOException {
        OfferStory.tell(running);
        try (var window = Browser.withoutScripts(running)) {
            var page = window.open("/themes");
            page.locator("nav >> text=Offres").click();
            page.locator("td >> text=Fibre Pro").click();
            assertThat(page.locator("h1").textContent()).isEqualTo("Fibre Pro");
            page.locator(".range >> text=90 jours").click();
            assertThat(page.url()).contains("from=2025-12-16&to=2026-03-15");
            assertThat(page.locator("#themes tbody").textContent()).contains("Panne du réseau");
            assertThat(page.locator(".markers").textContent()).contains("Facture refaite");
            page.locator("#signals h3 a").first().click();
            assertThat(page.locator("h1").textContent()).contains("Panne du réseau");

            page.locator("summary >> text=Enregistrer une décision").click();
            var form = page.locator("form[action$='/decision']");
            form.locator("[name=title]").fill("Remplacer les boîtiers gris");
            form.locator("[name=author]").fill("Marion");
            form.locator("[name=day]").fill("2026-03-15");
            form.locator("button").click();
            page.locator(".done a").click();

            assertThat(page.url()).endsWith("/offres/fibre-pro#decisions");
            assertThat(page.locator("#decisions").textContent())
                    .contains("Remplacer les boîtiers gris", "9 verbatims à l’origine", "trop tôt pour le dire");
            page.locator(".markers >> text=Remplacer").click();
            assertThat(page.url()).contains("#decision-");
            page.locator("nav >> text=Signaux").click();
            page.locator("h3 >> text=clignote orange").click();
            page.locator("summary >> text=sourdine").click();
            form = page.locator("form[action$='/sourdine']");
            form.locator("[name=reason]").fill("C'est la même panne.");
            form.locator("[name=author]").fill("Marion");
            form.locator("button").click();
            page.locator(".done a").click();

            assertThat(page.locator(".count").textContent()).contains("3 signaux");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE, LIGHT", "PHONE, DARK", "DESK, LIGHT"})
    void nobodyIsKeptOut(Screen screen, ColorScheme scheme) throws IOException {
        String suffix = "-" + (screen + "-" + scheme).toLowerCase(Locale.ROOT);
        try (var window = Browser.window(running, screen, scheme)) {
            window.look("/signaux", "signals-empty" + suffix);
            OfferStory.tell(running);
            for (String[] shown : new String[][] {
                {"signals", "/signaux"},
                {"signal-unassigned", "/signaux/d4"},
                {"signal-unknown", "/signaux/rien"},
                {"signal-en", "/signaux/b2?lang=en"},
                {"signal", "/signaux/a1?lang=fr&done=decision"}
            }) {
                var page = window.open(shown[1]);
                page.locator("details:not(.data)").all().forEach(each -> each.evaluate("each => each.open = true"));

                window.check(shown[0] + suffix);
            }
            var form = window.page().locator("form[action$='/decision']");
            form.locator("[name=title]").fill("Sans verbatim");
            form.locator("[name=author]").fill("Marion");
            form.locator("[name=verbatim]").all().forEach(each -> each.uncheck());
            form.locator("button").click();
            window.check("signal-refused" + suffix);
            assertThat(window.page().locator(".error").textContent()).contains("Cochez au moins un verbatim");
            assertThat(window.page().locator("[name=title]").inputValue()).isEqualTo("Sans verbatim");
            assertThat(window.page().evaluate("() => document.activeElement.className"))
                    .isEqualTo("error");
            assertThat(window.complaints()).isEmpty();
        }
    }

    private HttpResponse<String> post(String path, String form) {
        return running.post(path, FORM, form);
    }
}
