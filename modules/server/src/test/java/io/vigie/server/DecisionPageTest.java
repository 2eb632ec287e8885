package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vigie.events.Action;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionPageTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        OfferStory.tell(running);
    }

    @Test
    void whatIsPickedAmongTheResultsBecomesADecision() {
        int before = running.loop.actions().size();
        try (var window = Browser.window(running, Screen.PHONE, ColorScheme.LIGHT)) {
            Page page = window.open("/?q=box");
            page.locator(".picker input").nth(0).check();
            page.locator(".picker input").nth(1).check();
            window.checkForAll("decision-picked");
            page.locator("#tray >> text=Décider").click();

            assertThat(page.locator(".picks input:checked").count()).isEqualTo(2);
            window.checkForAll("decision-form");
            page.locator("[name=offer]").selectOption("fibre-pro");
            page.locator("[name=theme]").selectOption("network.outage");
            page.locator("[name=title]").fill("Changer les boîtiers");
            page.locator("[name=author]").fill("Marion");
            page.locator("[name=verbatim]").all().forEach(each -> each.uncheck());
            page.locator("form[method=post] button.primary").click();
            assertThat(page.locator(".error").textContent()).contains("Cochez au moins un verbatim");
            assertThat(page.locator("[name=title]").inputValue()).isEqualTo("Changer les boîtiers");
            assertThat(page.locator("[name=theme]").inputValue()).isEqualTo("network.outage");
            window.checkForAll("decision-refused");
            page.locator("[name=verbatim]").all().forEach(each -> each.check());
            page.locator("form[method=post] button.primary").click();

            assertThat(page.locator(".done").textContent()).contains("Décision enregistrée");
            window.checkForAll("decision-done");
            page.locator(".done a").click();
            assertThat(page.locator("#decisions").textContent())
                    .contains("Changer les boîtiers", "2 verbatims à l’origine");

            window.open("/?q=box");
            page.locator(".picker input").first().waitFor();
            assertThat(page.locator("#tray").count()).isZero();
            assertThat(page.locator(".picker input:checked").count()).isZero();
            assertThat(window.complaints()).isEmpty();
        }
        assertThat(running.loop.actions()).hasSize(before + 1);
        Action action = running.loop.actions().getFirst();
        assertThat(action.getOfferId()).isEqualTo("fibre-pro");
        assertThat(action.getTheme()).contains("network.outage");
        assertThat(action.getVerbatimIds()).hasSize(2);
    }

    @Test
    void withoutAnOfferOrFromElsewhereNothingIsRecorded() throws IOException {
        int before = running.loop.actions().size();
        String asked = "/decision?" + verbatims();
        String form = "title=T&author=M&day=2026-03-14&verbatim=v";

        assertThat(running.post(asked, FORM, form).body())
                .contains("Choisissez l’offre", "role=\"alert\"", "value=\"T\"");
        assertThat(running.post(asked, FORM, form + "&offer=nulle").body()).contains("role=\"alert\"");
        var foreign = running.exchange(running.request(asked)
                .header("Content-Type", FORM)
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString(form + "&offer=fibre-pro")));

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(running.loop.actions()).hasSize(before);
    }

    @Test
    void withNothingPickedThePageSaysHowToPick() {
        assertThat(running.get("/decision").body())
                .contains("Aucun verbatim retenu")
                .doesNotContain("method=\"post\"");
        assertThat(running.get("/decision?verbatim=none&lang=en").body()).contains("No verbatim picked");
    }

    private String verbatims() {
        List<String> ids = running.signals.getFirst().getVerbatimIds();
        return ids.stream()
                .map(id -> "verbatim=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
