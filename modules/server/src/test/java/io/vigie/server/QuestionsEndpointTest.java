package io.vigie.server;

import static io.vigie.server.FakeLoop.question;
import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.draft;
import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Intent;
import io.vigie.events.QuestionAnswer;
import io.vigie.events.QuestionState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsEndpointTest {
    private static final String QUESTIONS = "/api/v1/offers/fibre-pro/questions";

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.put("/api/v1/offers/fibre-pro", "{\"name\": \"Fibre Pro\", \"segment\": \"B2B\"}");
        running.loop.put(question("port", "Le port 25 est-il bloqué ?", NOW.minus(Duration.ofDays(4)), "v1", "v2")
                .setTerms(List.of("port 25"))
                .setVagueAnswers(1)
                .setLastVagueAnswerAt(NOW.minusSeconds(60))
                .build());
        running.loop.put(question("ipv6", "Y aura-t-il de l'IPv6 ?", NOW.minus(Duration.ofDays(9)), "v3")
                .setTerms(List.of("IPv6"))
                .build());
        running.loop.put(question("other", "Le VLAN est-il réglable ?", NOW, "v4")
                .setOfferId("fibre-max")
                .build());
    }

    @Test
    void openQuestionsAreListedTheOldestFirst() {
        JsonNode list = json(running.get(QUESTIONS));

        assertThat(ids(list)).containsExactly("ipv6", "port");
        JsonNode port = list.path("questions").path(1);
        assertThat(port.path("ageDays").asInt()).isEqualTo(4);
        assertThat(port.path("customers").asInt()).isEqualTo(2);
        assertThat(port.path("state").asText()).isEqualTo("open");
        assertThat(port.path("vagueAnswers").asInt()).isEqualTo(1);
        assertThat(port.path("terms").path(0).asText()).isEqualTo("port 25");
        assertThat(port.has("answer")).isFalse();
    }

    @Test
    void aPublishedAnswerClosesTheQuestionAtOnce() {
        answer("port", "Non, le port 25 sortant est ouvert.");

        assertThat(ids(json(running.get(QUESTIONS)))).containsExactly("ipv6");
        JsonNode closed = json(running.get(QUESTIONS + "?state=answered"))
                .path("questions")
                .path(0);
        assertThat(closed.path("answer").path("text").asText()).startsWith("Non, le port 25");
        assertThat(closed.path("answer").path("author").asText()).isEqualTo("Marion");
        assertThat(closed.path("toTell").path("total").asInt()).isEqualTo(2);
        assertThat(closed.path("toTell").path("verbatimIds").toString()).isEqualTo("[\"v1\",\"v2\"]");
        assertThat(json(running.get(QUESTIONS + "?state=all")).path("total").asInt())
                .isEqualTo(2);
    }

    @Test
    void theLedgersOwnWordCountsOnceItHasHeard() {
        running.loop.put(question("told", "Et le SFP ?", NOW.minusSeconds(90), "v5", "v6")
                .setState(QuestionState.ANSWERED)
                .setAnswer(new QuestionAnswer("a-1", "Karim", NOW))
                .setToTell(List.of("v6"))
                .setToTellTotal(1)
                .setAskedAgain(3)
                .build());

        JsonNode told = json(running.get("/api/v1/questions/told"));

        assertThat(told.path("answer").path("author").asText()).isEqualTo("Karim");
        assertThat(told.path("toTell").path("total").asInt()).isEqualTo(1);
        assertThat(told.path("askedAgain").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ?q=ipv6                | ipv6
        ?q=IPV6                | ipv6
        ?q=prefixe             | ipv6
        ?q=aura%20ipv          | ipv6
        ?q=port                | port
        ?q=ipv6&state=open     |
        ?q=vlan                |
        """)
    void aSearchFindsPublishedAnswers(String query, String found) {
        answer("ipv6", "Oui, avec un préfixe /56.");
        answer("port", "Il est ouvert, en IPv4 seulement.");

        assertThat(ids(json(running.get(QUESTIONS + query)))).isEqualTo(found == null ? List.of() : List.of(found));
    }

    @Test
    void whatHasTheWordInItsTermsIsFoundFirst() {
        answer("port", "Il est ouvert ; pour l'IPv6, voir ailleurs.");
        answer("ipv6", "Oui.");

        assertThat(ids(json(running.get(QUESTIONS + "?q=ipv6")))).containsExactly("ipv6", "port");
    }

    @Test
    void anOwnerIsSetByAnActionAndCanBeTakenAway() {
        var set = running.put("/api/v1/questions/port/owner", "{\"owner\": \"Karim\", \"author\": \"Marion\"}");

        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(json(set).path("kind").asText()).isEqualTo("owner");
        assertThat(json(running.get("/api/v1/questions/port")).path("owner").asText())
                .isEqualTo("Karim");
        assertThat(running.put("/api/v1/questions/port/owner", "{\"owner\": \"Karim\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(running.put("/api/v1/questions/none/owner", "{\"author\": \"Marion\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aQuestionThatNamesNobodyIsForTheOwnerOfItsOffer() {
        running.put("/api/v1/offers/fibre-pro", "{\"name\": \"Fibre Pro\", \"owner\": \"Léa\"}");

        running.put("/api/v1/questions/port/owner", "{\"owner\": \"Karim\", \"author\": \"Marion\"}");

        assertThat(owner("port")).isEqualTo("Karim");
        assertThat(owner("ipv6")).isEqualTo("Léa");
        assertThat(owner("other")).isEmpty();
        assertThat(json(running.get(QUESTIONS))
                        .path("questions")
                        .path(0)
                        .path("owner")
                        .asText())
                .isEqualTo("Léa");
        running.put("/api/v1/questions/ipv6/owner", "{\"author\": \"Marion\"}");
        assertThat(owner("ipv6")).isEqualTo("Léa");
    }

    private String owner(String question) {
        return json(running.get("/api/v1/questions/" + question)).path("owner").asText();
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(running.get("/api/v1/offers/none/questions").statusCode()).isEqualTo(404);
        assertThat(running.get("/api/v1/offers/none/sheet").statusCode()).isEqualTo(404);
        assertThat(running.get("/api/v1/questions/none").statusCode()).isEqualTo(404);
        assertThat(running.get(QUESTIONS + "?state=closed").statusCode()).isEqualTo(400);
        assertThat(running.get("/api/v1/offers/unassigned/questions").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSheetOfAnOfferHasItsAnswersAndWhatIsMisunderstood() throws IOException {
        running.put(
                verbatim("c1", "la facture est fausse", "fibre-pro", Intent.COMPLAINT, NOW.minus(Duration.ofHours(1))));
        running.put(draft("c2", "facture", "fibre-pro", Intent.COMPLAINT, NOW.minus(Duration.ofDays(200)))
                .build());
        answer("port", "Il est ouvert.");

        JsonNode sheet = json(running.get("/api/v1/offers/fibre-pro/sheet"));

        assertThat(sheet.path("offer").path("name").asText()).isEqualTo("Fibre Pro");
        assertThat(sheet.path("offer").path("segment").asText()).isEqualTo("B2B");
        assertThat(sheet.path("openQuestions").asInt()).isEqualTo(1);
        assertThat(sheet.path("answers").path(0).path("answer").path("text").asText())
                .isEqualTo("Il est ouvert.");
        JsonNode theme = sheet.path("misunderstandings").path("themes").path(0);
        assertThat(theme.path("theme").asText()).isEqualTo("billing.error");
        long listed = json(running.get("/api/v1/search?" + theme.path("query").asText()))
                .path("total")
                .asLong();
        assertThat(theme.path("count").asLong()).isEqualTo(listed);
    }

    @Test
    void anAgentSeesWhatBecameOfHisOwnReports() throws IOException {
        running.put(
                draft("v1", "le port 25 ?", "fibre-pro", Intent.QUESTION, NOW.minusSeconds(9))
                        .setAgentId("a-17")
                        .build(),
                draft("v2", "le port 25 ?", "fibre-pro", Intent.QUESTION, NOW.minusSeconds(9))
                        .setAgentId("a-18")
                        .build(),
                draft("v7", "facture", "fibre-pro", Intent.COMPLAINT, NOW.minusSeconds(9))
                        .setAgentId("a-17")
                        .build());
        answer("port", "Il est ouvert.");
        running.post("/api/v1/actions", "application/json", """
            {"kind": "decision", "offer": "fibre-pro", "theme": "billing.error", "verbatims": ["v7", "v2"],
             "title": "Facture refaite", "author": "Marion"}\
            """);

        JsonNode news = json(running.get("/api/v1/feeds/a-17")).path("news");

        assertThat(news).hasSize(2);
        assertThat(news.findValuesAsText("kind")).containsExactlyInAnyOrder("answer", "decision");
        for (JsonNode each : news) {
            assertThat(each.path("reported")).hasSize(1);
            assertThat(each.path("author").asText()).isEqualTo("Marion");
            boolean decided = each.path("kind").asText().equals("decision");
            assertThat(each.path("reported").path(0).path("id").asText()).isEqualTo(decided ? "v7" : "v1");
            assertThat(each.has("recurrence")).isEqualTo(decided);
        }
        assertThat(news.toString()).doesNotContain("a-17").doesNotContain("a-18");
        assertThat(json(running.get("/api/v1/feeds/a-17?size=1")).path("news")).hasSize(1);
        assertThat(json(running.get("/api/v1/feeds/nobody")).path("news")).isEmpty();
    }

    private void answer(String questionId, String text) {
        var answer = running.post(
                "/api/v1/actions",
                "application/json",
                "{\"kind\": \"answer\", \"question\": \"" + questionId + "\", \"text\": \"" + text
                        + "\", \"author\": \"Marion\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static List<String> ids(JsonNode list) {
        var ids = new ArrayList<String>();
        list.path("questions").forEach(question -> ids.add(question.path("id").asText()));
        return ids;
    }
}
