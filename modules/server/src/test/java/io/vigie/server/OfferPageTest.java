package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferPageTest {
    private static final String PAGE = "/offres/fibre-pro";
    private static final String NARROW = "\u202f";
    /** A link whose text is nothing but a number. */
    private static final Pattern COUNT =
            Pattern.compile("href=\"/\\?([^\"]*)\"[^>]*>(?:<strong>)?([0-9" + NARROW + "]+)<");

    private static final Pattern BAR = Pattern.compile(
            "<th scope=\"row\">\\s*<a href=\"/\\?([^\"]*)\">[^<]*</a>\\s*</th>(?:\\s*<td class=\"number\">[^<]*</td>)*?"
                    + "\\s*<td class=\"number\">([0-9" + NARROW + "]+)</td>\\s*</tr>");

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @Test
    void allThatIsKnownOfAnOfferIsOnOnePage() throws IOException {
        OfferStory.tell(running);

        var page = running.get(PAGE);

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("<h1>Fibre Pro</h1>", "Professionnels · lancée le 1er sept. 2024")
                .contains("Du 14 févr. 2026 au 15 mars 2026 13:00")
                .contains("Panne du réseau", "hausse nette", "Erreur de facture", "baisse nette")
                .contains("téléphone", "boutique")
                .contains("9 clients", "d’ordinaire")
                .contains("Le port 25 est-il bloqué", "sans responsable", "Équipe réseau", "posée il y a 34 jours")
                .contains("/offres/fibre-pro/promesses?state=broken&amp;from=2026-02-14&amp;to=2026-03-15")
                .contains("/offres/fibre-pro/manquements?kind=window")
                .contains("Mots en hausse", "clignote")
                .doesNotContainPattern(">\\s*(est|dit|depuis|plus)\\s*<")
                .contains("href=\"#decision-facture-simple\"", "id=\"decision-facture-simple\"", "a aidé")
                .contains("La tonalité moyenne n’a pas bougé nettement");
    }

    @Test
    void whoAnswersForAnOfferIsNamedOnItsPageAndItsSheet() {
        running.put("/api/v1/offers/fibre-pro", "{\"name\": \"Fibre Pro\", \"owner\": \"Karim Petit\"}");

        assertThat(running.get(PAGE).body()).containsPattern("responsable\\p{Z}: Karim Petit");
        assertThat(running.get(PAGE + "/fiche").body()).contains("Responsable", "Karim Petit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?from=2026-03-09&to=2026-03-15", "?from=2025-03-16&to=2026-03-15"})
    void everyNumberIsTheTotalOfTheListThatItOpens(String period) throws IOException {
        OfferStory.tell(running);
        String page = running.get(PAGE + period).body();

        int checked = check(page, COUNT) + check(page, BAR);

        assertThat(checked).isGreaterThan(30);
        assertThat(check(running.get("/offres" + period).body(), COUNT)).isGreaterThanOrEqualTo(12);
    }

    private int check(String page, Pattern numbers) {
        Matcher found = numbers.matcher(page);
        int checked = 0;
        while (found.find()) {
            String query = found.group(1).replace("&amp;", "&");
            if (query.contains("note%3A0..10")) {
                continue;
            }
            long total = RunningServer.json(running.get(
                            "/api/v1/search?size=0&zone=Europe/Paris&" + query.replace("language=", "lang=")))
                    .path("total")
                    .asLong(-1);
            assertThat(total).as(query).isEqualTo(Long.parseLong(found.group(2).replace(NARROW, "")));
            checked++;
        }
        return checked;
    }

    @Test
    void theOpenQuestionsAreTheListOfThisOfferAlone() throws IOException {
        OfferStory.tell(running);
        Matcher link = Pattern.compile("href=\"(/questions\\?state=open&amp;offer=fibre-pro)\">(\\d+) ")
                .matcher(running.get(PAGE).body());

        assertThat(link.find()).isTrue();
        String list = running.get(link.group(1).replace("&amp;", "&")).body();
        assertThat(Pattern.compile("<article class=\"card question")
                        .matcher(list)
                        .results())
                .hasSize(Integer.parseInt(link.group(2)));
    }

    @Test
    void listsOfVerbatimsThatAreNamedFindThem() throws IOException {
        OfferStory.tell(running);
        Matcher link = Pattern.compile("href=\"/\\?(q=id[^\"]*)\">2 verbatims à l’origine")
                .matcher(running.get(PAGE).body());

        assertThat(link.find()).isTrue();
        assertThat(RunningServer.json(running.get("/api/v1/search?size=0&" + link.group(1)))
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void promisesAndBreachesAreListed() throws IOException {
        OfferStory.tell(running);

        assertThat(running.get(PAGE + "/promesses?state=broken").body())
                .contains("Promesses" + NARROW + ": Fibre Pro", "non tenues" + NARROW + ":\u00a02")
                .contains("Je vous rappelle demain", "30 h trop tard");
        assertThat(running.get(PAGE + "/promesses").body()).contains("en cours" + NARROW + ":\u00a01", "pas encore");
        assertThat(running.get(PAGE + "/manquements?kind=window").body()).contains("entre 18:00 et 20:00");
        assertThat(running.get(PAGE + "/manquements?kind=pressure").body()).contains("3 appels sans réponse");
        assertThat(running.get("/offres/mobile-zen/manquements?kind=channel").body())
                .contains("Il n’y a rien ici");
    }

    @Test
    void theListHasEveryOfferTheMostComplainedAboutFirst() throws IOException {
        OfferStory.tell(running);

        String page = running.get("/offres").body();

        assertThat(page).containsSubsequence("Fibre Pro", "Mobile Zen", "sans offre", "Box Famille 4K");
        assertThat(page).contains("href=\"/offres/fibre-pro?from=2026-02-14&amp;to=2026-03-15#signals\">3</a>");
        assertThat(running.get("/offres/unassigned").body()).contains("aucune offre n’a été reconnue");
    }

    @Test
    void whereNothingWasSaidTheWayOnIsShown() {
        assertThat(running.get("/offres").body()).contains("Aucune offre n’est au catalogue", "./vigie demo");
        running.put("/api/v1/offers/vide", "{\"name\": \"Vide\", \"aliases\": []}");

        assertThat(running.get("/offres/vide").body())
                .contains("On n’a rien dit de cette offre", "Regarder les 365 derniers jours")
                .doesNotContain("class=\"measure\"");
    }

    @Test
    void anOfferThatIsNotThereIsNotFound() {
        var page = running.get("/offres/nulle-part");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Cette offre n’est pas au catalogue", "Voir toutes les offres");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=hier",
                "?to=2026-02-30",
                "?from=2026-03-10&to=2026-03-01",
                "?from=2026-04-01",
                "?from=1500-01-01",
                "?from=%2B999999999-12-31",
                "?from=2001-01-01",
                "?periode=7"
            })
    void aPeriodThatIsNoneIsRefused(String query) {
        running.put("/api/v1/offers/fibre-pro", "{\"name\": \"Fibre Pro\", \"aliases\": []}");

        assertThat(running.get(PAGE + query).statusCode()).isEqualTo(400);
        assertThat(running.get("/offres" + query).statusCode()).isEqualTo(400);
        assertThat(running.get(PAGE + "/manquements" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(
            value = Screen.class,
            names = {"NARROW", "PHONE"})
    void everyNumberOfAnOfferIsSeenOnAPhoneWithoutScrolling(Screen screen) throws IOException {
        OfferStory.tell(running);
        try (var window = Browser.window(running, screen, ColorScheme.LIGHT)) {
            var table = window.open("/offres").locator(".scroll");

            assertThat(table.evaluate("each => each.scrollWidth <= each.clientWidth"))
                    .isEqualTo(true);
            assertThat(table.locator("td").nth(1).evaluate("each => getComputedStyle(each, '::before').content"))
                    .isEqualTo("\"Réclamations\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE, LIGHT", "PHONE, DARK", "DESK, LIGHT"})
    void nobodyIsKeptOut(Screen screen, ColorScheme scheme) throws IOException {
        OfferStory.tell(running);
        running.put("/api/v1/offers/vide", "{\"name\": \"Vide\", \"aliases\": []}");
        String suffix = "-" + (screen + "-" + scheme).toLowerCase(Locale.ROOT);
        try (var window = Browser.window(running, screen, scheme)) {
            for (String[] page : new String[][] {
                {"offers", "/offres"},
                {"offer", PAGE},
                {"offer-empty", "/offres/vide"},
                {"offer-unknown", "/offres/rien"},
                {"promises", PAGE + "/promesses?state=kept"},
                {"breaches", PAGE + "/manquements?kind=window&lang=en"}
            }) {
                window.look(page[1], page[0] + suffix);
            }
            var charts = window.open(PAGE).locator("details.data");
            assertThat(charts.count()).isPositive();
            charts.all().forEach(each -> each.evaluate("each => each.open = true"));
            window.check("offer-data" + suffix);
        }
    }
}
