package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThemesPageTest {
    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.put(said("a", "Ma facture est fausse."), said("b", "Encore une erreur de facture !"));
    }

    /** A period ends now, so this is before. */
    private static Verbatim said(String id, String text) {
        return RunningServer.verbatim(id, text, "fibre-pro", Intent.COMPLAINT, NOW.minusSeconds(60));
    }

    @Test
    void everyThemeIsThereAndEveryNumberOpensItsList() {
        var page = running.get("/themes");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<h1>Thèmes</h1>", "Erreur de facture", "Panne du réseau")
                .containsPattern("href=\"/\\?theme=billing.error&amp;from=2026-02-14&amp;to=2026-03-15T13%3A00\">2</a>")
                .containsPattern("href=\"/\\?theme=network.outage[^\"]*\">0</a>");
    }

    @Test
    void thePeriodIsChosenAndTheShareWithoutAThemeIsOfIt() throws IOException {
        running.put(
                RunningServer.verbatim(
                        "old", "Une vieille erreur", "fibre-pro", Intent.COMPLAINT, NOW.minus(Duration.ofDays(40))),
                RunningServer.draft("mute", "Bonjour", "fibre-pro", Intent.OTHER, NOW.minusSeconds(60))
                        .setThemes(List.of())
                        .build());

        assertThat(running.get("/themes").body())
                .contains("<strong>3</strong> <span>verbatims</span>", "33\u202f% des verbatims de la période")
                .containsPattern("from=2026-01-15[^\"]*\">1</a>");
        assertThat(running.get("/themes?from=2026-01-01&to=2026-02-28").body())
                .contains("<strong>1</strong> <span>verbatim</span>", "0\u202f% des verbatims de la période");
    }

    @Test
    void aThemeIsToldByWhatCustomersSay() {
        assertThat(running.get("/themes").body()).containsPattern("<small>«\\hLa box ne répond plus.\\h»</small>");
        assertThat(running.get("/themes?lang=en").body()).contains("<small>“The router is dead.”</small>");
    }

    @Test
    void aThemeShowsItsCuesAndWhichOfThemFindNothing() {
        var page = running.get("/themes/billing.error");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<h1>Erreur de facture</h1>", "1 sur 2", "Merci pour la facture.", "2 verbatims")
                .containsPattern("(?s)facture\\*.*href=\"/\\?q=id%3A%22a%22%20OU%20id%3A%22b%22\">2</a>")
                .containsPattern("(?s)\"jamais dit\"~2.*?>\\s*0\\s*<");
        assertThat(running.get("/themes/none.such").statusCode()).isEqualTo(404);
    }

    @Test
    void aListThatIsCutSaysHowManyCanBeRead() throws IOException {
        for (int i = 0; i < 58; i++) {
            running.put(said("more-" + i, "Encore une facture"));
        }

        assertThat(running.get("/themes/billing.error").body()).containsPattern("%22\">60 \\(50 à lire\\)</a>");
    }

    @Test
    void aProposedTaxonomyIsTriedOnTheNewestVerbatims() {
        var page = send("text", "2026.9");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "2 verbatims sur 2 changeraient de motif",
                        "2025.1",
                        "2026.9",
                        "Réseau cassé (nouveau)",
                        "1 motif reste tel quel",
                        "href=\"/verbatims/a\"")
                .containsPattern("Ligne 1</strong> <span lang=\"en\">leaf (&#39;|')y");
    }

    @Test
    void whatIsWrongWithATaxonomyIsToldByLineAndItCanBeMended() {
        var page = send("file", "wrong\n- id: <x>");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body())
                .contains("2 erreurs", "Ligne 2", "has no name", "<code>- id: &lt;x&gt;</code>", "has no version")
                .containsPattern("(?s)<textarea[^>]*>wrong\n- id: &lt;x&gt;</textarea>");
    }

    @Test
    void nothingSentIsSaidAndTooMuchIsRefused() {
        assertThat(send("file", " ").body()).contains("Choisissez un fichier");
        assertThat(send("file", "x".repeat(TrialPage.BYTES_MAX)).statusCode()).isEqualTo(413);
        assertThat(running.post("/taxonomie", "text/plain", "x").statusCode()).isEqualTo(415);
    }

    private HttpResponse<String> send(String field, String text) {
        String form = "--x\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + text + "\r\n--x--\r\n";
        return running.post("/taxonomie", "multipart/form-data; boundary=x", form);
    }

    @Test
    void anUnknownParameterIsRefusedAsAPage() {
        var page = running.get("/themes?sort=x");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body()).contains("Cette demande n’est pas comprise");
    }

    @ParameterizedTest
    @CsvSource({"PHONE, LIGHT", "PHONE, DARK", "DESK, LIGHT"})
    void nobodyIsKeptOut(Screen screen, ColorScheme scheme) {
        String look = "-" + (screen + "-" + scheme).toLowerCase(Locale.ROOT);
        try (var window = Browser.window(running, screen, scheme)) {
            window.look("/themes", "themes" + look);
            window.look("/themes/billing.error", "theme" + look);
            window.look("/taxonomie", "trial-empty" + look);
            window.page().locator("#text").fill("wrong\n- id: x");
            window.page().locator(".write button").click();
            window.check("trial-wrong" + look);
            window.page().locator("#text").fill("2026.9");
            window.page().locator(".write button").click();
            window.check("trial" + look);
        }
    }
}
