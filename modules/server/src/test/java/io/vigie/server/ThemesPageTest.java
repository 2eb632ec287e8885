package io.vigie.server;

import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThemesPageTest {
    @TempDir
    Path directory;

    private RunningServer running;

    @BeforeEach
    void start() throws IOException, ServerException {
        running = new RunningServer(directory.resolve("index"));
        running.put(verbatim("a", "Ma facture est fausse."), verbatim("b", "Encore une erreur de facture !"));
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void everyThemeIsThereAndEveryNumberOpensItsList() {
        var page = running.get("/themes");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<h1>Thèmes</h1>", "Erreur de facture", "Panne du réseau")
                .containsPattern("href=\"/\\?theme=billing.error\">2</a>")
                .containsPattern("href=\"/\\?theme=network.outage\">0</a>");
    }

    @Test
    void anUnknownParameterIsRefusedAsAPage() {
        var page = running.get("/themes?sort=x");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body()).contains("Cette demande n’est pas comprise");
    }

    @ParameterizedTest
    @CsvSource({"PHONE, LIGHT", "PHONE, DARK", "DESK, LIGHT", "DESK, DARK"})
    void nobodyIsKeptOut(Screen screen, ColorScheme scheme) {
        try (var window = Browser.window(running, screen, scheme)) {
            window.open("/themes");

            window.shoot("themes-" + (screen + "-" + scheme).toLowerCase(Locale.ROOT));
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overflows()).isFalse();
            assertThat(window.complaints()).isEmpty();
        }
    }
}
