package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vigie.events.AuditEntry;
import io.vigie.server.Browser.Screen;
import io.vigie.server.access.Access;
import io.vigie.server.access.ApiToken;
import io.vigie.server.access.Exposure;
import io.vigie.server.access.Oidc;
import io.vigie.server.access.Role;
import io.vigie.server.access.TestIssuer;
import io.vigie.server.access.TokenFile;
import io.vigie.server.access.TokenWatch;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How people come in and leave, with a real issuer and a real browser. */
class AccessPagesTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private static TestIssuer issuer;

    private RunningServer running;
    private String admin = "";
    private TokenFile tokens;

    @BeforeAll
    static void startIssuer() throws IOException {
        issuer = new TestIssuer();
    }

    @AfterAll
    static void stopIssuer() {
        issuer.close();
    }

    @BeforeEach
    void start() throws IOException, ServerException {
        tokens = new TokenFile(directory.resolve("tokens"));
        var fresh = ApiToken.make("chef", Set.of(Role.ADMIN), Optional.empty(), RunningServer.NOW);
        tokens.add(fresh.kept());
        admin = fresh.secret();
        running = new RunningServer(
                directory.resolve("index"),
                Access.asking(
                        new Exposure(true, false, false),
                        Optional.empty(),
                        Optional.of(new TokenWatch(tokens, Clock.systemUTC())),
                        Optional.of(new Oidc(issuer.settings(), Clock.systemUTC())),
                        Clock.systemUTC()));
        running.put(RunningServer.verbatim("a", "Ma facture est fausse."));
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void aPersonLogsInSearchesIsKeptOutOfSomePagesAndLeaves() {
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.open("/?q=facture");
            assertThat(page.url()).contains("/connexion?vers=");
            window.checkForAll("login");
            page.locator("a.primary").click();
            page.locator("#hits mark").first().waitFor();

            assertThat(page.url()).endsWith("/?q=facture");
            assertThat(page.locator(".who").textContent()).isEqualTo("claire");
            assertThat(page.locator(".top nav").textContent())
                    .contains("Signaux")
                    .doesNotContain("Journal");
            assertThat(page.context().cookies())
                    .filteredOn(cookie -> cookie.name.equals("vigie-session"))
                    .singleElement()
                    .satisfies(cookie -> assertThat(cookie.httpOnly).isTrue());

            page = window.open("/etat");
            assertThat(page.locator("main").textContent()).contains("Votre rôle ne permet pas", "steward, ops, admin");
            window.shoot("access-forbidden");

            page.locator(".leave").click();
            page.waitForURL("**/connexion");
            page = window.open("/?q=facture");
            assertThat(page.url()).contains("/connexion?vers=");
            assertThat(window.complaints()).isEmpty();
        }
        awaitEntries(5);
        assertThat(running.audit.entries())
                .extracting(entry -> entry.getAction() + " " + entry.getUser())
                .contains("LOGIN claire", "SEARCH claire", "DENIED claire", "LOGOUT claire");
        assertThat(entry("SEARCH").getCount()).contains(1L);
    }

    @Test
    void theJournalIsReadByWhoMayInBothLooks() {
        try (var window = Browser.window(running, Screen.PHONE, ColorScheme.DARK)) {
            Page page = window.open("/connexion");
            seen(window, "login-phone-dark");
            page.locator("#jeton").fill("vigie_wrong");
            page.locator("form.write button").click();
            page.locator("#why").waitFor();
            assertThat(page.locator("#why").textContent()).contains("pas connu ici");
            seen(window, "login-wrong-phone-dark");
            page.locator("#jeton").fill(admin);
            page.locator("form.write button").click();
            page.waitForURL(address -> URI.create(address).getPath().equals("/"));
            running.get("/api/v1/search?q=0612345678");
            awaitEntries(3);

            window.open("/journal");
            seen(window, "journal-phone-dark");
            page = window.open("/journal?look=light&action=LOGIN_REFUSED");
            assertThat(page.locator("tbody tr").count()).isEqualTo(1);
            window.open("/journal?action=ERASE");
            seen(window, "journal-none-phone-light");
        }
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.open("/connexion?lang=en&vers=" + encoded("//evil.example/"));
            page.locator("#jeton").fill(admin);
            page.locator("form.write button").click();
            page.locator(".who").waitFor();
            assertThat(URI.create(page.url()).getAuthority()).isEqualTo("127.0.0.1:" + running.server.port());
            window.open("/journal");
            seen(window, "journal-desk-light");
            assertThat(window.complaints()).isEmpty();
        }
    }

    private static void seen(Browser.Window window, String name) {
        window.shoot(name);
        assertThat(window.barriers()).as(name).isEmpty();
        assertThat(window.overflows()).as(name + " overflows").isFalse();
    }

    @Test
    void whoTypesWhenHisSessionEndsKeepsHisWordsAndIsShownTheLogin() throws IOException {
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.open("/connexion?vers=" + encoded("/?q=facture"));
            page.locator("#jeton").fill(admin);
            page.locator("form.write button").click();
            page.locator("#hits mark").first().waitFor();
            page.context().clearCookies();
            page.locator("#q").fill("facture fausse");
            var login = page.locator("#failure a");
            login.waitFor();

            assertThat(page.locator("#failure").textContent()).startsWith("Votre session est terminée.");
            assertThat(page.url()).endsWith("/?q=facture");
            assertThat(page.locator("#q").inputValue()).isEqualTo("facture fausse");
            assertThat(page.locator("#hits .card").count()).isEqualTo(1);

            Page other = page.waitForPopup(login::click);
            other.locator("#jeton").fill(admin);
            other.locator("form.write button").click();
            other.waitForURL("**/?q=facture");
            page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
            page.waitForURL("**/?q=facture%20fausse");
            assertThat(page.locator("#failure").textContent()).isEmpty();
        }
    }

    @Test
    void whatWasWrittenInAFormWhenTheSessionEndedIsThereAgainAfterTheLogin() throws IOException {
        OfferStory.tell(running);
        running.declare("fibre-pro", "Fibre Pro");
        int before = running.loop.actions().size();
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.open("/connexion?vers=" + encoded("/signaux/a1"));
            page.locator("#jeton").fill(admin);
            page.locator("form.write button").click();
            page.locator("summary >> text=Enregistrer une décision").click();
            page.locator("form[action$='/decision'] [name=title]").fill("Remplacer les boîtiers");
            page.context().clearCookies();
            page.locator("form[action$='/decision'] button").click();
            page.locator("#jeton").fill("vgt_wrong");
            page.locator("form.write button").click();
            page.locator("#jeton").fill(admin);
            page.locator("form.write button").click();

            var title = page.locator("form[action$='/decision'] [name=title]");
            assertThat(title.isVisible()).isTrue();
            assertThat(title.inputValue()).isEqualTo("Remplacer les boîtiers");
            assertThat(running.loop.actions()).hasSize(before);
            page.locator("form[action$='/decision'] button").click();
            assertThat(page.locator("p.done").textContent()).contains("Décision enregistrée");
            assertThat(running.loop.actions()).hasSize(before + 1);
            window.open("/signaux/a1");
            assertThat(title.inputValue()).isNotEqualTo("Remplacer les boîtiers");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void aSessionEndsWithItsToken() throws IOException {
        String session = session();
        assertThat(with(session, "/journal").statusCode()).isEqualTo(200);

        tokens.remove("chef");

        await(() -> with(session, "/journal").statusCode() == 303);
    }

    @Test
    void aForgedSessionIsNone() {
        for (String forged : List.of("", "x", "../../etc/passwd", "null")) {
            assertThat(with("vigie-session=" + forged, "/api/v1/search").statusCode())
                    .isEqualTo(401);
            assertThat(with("__Host-vigie=" + forged, "/").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aFormMustComeFromAPageOfThisServer() {
        String session = session();

        assertThat(posted("/recherches", session, "", "").statusCode()).isEqualTo(403);
        assertThat(posted("/recherches", session, "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(posted("/recherches", session, "Origin", "null").statusCode())
                .isEqualTo(403);
        assertThat(posted("/recherches", session, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(posted("/recherches", session, "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(403);
        assertThat(posted("/recherches", session, "Sec-Fetch-Site", "none").statusCode())
                .isEqualTo(403);
        assertThat(posted("/recherches", session, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isNotEqualTo(403);
        assertThat(posted("/recherches", session, "Origin", "http://127.0.0.1:" + running.server.port())
                        .statusCode())
                .isNotEqualTo(403);
        assertThat(posted("/api/v1/searches", session, "", "").statusCode()).isEqualTo(403);
        assertThat(posted("/deconnexion", session, "", "").statusCode()).isEqualTo(403);
        assertThat(with(session, "/journal").statusCode()).isEqualTo(200);
    }

    @Test
    void aProgramNeedsNoOriginForWhatItsTokenDoes() {
        var answer = running.exchange(running.request("/api/v1/searches")
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void aTokenIsNotGuessedForLong() {
        for (int each = 0; each < 10; each++) {
            assertThat(login("vigie_" + each).statusCode()).isEqualTo(401);
        }

        var answer = login(admin);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void whatAnIssuerNeverSentIsRefused() {
        for (String path : List.of(
                "/connexion/retour",
                "/connexion/retour?code=x&state=y",
                "/connexion/retour?error=" + encoded("no\r\nSet-Cookie: a=b") + "&state=y")) {
            var answer = running.get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.headers().map().toString()).doesNotContain("a=b");
        }
    }

    @Test
    void strangersCannotFillTheJournal() {
        for (int each = 0; each < 15; each++) {
            running.get("/connexion/retour?code=x&state=y");
            as("vigie_forged", "/api/v1/search");
        }
        as(admin, "/api/v1/search");
        awaitEntries(11);

        assertThat(running.audit.entries())
                .filteredOn(entry -> entry.getAction().equals("LOGIN_REFUSED"))
                .hasSize(10);
    }

    @Test
    void aScriptThatSwapsAPartIsToldToLeadToTheLogin() {
        var answer = running.exchange(running.request("/?q=x")
                .header("HX-Request", "true")
                .header("HX-Current-URL", "http://127.0.0.1:" + running.server.port() + "/?q=y")
                .GET());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).contains("/connexion?vers=" + encoded("/?q=y"));
    }

    @Test
    void theJournalIsToldToPrograms() {
        assertThat(as(admin, "/api/v1/search?q=0612345678").statusCode()).isEqualTo(200);
        awaitEntries(1);

        HttpResponse<String> answer = as(admin, "/api/v1/audit?action=search");

        assertThat(answer.body()).contains("\"query\":\"q=[TÉL]\"", "\"user\":\"chef\"", "\"count\":0");
        assertThat(answer.body()).doesNotContain("0612345678");
        assertThat(as(admin, "/api/v1/audit?action=cook").statusCode()).isEqualTo(400);
    }

    @Test
    void whoErasesIsWrittenDownAndWhoIsErasedIsNot() {
        running.exchange(running.request("/api/v1/customers/client-4711?dryRun=true")
                .header("Authorization", "Bearer " + admin)
                .DELETE());
        awaitEntries(1);

        assertThat(entry("ERASE").toString()).contains("chef").doesNotContain("4711");
    }

    @Test
    void whoIsLoggedInSignsWithHisLogin() throws IOException {
        LoopScene.fill(running);
        running.declare("fibre-pro", "Fibre Pro");
        String page = as(admin, "/questions/port").body();

        var answer = running.exchange(running.request("/questions/port/reponse")
                .header("Authorization", "Bearer " + admin)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("text=Il+est+ouvert.&author=Somebody+else")));

        assertThat(page).containsPattern("Signé\\h: chef").doesNotContain("name=\"author\"");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(running.loop.actions().getFirst().getAuthor()).isEqualTo("chef");
    }

    private AuditEntry entry(String action) {
        return running.audit.entries().stream()
                .filter(entry -> entry.getAction().equals(action))
                .findFirst()
                .orElseThrow();
    }

    private void awaitEntries(int count) {
        await(() -> running.audit.entries().size() >= count);
    }

    private static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private String session() {
        var answer = login(admin);
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("; HttpOnly", "; SameSite=Lax", "; Path=/");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private HttpResponse<String> login(String token) {
        return running.exchange(running.request("/connexion")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString("jeton=" + token + "&vers=" + encoded("/offres"))));
    }

    private HttpResponse<String> with(String cookie, String path) {
        return running.exchange(running.request(path).header("Cookie", cookie).GET());
    }

    private HttpResponse<String> as(String token, String path) {
        return running.exchange(
                running.request(path).header("Authorization", "Bearer " + token).GET());
    }

    private HttpResponse<String> posted(String path, String cookie, String header, String value) {
        HttpRequest.Builder request = running.request(path)
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(""));
        if (!header.isEmpty()) {
            request.header(header, value);
        }
        return running.exchange(request);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
