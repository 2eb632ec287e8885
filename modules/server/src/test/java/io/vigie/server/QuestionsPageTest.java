package io.vigie.server;

import static io.vigie.server.LoopScene.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsPageTest {
    private static final Pattern LISTED = Pattern.compile("href=\"/questions/([a-z0-9]+)\" lang");
    private static final Pattern FIGURE =
            Pattern.compile("<p class=\"figure\"><a href=\"(/questions[^\"]*)\"><strong>(\\d+)</strong>");

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @Test
    void theQuestionThatHasWaitedLongestIsFirst() throws IOException {
        LoopScene.fill(running);

        var page = running.get("/questions");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(listed(page.body())).containsExactly("port", "ipv6", "vlan");
        assertThat(page.body())
                .contains("sans réponse depuis 9 jours", "2 réponses vagues", "3 clients")
                .contains("Sans responsable", "Fibre Pro");
    }

    @Test
    void everyNumberOpensItsList() throws IOException {
        LoopScene.fill(running);
        answer("ipv6", "Oui, un préfixe /56.");

        var figures = FIGURE.matcher(running.get("/questions").body());

        int found = 0;
        while (figures.find()) {
            String list = running.get(figures.group(1).replace("&amp;", "&")).body();
            assertThat(listed(list)).as(figures.group(1)).hasSize(Integer.parseInt(figures.group(2)));
            found++;
        }
        assertThat(found).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "state=open,'port,vlan'",
        "state=answered,ipv6",
        "state=all,'port,ipv6,vlan'",
        "offer=mobile-5g,vlan",
        "owner=Karim,port",
        "mark=unowned,vlan",
        "mark=vague,port",
        "mark=tell,ipv6",
        "q=IPV6,ipv6",
        "q=ipv6&state=open,''",
        "page=2,''"
    })
    void theListIsNarrowed(String query, String ids) throws IOException {
        LoopScene.fill(running);
        answer("ipv6", "Oui, un préfixe /56.");
        send(running, "/questions/port/responsable", "owner", "Karim", "author", "Marion");

        List<String> listed = listed(running.get("/questions?" + query).body());

        assertThat(listed).isEqualTo(ids.isEmpty() ? List.of() : List.of(ids.split(",")));
    }

    @Test
    void aSearchFindsThePublishedAnswerBeforeQuestionsThatWait() throws IOException {
        LoopScene.fill(running);
        answer("vlan", "Oui, et l’IPv6 passe par le même VLAN.");

        String found = running.get("/questions?q=ipv6").body();

        assertThat(listed(found)).containsExactly("vlan", "ipv6");
        assertThat(found.indexOf("Réponses publiées")).isLessThan(found.indexOf("encore sans réponse"));
    }

    @Test
    void whatIsNotThereIsSaidAsAPage() throws IOException {
        assertThat(running.get("/questions").body()).contains("Aucune question technique", "./vigie demo");
        LoopScene.fill(running);

        assertThat(running.get("/questions?q=zz").body()).contains("Aucune question, aucune réponse avec");
        assertThat(running.get("/questions?state=closed").statusCode()).isEqualTo(400);
        assertThat(running.get("/questions?sort=x").statusCode()).isEqualTo(400);
        var none = running.get("/questions/none");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(running.get("/offres/none/fiche").statusCode()).isEqualTo(404);
    }

    @Test
    void aFormPublishesOneAnswerHoweverOftenItIsSent() throws IOException {
        LoopScene.fill(running);

        for (int sending = 0; sending < 2; sending++) {
            var sent = send(
                    running,
                    "/questions/port/reponse",
                    "key",
                    "k1",
                    "text",
                    "Il est ouvert.\r\nVoilà.",
                    "author",
                    "Eva");
            assertThat(sent.statusCode()).isEqualTo(303);
            assertThat(sent.headers().firstValue("Location")).contains("/questions/port?done=answered");
        }

        assertThat(running.loop.actions()).hasSize(1);
        Action answer = running.loop.answerTo("port").orElseThrow();
        assertThat(answer.getText()).isEqualTo("Il est ouvert.\nVoilà.");
        assertThat(answer.getAuthor()).isEqualTo("Eva");
        assertThat(running.get("/questions/port?done=answered").body())
                .contains("La réponse est publiée", "3 clients restent à prévenir", "dossier t-p1");
    }

    @Test
    void whatCannotBeTakenComesBackWithWhatWasWritten() throws IOException {
        LoopScene.fill(running);

        var unsigned = send(running, "/questions/port/reponse", "key", "k1", "text", "Il est <ouvert>.");
        var empty = send(running, "/questions/port/reponse", "author", "Eva");
        var nobody = send(running, "/questions/port/prevenus", "author", "Eva");

        assertThat(unsigned.statusCode()).isEqualTo(400);
        assertThat(unsigned.body()).contains("Écrivez votre nom.", "Il est &lt;ouvert&gt;.", "value=\"k1\"");
        assertThat(empty.body()).contains("Écrivez la réponse.", "value=\"Eva\"");
        assertThat(nobody.body()).contains("Cochez au moins un client.");
        assertThat(running.loop.actions()).isEmpty();
    }

    @Test
    void anotherAnswerUnderTheSameKeyIsAskedForAgain() throws IOException {
        LoopScene.fill(running);
        send(running, "/questions/port/reponse", "key", "k1", "text", "Oui.", "author", "Eva");

        var other = send(running, "/questions/port/reponse", "key", "k1", "text", "Non.", "author", "Eva");

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body())
                .contains("Vous avez déjà envoyé autre chose", "Non.")
                .doesNotContain("value=\"k1\"");
    }

    @Test
    void whatKafkaDoesNotTakeIsNotLost() throws IOException {
        LoopScene.fill(running);
        running.loop.failWith(new TimeoutException("no broker"));

        var sent = send(running, "/questions/port/reponse", "text", "Il est ouvert.", "author", "Eva");

        assertThat(sent.statusCode()).isEqualTo(503);
        assertThat(sent.body()).contains("Vigie n’a pas pu l’enregistrer", "Il est ouvert.");
    }

    @Test
    void onlyThePagesOfThisServerMayPublish() throws IOException {
        LoopScene.fill(running);

        var foreign = running.exchange(running.request("/questions/port/reponse")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString("text=x&author=x")));

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(running.loop.actions()).isEmpty();
    }

    @Test
    void whoIsToldIsNoLongerOnTheList() throws IOException {
        LoopScene.fill(running);
        answer("port", "Il est ouvert.");

        var told = send(running, "/questions/port/prevenus", "verbatim", "p1", "verbatim", "p3", "author", "Eva");

        assertThat(told.statusCode()).isEqualTo(303);
        assertThat(running.loop.actions())
                .filteredOn(action -> action.getKind() == ActionKind.TOLD)
                .singleElement()
                .satisfies(action -> assertThat(action.getVerbatimIds()).containsExactly("p1", "p3"));
        assertThat(running.get("/questions/port").body())
                .contains("1 client reste à prévenir", "id=\"tell-p2\"")
                .doesNotContain("id=\"tell-p1\"");
    }

    @Test
    void theSheetHasFactsAnswersWithDateAndAuthorAndWhatGoesDownBadly() throws IOException {
        LoopScene.fill(running);
        LoopScene.talk(running, "billing.error", 3, 5, 20, 10, 1);
        answer("port", "Le port 25 sortant est ouvert.");

        String sheet = running.get("/offres/fibre-pro/fiche").body();

        assertThat(sheet)
                .contains("<h1>Fiche", "Fibre Pro", "XPACK Pro, la Pro", "Professionnels", "1er sept. 2025")
                .contains("Le port 25 sortant est ouvert.", "Marion, le 15 mars 2026")
                .contains("Erreur de facture", "<strong>3</strong> <span>réclamations en 90 jours");
        assertThat(running.get("/offres/mobile-5g/fiche").body())
                .contains("Aucune réponse n’est encore publiée", "1 question attend la sienne");
    }

    @Test
    void bothLanguagesAreComplete() throws IOException {
        LoopScene.fill(running);
        answer("port", "Il est ouvert.");

        assertThat(running.get("/questions/port?lang=en").body())
                .contains("The published answer", "3 customers are still to be told", "Hand the question over");
        assertThat(running.get("/offres/fibre-pro/fiche?lang=en").body())
                .contains("What customers ask, and the answer");
    }

    @ParameterizedTest
    @CsvSource({"PHONE, LIGHT", "PHONE, DARK", "DESK, LIGHT"})
    void nobodyIsKeptOut(Screen screen, ColorScheme scheme) throws IOException {
        String name = (screen + "-" + scheme).toLowerCase(Locale.ROOT);
        try (var window = Browser.window(running, screen, scheme)) {
            window.look("/questions", "questions-empty-" + name);
            LoopScene.fill(running);
            LoopScene.talk(running, "billing.error", 3, 5, 20, 10, 1);
            window.look("/questions/port", "question-open-" + name);
            answer("port", "Non, il ne l’est pas : le port 25 sortant est ouvert sur toutes les lignes Pro.");
            send(running, "/questions/ipv6/responsable", "owner", "Karim Benali", "author", "Marion");
            window.look("/questions?state=all", "questions-" + name);
            window.look("/questions?q=port", "questions-found-" + name);
            window.look("/questions/port?done=answered", "question-answered-" + name);
            window.look("/offres/fibre-pro/fiche", "sheet-" + name);
            window.look("/offres/mobile-5g/fiche", "sheet-empty-" + name);
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void anAgentFindsAnswersTellsAndSeesWhatCameOfItWithoutScripts() throws IOException {
        LoopScene.fill(running);
        try (var window = Browser.withoutScripts(running)) {
            Page page = window.open("/questions");
            page.fill("#words", "port 25");
            page.click("text=Chercher");
            page.click("h3.asked a");
            page.fill("#text", "Il est ouvert sur toutes les lignes Pro.");
            page.locator("form[action$=reponse] input[name=author]").fill("Eva");
            page.click("text=Publier >> nth=-1");
            assertThat(page.textContent("p.done")).contains("La réponse est publiée");

            page.check("#tell-p1");
            page.locator("form[action$=prevenus] input[name=author]").fill("Eva");
            page.click("text=Ils sont prévenus");
            assertThat(page.textContent("#totell h2")).contains("2 clients restent à prévenir");

            page.click(".published >> text=Fiche de l’offre");
            assertThat(page.textContent("main")).contains("Il est ouvert sur toutes les lignes Pro.");

            page.click("nav >> text=Retours");
            page.fill("#agent", "a-17");
            page.click(".seek button");
            assertThat(page.textContent("main")).contains("Grâce à vous, a-17", "Il est ouvert sur toutes");
        }
    }

    private void answer(String question, String text) {
        assertThat(send(running, "/questions/" + question + "/reponse", "text", text, "author", "Marion")
                        .statusCode())
                .isEqualTo(303);
    }

    private static List<String> listed(String html) {
        var ids = new ArrayList<String>();
        var matcher = LISTED.matcher(html);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }
}
