package io.vigie.server;

import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.server.Browser.Screen;
import io.vigie.server.page.Assets;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every page has around it; tried on the simplest one. */
class FrameTest {
    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.put(verbatim("a", "Ma facture est fausse."));
    }

    @Test
    void aPageIsServedWithAPolicyThatItKeeps() {
        var page = running.get("/themes");

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'")
                .contains("style-src 'self'")
                .contains("require-trusted-types-for 'script'");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=");
    }

    @Test
    void everyFileAPageAsksForIsThereAndMayBeKeptForEver() {
        var files = Pattern.compile("\"(/assets/[^\"]+)\"")
                .matcher(running.get("/themes").body());

        int found = 0;
        while (files.find()) {
            var file = running.get(files.group(1));
            assertThat(file.statusCode()).as(files.group(1)).isEqualTo(200);
            assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(5);
    }

    @Test
    void noScriptOfOursPutsMarkupTogetherOrRunsStrings() {
        for (String name : Assets.names()) {
            if (name.endsWith(".js") && !name.equals("htmx.js")) {
                assertThat(running.get(Assets.address(name)).body())
                        .as(name)
                        .doesNotContainPattern(
                                "\\.(?:innerHTML|outerHTML)|insertAdjacentHTML|document\\.write|eval\\(|new Function");
            }
        }
    }

    @Test
    void languageAndLookAreRememberedWithoutScripts() {
        try (var window = Browser.withoutScripts(running)) {
            var page = window.open("/themes");
            page.locator(".language").click();
            page.locator(".to-dark").click();

            page = window.open("/themes");

            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
            assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
            assertThat(page.locator("h1").textContent()).isEqualTo("Themes");
            assertThat(page.locator(".to-light").isVisible()).isTrue();
        }
    }

    @Test
    void theFirstStopOfTheKeyboardLeadsToTheContent() {
        try (var window = Browser.window(running, Screen.DESK, ColorScheme.LIGHT)) {
            var page = window.open("/themes");

            page.keyboard().press("Tab");
            page.keyboard().press("Enter");

            assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("main");
        }
    }

    @Test
    void aPageThatBreaksTellsItsNumberAndNothingOfWhatIsInside() throws IOException {
        running.index.close();

        var page = running.get("/themes");

        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body())
                .contains(page.headers().firstValue("X-Request-Id").orElseThrow())
                .contains("Quelque chose s’est cassé")
                .doesNotContainIgnoringCase("lucene")
                .doesNotContain("Exception");
    }

    @Test
    void anAddressThatIsNotThereIsAPageForPeople() {
        var page = running.exchange(running.request("/nowhere")
                .header("Accept", "text/html,application/xhtml+xml")
                .GET());

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Cette page n’existe pas", "Aller à la recherche");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    }

    @Test
    void anAddressThatIsNotThereIsStillAProblemDocumentForPrograms() {
        assertThat(running.get("/nowhere").headers().firstValue("Content-Type")).contains("application/problem+json");
    }
}
