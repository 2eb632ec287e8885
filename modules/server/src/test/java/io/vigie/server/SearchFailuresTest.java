package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody sees who types while the server is gone, slow or broken: his page, his words, and a line. */
class SearchFailuresTest {
    private static final String SEARCHES = "**/?q=facture*";

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.arrive(SampleVerbatims.before(RunningServer.NOW).toArray(io.vigie.events.Verbatim[]::new));
    }

    @Test
    void aServerThatIsGoneLeavesThePageAndComesBackWithTheNextAnswer() {
        try (var window = Browser.window(running, Screen.PHONE, ColorScheme.LIGHT)) {
            Page page = window.open("/");
            page.route(SEARCHES, Route::abort);
            page.locator("#q").pressSequentially("facture");

            assertSaid(page, "Le serveur ne répond pas. Ce que vous avez tapé reste là. Réessayer");
            assertThat(page.locator("#found[aria-busy]").count()).isZero();
            window.shoot("search-failed");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overflows()).isFalse();

            page.unroute(SEARCHES);
            page.locator("#failure button").click();
            page.waitForURL("**/?q=facture");
            assertThat(page.locator("#hits mark").first().textContent()).isEqualTo("facture");
            assertThat(page.locator("#failure").textContent()).isEmpty();
        }
    }

    @Test
    void whatAProxyAnswersIsNotPutIntoThePage() {
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.open("/?lang=en");
            page.route(SEARCHES, route -> route.fulfill(answer(502, "<html><body>Bad Gateway</body></html>")));
            page.locator("#q").fill("facture");

            assertSaid(page, "The server could not answer (error 502). What you have typed stays here. Try again");
            page.unroute(SEARCHES);
            page.locator("#q").fill("panne");
            page.waitForURL("**/?q=panne");
            assertThat(page.locator("#failure").textContent()).isEmpty();
        }
    }

    @Test
    void whatTheServerSaysOfItselfIsSaid() throws IOException {
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.open("/");
            running.index.close();
            page.locator("#q").fill("facture");

            page.waitForFunction("() => document.querySelector('#failure').textContent !== ''");
            assertThat(page.locator("#failure").textContent())
                    .startsWith("Quelque chose s’est cassé de notre côté. Le journal du serveur en dit plus");
            assertThat(page.locator("header.top").count()).isEqualTo(1);
            assertKept(page);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUp() {
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.open("/");
            page.route(SEARCHES, _ -> {});
            page.evaluate("() => { htmx.config.timeout = 100; }");
            page.locator("#q").fill("facture");

            assertSaid(page, "La réponse n’est pas venue à temps. Ce que vous avez tapé reste là. Réessayer");
        }
    }

    @Test
    void anAnswerThatTakesLongIsSaidTo() {
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.clock().install();
            window.open("/");
            page.route(SEARCHES, _ -> {});
            page.waitForRequest(SEARCHES, () -> {
                page.locator("#q").fill("facture");
                page.keyboard().press("Enter");
            });
            page.clock().fastForward(5_000);

            assertSaid(page, "La réponse se fait attendre…");
        }
    }

    @Test
    void aVerbatimThatIsGoneLeavesTheList() throws IOException {
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            Page page = window.open("/?q=facture");
            String id = page.locator("#hits .card").first().getAttribute("id").substring(2);
            running.index.delete(id);
            running.index.refresh();
            page.locator(".card .open").first().click();

            page.waitForFunction("() => document.querySelector('#failure').textContent !== ''");
            assertThat(page.locator("header.top").count()).isEqualTo(1);
            assertThat(page.locator("#hits .card .inside").count()).isZero();
        }
    }

    private static Route.FulfillOptions answer(int status, String html) {
        return new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("text/html")
                .setBody(html);
    }

    private static void assertSaid(Page page, String line) {
        page.waitForFunction(
                "line => document.querySelector('#failure').textContent.replaceAll(/\\s+/g, ' ').trim() === line",
                line);
        assertKept(page);
    }

    private static void assertKept(Page page) {
        assertThat(page.locator("#q").inputValue()).isEqualTo("facture");
        assertThat(page.locator("#hits .card").count()).isEqualTo(20);
    }
}
