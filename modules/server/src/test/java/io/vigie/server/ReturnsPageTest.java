package io.vigie.server;

import static io.vigie.server.LoopScene.decision;
import static io.vigie.server.LoopScene.send;
import static io.vigie.server.LoopScene.talk;
import static io.vigie.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.events.Action;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnsPageTest {
    private static final Pattern COUNTED =
            Pattern.compile("<a href=\"/\\?([^\"]*from=[^\"]*)\">([\\d\\u202f]+) (?:cas|verbatims?)</a>");

    @AutoClose
    private final RunningServer running = RunningServer.start();

    /** One that helped, one that did not, one that is too young to tell. */
    private void decide() throws IOException {
        LoopScene.fill(running);
        talk(running, "billing.error", 40, 100, 56, 28, 1);
        talk(running, "billing.error", 8, 100, 28, 1, 2);
        talk(running, "support.wait", 20, 40, 57, 29, 3);
        talk(running, "support.wait", 22, 40, 27, 1, 4);
        decided(decision("d1", "La facture tient en une page", "billing.error", 28, "billing.error-56-1", "p2")
                .setText("Une seule page, un total par ligne, et les mêmes mots qu’au téléphone.")
                .build());
        decided(decision("d2", "Deux conseillers de plus le lundi", "support.wait", 28, "support.wait-57-1")
                .build());
        decided(decision("d3", "Un SMS avant chaque livraison", "delivery.late", 2, "p3")
                .build());
        send(running, "/questions/port/reponse", "text", "Il est ouvert.", "author", "Marion");
    }

    private void decided(Action action) {
        assertThat(running.loop.send(action)).isCompleted();
    }

    @Test
    void eachDecisionSaysWhetherItHasHelped() throws IOException {
        decide();

        String page = running.get("/retours").body();

        assertThat(article(page, "d1")).contains("verdict good\">Amélioré").contains("La part est plus petite");
        assertThat(article(page, "d2")).contains("verdict bad\">Pas d’amélioration");
        assertThat(article(page, "d3")).contains(">Trop tôt<").contains("La période se termine le 10 avr. 2026");
        assertThat(article(page, "d1")).contains("Les 2 verbatims d’où elle part", "encore fausse");
    }

    @Test
    void whatIsPromisedAboveTheListIsWhatTheListHas() throws IOException {
        decide();

        assertThat(running.get("/retours").body())
                .contains("Ce qui a été décidé à partir de ce que disent les clients")
                .doesNotContain("les questions qui ont eu une réponse", "Il est ouvert.");
        assertThat(running.get("/retours?agent=a-18").body())
                .contains("les questions qui ont eu une réponse", "Il est ouvert.");
    }

    @Test
    void everyNumberOfATestIsTheTotalOfItsList() throws IOException {
        decide();

        var counted = COUNTED.matcher(running.get("/retours").body());

        int found = 0;
        while (counted.find()) {
            var list = running.get("/api/v1/search?" + counted.group(1).replace("&amp;", "&"));
            assertThat(json(list).path("total").asText()).isEqualTo(counted.group(2));
            found++;
        }
        assertThat(found).isEqualTo(12);
    }

    @Test
    void anAgentSeesWhatBecameOfHisOwnReportsAlone() throws IOException {
        decide();

        String own = running.get("/retours?agent=a-18").body();

        assertThat(own)
                .contains("Grâce à vous, a-18", "La facture tient en une page", "Nos mails ne partent plus")
                .doesNotContain("a-17", "Je vous ai déjà écrit deux fois", "Deux conseillers de plus");
        assertThat(running.get("/retours?agent=a-18&kind=answer").body())
                .contains("Il est ouvert.")
                .doesNotContain("La facture tient en une page");
        assertThat(running.get("/retours?agent=nobody").body()).contains("Rien encore pour nobody");
    }

    @Test
    void whatWasReportedIsCountedAndListed() throws IOException {
        decide();

        String own = running.get("/retours?agent=a-18").body();

        var reports = Pattern.compile("href=\"/\\?q=([^\"]*)\"><strong>(\\d+)</strong>")
                .matcher(own);
        assertThat(reports.find()).isTrue();
        assertThat(reports.group(2)).isEqualTo("3");
        assertThat(json(running.get("/api/v1/search?q=" + reports.group(1)))
                        .path("total")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void whatIsWrongOrMissingIsSaid() {
        assertThat(running.get("/retours").body()).contains("Rien n’a encore été décidé");
        assertThat(running.get("/retours?kind=owner").statusCode()).isEqualTo(400);
        assertThat(running.get("/retours?agent=%22%20OU%20%28").statusCode()).isEqualTo(200);
        assertThat(running.get("/retours?lang=en").body()).contains("Nothing has been decided yet");
    }

    @ParameterizedTest
    @CsvSource({"PHONE, LIGHT", "PHONE, DARK", "DESK, LIGHT"})
    void nobodyIsKeptOut(Screen screen, ColorScheme scheme) throws IOException {
        String name = (screen + "-" + scheme).toLowerCase(Locale.ROOT);
        try (var window = Browser.window(running, screen, scheme)) {
            window.look("/retours", "returns-empty-" + name);
            decide();
            window.look("/retours", "returns-" + name);
            window.look("/retours?agent=a-17", "returns-agent-" + name);
            window.look("/retours?agent=a-99", "returns-nothing-" + name);
            assertThat(window.complaints()).isEmpty();
        }
    }

    private static String article(String page, String id) {
        int start = page.indexOf("aria-labelledby=\"n-" + id + "\"");
        assertThat(start).as(id).isPositive();
        return page.substring(start, page.indexOf("</article>", start));
    }
}
