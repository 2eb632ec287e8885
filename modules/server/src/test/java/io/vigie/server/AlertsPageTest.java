package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.events.Alert;
import io.vigie.events.AlertDelivery;
import io.vigie.events.SavedSearch;
import io.vigie.server.Browser.Screen;
import io.vigie.server.access.Access;
import io.vigie.server.access.ApiToken;
import io.vigie.server.access.Exposure;
import io.vigie.server.access.Role;
import io.vigie.server.access.TokenFile;
import io.vigie.server.access.TokenWatch;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What saved searches found, and what becomes of them. */
class AlertsPageTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    Path directory;

    private final Map<String, String> secrets = new HashMap<>();

    @Test
    void theNewestAlertsComeFirstWithExactlyTheirVerbatims() throws IOException, ServerException {
        try (var running = new RunningServer(directory)) {
            String fibre = saved(running, "Pannes de la fibre", "");
            String factures = saved(running, "Factures", "");
            for (int i = 0; i < 3; i++) {
                running.put(verbatim("f" + i, "Ma facture " + i));
                alert(running, factures, "f" + i, NOW.minusSeconds(600 - i));
            }
            running.put(verbatim("other", "Ma facture aussi"));
            alert(running, fibre, "gone", NOW.minusSeconds(60));

            String page = running.get("/alertes").body();
            String found = running.get("/alertes/" + factures).body();

            assertThat(page)
                    .containsSubsequence("Pannes de la fibre", "1 alerte, le", "Factures", "3 alertes depuis le")
                    .contains("/alertes/" + factures + "#alertes", "href=\"/?q=facture\">facture</a>")
                    .contains("<li><a href=\"/alertes\" aria-current=\"page\">Alertes</a></li>");
            assertThat(found).contains("v-f0", "v-f1", "v-f2").doesNotContain("v-other");
            String list = found.replaceAll("(?s).*<a class=\"button\" href=\"(/\\?q=[^\"]*)\">Ouvrir ces 3.*", "$1");
            assertThat(running.get(list).body())
                    .contains("v-f0", "v-f1", "v-f2")
                    .doesNotContain("v-other");
            assertThat(running.get("/alertes/" + fibre).body())
                    .contains("1 verbatim de cette page a été effacé depuis");
        }
    }

    @Test
    void aListThatIsCutSaysSo() throws IOException, ServerException {
        try (var running = new RunningServer(directory)) {
            String id = saved(running, "Factures", "");
            for (int i = 0; i < 100; i++) {
                running.index.put(verbatim("f" + i, "Ma facture " + i));
                alert(running, id, "f" + i, NOW.minusSeconds(i));
            }
            running.index.refresh();

            assertThat(running.get("/alertes").body()).contains("Les 100 dernières alertes, depuis le");
            assertThat(running.get("/alertes/" + id).body())
                    .contains("Ouvrir les 50 plus récents sur 100 dans la recherche", "?page=2")
                    .contains("v-f19\"")
                    .doesNotContain("v-f20\"");
            assertThat(running.get("/alertes/" + id + "?page=5").body())
                    .contains("v-f99\"")
                    .doesNotContain("?page=6");
        }
    }

    @Test
    void itIsSaidWhetherAnAlertWasDelivered() throws IOException, ServerException {
        try (var running = new RunningServer(directory)) {
            String id = saved(running, "Factures", "http://127.0.0.1:9/x");
            alert(running, id, "a", NOW.minusSeconds(600));
            assertThat(running.get("/alertes").body()).contains("Pas livré.");

            running.searches.deliveries.put(
                    id, state(id).setDeliveredAt(NOW.minusSeconds(590)).build());
            assertThat(running.get("/alertes").body()).contains("Livré le 15 mars 2026");

            running.searches.deliveries.put(
                    id,
                    state(id)
                            .setAttemptFrom(1L)
                            .setAttemptThrough(1L)
                            .setAttemptAt(NOW.minusSeconds(300))
                            .build());
            assertThat(running.get("/alertes/" + id).body()).contains("La livraison n’aboutit pas depuis le 15 mars");
        }
    }

    @Test
    void whereThereIsNothingItIsSaidWhatToDo() throws IOException, ServerException {
        try (var running = new RunningServer(directory)) {
            assertThat(running.get("/alertes").body()).contains("Aucune recherche n’est enregistrée");

            saved(running, "Factures", "");
            assertThat(running.get("/alertes").body()).contains("Aucune alerte pour l’instant", "Factures");

            running.searches.caughtUp = false;
            assertThat(running.get("/alertes").body()).contains("en cours de lecture");
            assertThat(running.get("/alertes/zzz").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void onlyItsOwnerAndAStewardChangeASearch() throws IOException, ServerException {
        try (var running = asking()) {
            assertThat(send(running, "ana", "/recherches", "name=Factures&search=%2F%3Fq%3Dfacture")
                            .statusCode())
                    .isEqualTo(303);
            SavedSearch saved = running.searches.searches().getFirst();
            String id = saved.getSearchId();
            assertThat(saved.getOwner()).contains("ana");

            assertThat(get(running, "ana", "/alertes/" + id)).contains("/recherches/" + id + "/retrait", ">ana<");
            assertThat(get(running, "bob", "/alertes/" + id))
                    .contains("Seuls ana et un intendant peuvent la renommer")
                    .doesNotContain("/retrait");
            assertThat(send(running, "bob", "/recherches/" + id + "/nom", "name=Autre")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(send(running, "bob", "/recherches/" + id + "/retrait", "")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(running.exchange(running.request("/api/v1/searches/" + id)
                                    .header("Authorization", "Bearer " + secrets.get("bob"))
                                    .DELETE())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(running.searches.searches()).containsExactly(saved);

            assertThat(send(running, "ana", "/recherches/" + id + "/nom", "name=+")
                            .body())
                    .contains("Il faut un nom, de 200 caractères au plus.");
            assertThat(send(running, "steward", "/recherches/" + id + "/nom", "name=Autre")
                            .statusCode())
                    .isEqualTo(303);
            SavedSearch renamed = running.searches.searches().getFirst();
            assertThat(renamed.getName()).isEqualTo("Autre");
            assertThat(renamed.getOwner()).contains("ana");
            assertThat(SavedSearches.request(renamed)).isEqualTo(SavedSearches.request(saved));
            assertThat(send(running, "ana", "/recherches/" + id + "/retrait", "")
                            .headers()
                            .firstValue("Location"))
                    .contains("/alertes?done=removed");
            assertThat(running.searches.searches()).isEmpty();
        }
    }

    @Test
    void aSearchIsRemovedOnlyWhenThatIsConfirmed() throws IOException, ServerException {
        try (var running = new RunningServer(directory)) {
            String id = saved(running, "Factures", "");
            try (var window = Browser.withoutScripts(running)) {
                var page = window.open("/?q=facture");
                page.locator(".saved summary").click();
                page.locator(".saved a >> text=gérer").click();
                assertThat(page.url()).endsWith("/alertes/" + id);
                assertThat(page.locator("form[action$=retrait] button").isVisible())
                        .isFalse();
                page.locator("summary >> text=La retirer").click();
                page.locator("form[action$=retrait] button").click();
                assertThat(page.locator(".done[role=status]").textContent()).contains("Recherche retirée");
            }
            assertThat(running.searches.searches()).isEmpty();
        }
    }

    @Test
    void newAlertsAreCountedAndThePageStaysAsItIs() throws IOException, ServerException {
        try (var running = new RunningServer(directory);
                var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            String id = saved(running, "Factures", "");
            running.put(verbatim("a", "Ma facture"), verbatim("b", "Ma facture"));
            var page = window.page();
            // What comes between the page and its feed is not missed.
            page.addInitScript("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });");
            window.open("/alertes/" + id);
            running.searches.alert(alert(id, "a", NOW));
            page.evaluate("""
                () => {
                  Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
                  document.dispatchEvent(new Event('visibilitychange'));
                }\
                """);
            page.locator("#news a").waitFor();

            assertThat(page.locator("#news").textContent()).containsPattern("1 nouvelle alerte\\h: actualiser");
            assertThat(page.locator(".card").count()).isZero();

            page.evaluate("""
                () => {
                  Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.away });
                  window.away = true;
                  document.dispatchEvent(new Event('visibilitychange'));
                }\
                """);
            running.searches.alert(alert(id, "b", NOW));
            page.evaluate("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }");
            page.waitForFunction("() => document.querySelector('#news a').textContent.startsWith('2')");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE, LIGHT", "PHONE, DARK", "DESK, LIGHT"})
    void nobodyIsKeptOut(Screen screen, ColorScheme scheme) throws IOException, ServerException {
        String name = (screen + "-" + scheme).toLowerCase(Locale.ROOT);
        try (var running = new RunningServer(directory);
                var window = Browser.window(running, screen, scheme)) {
            window.look("/alertes", "alerts-empty-" + name);
            String fibre = saved(running, "Pannes de la fibre", "http://127.0.0.1:9/x");
            saved(running, "Colis", "");
            String factures = saved(running, "Factures", "http://127.0.0.1:9/x");
            running.put(SampleVerbatims.before(NOW).toArray(io.vigie.events.Verbatim[]::new));
            for (int i = 0; i < 30; i++) {
                alert(running, factures, "s" + i, NOW.minusSeconds(60L * i));
            }
            alert(running, fibre, "s0", NOW.minusSeconds(7200));
            running.searches.deliveries.put(
                    factures,
                    state(factures)
                            .setAttemptFrom(1L)
                            .setAttemptThrough(1L)
                            .setAttemptAt(NOW.minusSeconds(300))
                            .build());
            running.searches.deliveries.put(
                    fibre, state(fibre).setDeliveredAt(NOW.minusSeconds(7100)).build());
            window.look("/alertes", "alerts-" + name);
            window.look("/alertes/" + factures, "saved-search-" + name);
            assertThat(window.complaints()).isEmpty();
        }
    }

    private static AlertDelivery.Builder state(String id) {
        return AlertDelivery.newBuilder().setSearchId(id).setThrough(0);
    }

    private static String saved(RunningServer running, String name, String webhook) {
        var answer = running.post(
                "/recherches", FORM, "alert=1&name=" + name + "&search=%2F%3Fq%3Dfacture&webhook=" + webhook);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return running.searches.searches().stream()
                .filter(search -> search.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getSearchId();
    }

    /** The newest are to be told first, as they are kept. */
    private static void alert(RunningServer running, String searchId, String verbatimId, Instant at) {
        running.searches.alerts.add(alert(searchId, verbatimId, at));
        running.searches.alerts.sort((one, other) -> other.getMatchedAt().compareTo(one.getMatchedAt()));
    }

    private static Alert alert(String searchId, String verbatimId, Instant at) {
        return Alert.newBuilder()
                .setSearchId(searchId)
                .setVerbatimId(verbatimId)
                .setOccurredAt(at)
                .setMatchedAt(at)
                .build();
    }

    private RunningServer asking() throws IOException, ServerException {
        var tokens = new TokenFile(directory.resolve("tokens"));
        for (var each : Map.of("ana", Role.ANALYST, "bob", Role.ANALYST, "steward", Role.STEWARD)
                .entrySet()) {
            var fresh = ApiToken.make(each.getKey(), Set.of(each.getValue()), Optional.empty(), NOW);
            tokens.add(fresh.kept());
            secrets.put(each.getKey(), fresh.secret());
        }
        return new RunningServer(
                directory.resolve("index"),
                Access.asking(
                        new Exposure(true, false, false),
                        Optional.empty(),
                        Optional.of(new TokenWatch(tokens, Clock.systemUTC())),
                        Optional.empty(),
                        Clock.systemUTC()));
    }

    private String get(RunningServer running, String who, String path) {
        return running.exchange(running.request(path).header("Authorization", "Bearer " + secrets.get(who)))
                .body();
    }

    private HttpResponse<String> send(RunningServer running, String who, String path, String form) {
        return running.exchange(running.request(path)
                .header("Authorization", "Bearer " + secrets.get(who))
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(form)));
    }
}
