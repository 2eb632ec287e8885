package io.vigie.server;

import static io.vigie.server.FakeLoop.question;
import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.draft;
import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Theme;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionsEndpointTest {
    private static final String ACTIONS = "/api/v1/actions";
    private static final String DECISION = """
        {"kind": "decision", "offer": "fibre-pro", "theme": "billing.error", "verbatims": ["v1"],
         "title": "Facture refaite", "author": "Marion", "effectiveAt": "2026-02-01T00:00:00Z"}\
        """;

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.put("/api/v1/offers/fibre-pro", "{\"name\": \"Fibre Pro\"}");
        running.put(verbatim("v1", "la facture est fausse"));
        running.loop.put(question("q1", "Le port 25 est-il bloqué ?", NOW.minus(Duration.ofDays(4)), "v1")
                .build());
    }

    @Test
    void aDecisionIsReadAsItWasPublished() {
        var answer = post(DECISION);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode action = json(answer);
        assertThat(action.path("kind").asText()).isEqualTo("decision");
        assertThat(action.path("verbatims").path(0).asText()).isEqualTo("v1");
        assertThat(action.path("at").asText()).isEqualTo(NOW.toString());
        assertThat(action.path("windowDays").asInt()).isEqualTo(28);
        JsonNode read = json(running.get(ACTIONS + "/" + action.path("id").asText()));
        assertThat(read.path("title").asText()).isEqualTo("Facture refaite");
        assertThat(read.has("recurrence")).isTrue();
        assertThat(json(running.get(ACTIONS)).path("actions").path(0)).isEqualTo(action);
    }

    @Test
    void anAnswerTakesOfferAndTitleFromItsQuestion() {
        JsonNode action = json(post(
                "{\"kind\": \"answer\", \"question\": \"q1\", \"text\": \"Il est ouvert.\", \"author\": \"Marion\"}"));

        assertThat(action.path("offer").asText()).isEqualTo("fibre-pro");
        assertThat(action.path("title").asText()).isEqualTo("Le port 25 est-il bloqué ?");
        assertThat(json(running.get(ACTIONS + "/" + action.path("id").asText())).has("recurrence"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        {"kind": "decision", "offer": "fibre-pro", "title": "x", "author": "a"}                       | verbatims | link at least one verbatim
        {"kind": "decision", "offer": "fibre-pro", "title": "x", "author": "a", "verbatims": ["v1", "v9"]} | verbatims | 1 of 2 verbatims are not in the index
        {"kind": "decision", "offer": "nope", "title": "x", "author": "a", "verbatims": ["v1"]}       | offer     | no offer has the id nope
        {"kind": "comment", "title": "x", "text": "t", "author": "a"}                                 | offer     | the id of the offer
        {"kind": "comment", "offer": "unassigned", "title": "x", "text": "t", "author": "a"}          | offer     | the id of the offer
        {"kind": "answer", "text": "t", "author": "a"}                                                | question  | the id of the question
        {"kind": "answer", "question": "q9", "text": "t", "author": "a"}                              | question  | no question has this id
        {"kind": "answer", "question": "q1", "offer": "b", "text": "t", "author": "a"}                | offer     | about the offer fibre-pro
        {"kind": "answer", "question": "q1", "author": "a"}                                           | text      | what there is to say
        {"kind": "told", "question": "q1", "author": "a"}                                             | verbatims | whose customers were told
        {"kind": "answer", "question": "q1", "text": "t", "author": "a", "owner": "b"}                | owner     | kind owner
        {"kind": "answer", "question": "q1", "text": "t"}                                             | author    | the name of who
        {"kind": "answer", "question": "q1", "text": 3, "author": "a"}                                | text      | a text of at most
        {"kind": "reply", "question": "q1", "text": "t", "author": "a"}                               | kind      | answer, decision
        {"kind": "comment", "offer": "fibre-pro", "text": "t", "author": "a"}                         | title     | a text of 1 to
        {"kind": "comment", "offer": "fibre-pro", "title": "x", "text": "t", "author": "a", "theme": "Facture!"} | theme | what matches
        {"kind": "comment", "offer": "fibre-pro", "title": "x", "text": "t", "author": "a", "effectiveAt": "soon"} | effectiveAt | a time such as
        {"kind": "comment", "offer": "fibre-pro", "title": "x", "text": "t", "author": "a", "effectiveAt": "2036-01-01T00:00:00Z"} | effectiveAt | days ahead
        {"kind": "comment", "offer": "fibre-pro", "title": "x", "text": "t", "author": "a", "windowDays": 0} | windowDays | from 1 to 366
        {"kind": "comment", "offer": "fibre-pro", "title": "x", "text": "t", "author": "a", "verbatims": "v1"} | verbatims | an array of at most
        {"kind": "comment", "offer": "fibre-pro", "title": "x", "text": "t", "author": "a", "id": "a b"} | id | what matches
        {"kind": "comment", "ofer": "fibre-pro"}                                                      | -         | did you mean offer
        [1]                                                                                           | -         | expected an object
        """)
    void aWrongActionIsRefusedWithTheReason(String body, String parameter, String detail) {
        var answer = post(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).contains(detail);
        if (parameter != null) {
            assertThat(json(answer).path("parameter").asText()).isEqualTo(parameter);
        }
        assertThat(running.loop.actions()).isEmpty();
    }

    @Test
    void theSameActionSentAgainIsThereOnce() {
        String body = DECISION.replace("\"kind\"", "\"id\": \"d-1\", \"kind\"");

        var first = post(body);
        var again = post(body);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(running.loop.actions()).hasSize(1);
    }

    @Test
    void anIdempotencyKeyIsTheSameAction() {
        var first = keyed("order-66", DECISION);
        var again = keyed("order-66", DECISION);
        var other = keyed("order-67", DECISION);

        assertThat(json(again).path("id")).isEqualTo(json(first).path("id"));
        assertThat(json(other).path("id")).isNotEqualTo(json(first).path("id"));
        assertThat(running.loop.actions()).hasSize(2);
    }

    @Test
    void anotherActionUnderTheSameIdIsAConflict() {
        post(DECISION.replace("\"kind\"", "\"id\": \"d-1\", \"kind\""));

        var answer =
                post(DECISION.replace("\"kind\"", "\"id\": \"d-1\", \"kind\"").replace("refaite", "corrigée"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).path("detail").asText()).contains("d-1").contains("never changed");
    }

    @Test
    void whatWasReadCanBeSentBack() {
        var made = post(DECISION.replace("\"kind\"", "\"id\": \"d-1\", \"kind\""));

        var answer = post(running.get(ACTIONS + "/d-1").body());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(made.body());
    }

    @Test
    void withoutKafkaNothingIsPublished() {
        running.loop.failWith(new TimeoutException("no broker"));

        var answer = post(DECISION);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void actionsAreFoundByWhatTheyAreAbout() {
        post(DECISION);
        post("{\"kind\": \"answer\", \"question\": \"q1\", \"text\": \"Oui.\", \"author\": \"Marion\"}");

        assertThat(total("")).isEqualTo(2);
        assertThat(total("?kind=decision&offer=fibre-pro&theme=billing.error")).isEqualTo(1);
        assertThat(total("?question=q1")).isEqualTo(1);
        assertThat(total("?verbatim=v1")).isEqualTo(1);
        assertThat(total("?theme=billing.refund")).isZero();
        assertThat(running.get(ACTIONS + "?kind=reply").statusCode()).isEqualTo(400);
        assertThat(running.get(ACTIONS + "/none").statusCode()).isEqualTo(404);
    }

    @Test
    void eachNumberOfATestIsTheTotalOfTheSearchBesideIt() throws IOException {
        Instant effective = Instant.parse("2026-02-01T00:00:00Z");
        for (int i = 0; i < 120; i++) {
            boolean before = i % 2 == 0;
            boolean about = before ? i % 4 == 0 : i % 31 == 1;
            Instant at = effective.plus(Duration.ofHours(before ? -1 - i : i));
            running.put(draft("n" + i, "une phrase", i % 7 == 0 ? "autre" : "fibre-pro", Intent.COMPLAINT, at)
                    .setThemes(
                            about ? List.of(new Theme("billing.error", 0.8, List.of(new Evidence(0, 2)))) : List.of())
                    .build());
        }
        String id = json(post(DECISION)).path("id").asText();

        var answer = running.get(ACTIONS + "/" + id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode tested = json(answer).path("recurrence");
        assertThat(tested.path("verdict").asText()).as(tested.toString()).isEqualTo("IMPROVED");
        assertThat(tested.path("windowOver").asBoolean()).isTrue();
        assertThat(tested.path("high").asDouble()).isLessThan(1);
        for (String side : List.of("before", "after")) {
            assertThat(tested.path(side).path("count").asLong())
                    .isEqualTo(found(tested.path(side).path("query").asText()));
            assertThat(tested.path(side).path("of").asLong())
                    .isEqualTo(found(tested.path(side).path("ofQuery").asText()))
                    .isPositive();
        }
    }

    @Test
    void whatHasNotBegunIsTooEarly() {
        String id = json(post(DECISION.replace("2026-02-01", "2026-04-01")))
                .path("id")
                .asText();

        JsonNode tested = json(running.get(ACTIONS + "/" + id)).path("recurrence");

        assertThat(tested.path("verdict").asText()).isEqualTo("TOO_EARLY");
    }

    private long found(String query) {
        return json(running.get("/api/v1/search?" + query)).path("total").asLong();
    }

    private long total(String query) {
        return json(running.get(ACTIONS + query)).path("total").asLong();
    }

    private HttpResponse<String> post(String body) {
        return running.post(ACTIONS, "application/json", body);
    }

    private HttpResponse<String> keyed(String key, String body) {
        return running.exchange(running.request(ACTIONS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }
}
