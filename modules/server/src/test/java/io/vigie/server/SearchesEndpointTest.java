package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Alert;
import io.vigie.events.Intent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchesEndpointTest {
    private static final String SEARCHES = "/api/v1/searches";

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @Test
    void aSavedSearchIsListedAsItWasSent() {
        var answer = post("""
                {"name": "Pannes fibre", "search": {"q": "panne -mobile", "offer": ["fibre-pro"], "intent": "complaint"},
                 "digest": "Daily", "throttleSeconds": 3600, "minimumCount": 3, "webhook": "http://127.0.0.1:9/x"}""");

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode saved = json(answer);
        assertThat(saved.path("search").toString())
                .isEqualTo("{\"q\":\"panne -mobile\",\"offer\":[\"fibre-pro\"],\"intent\":[\"COMPLAINT\"],"
                        + "\"zone\":\"Europe/Paris\"}");
        assertThat(saved.path("digest").asText()).isEqualTo("daily");
        assertThat(saved.path("throttleSeconds").asInt()).isEqualTo(3600);
        assertThat(saved.path("minimumCount").asInt()).isEqualTo(3);
        assertThat(saved.path("active").asBoolean()).isTrue();
        assertThat(saved.path("since").asText()).isEqualTo(NOW.toString());
        assertThat(json(running.get(SEARCHES)).path("searches").path(0)).isEqualTo(saved);
        assertThat(json(running.get(SEARCHES + "/" + saved.path("id").asText())))
                .isEqualTo(saved);
    }

    @Test
    void whatWasReadCanBePutBack() {
        String saved = post("{\"name\": \"x\", \"search\": {\"q\": \"box\", \"from\": \"2026-03-01\"},"
                        + " \"mutedUntil\": \"2026-04-01T00:00:00Z\"}")
                .body();
        String path = SEARCHES + "/" + id(saved);

        var answer = running.put(path, saved);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(saved);
    }

    @Test
    void aRemovedSearchIsGone() {
        String path =
                SEARCHES + "/" + id(post("{\"name\": \"x\", \"search\": {}}").body());

        var answer = running.exchange(running.request(path).DELETE());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(running.get(path).statusCode()).isEqualTo(404);
        assertThat(running.put(path, "{\"name\": \"x\", \"search\": {}}").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {"name": "x"}                                              | search   | an object such as
            {"search": {}}                                             | name     | a text of 1 to 200
            {"name": 3, "search": {}}                                  | name     | a text
            {"name": "x", "search": {"intent": "anger"}}               | intent   | COMPLAINT
            {"name": "x", "search": {"from": "soon"}}                  | from     | a date such as
            {"name": "x", "search": {"ofer": "a"}}                     | -        | did you mean offer
            {"name": "x", "search": {"size": 3}}                       | -        | unknown parameter "size"
            {"name": "x", "search": {"q": {}}}                         | search.q | an array of texts
            {"name": "x", "search": {}, "digest": "weekly"}            | digest   | immediate, hourly, daily
            {"name": "x", "search": {}, "throttleSeconds": -1}         | throttleSeconds | from 0 to
            {"name": "x", "search": {}, "minimumCount": 0}             | minimumCount | from 1 to
            {"name": "x", "search": {}, "mutedUntil": "later"}         | mutedUntil | a time such as
            {"name": "x", "search": {}, "active": "yes"}               | active   | true or false
            {"name": "x", "search": {}, "webhook": "ftp://x.example/"} | webhook  | not http
            {"name": "x", "search": {}, "webhook": "http://10.0.0.1/"} | webhook  | not public
            {"name": "x", "search": {}, "webhok": "http://a/"}         | -        | did you mean webhook
            [1]                                                        | -        | expected an object
            """)
    void aWrongSearchIsRefusedWithTheReason(String body, String parameter, String detail) {
        var answer = post(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).contains(detail);
        if (parameter != null) {
            assertThat(json(answer).path("parameter").asText()).isEqualTo(parameter);
        }
        assertThat(running.searches.searches()).isEmpty();
    }

    @Test
    void aQueryThatIsNotWellFormedIsRefusedAtItsColumn() {
        var answer = post("{\"name\": \"x\", \"search\": {\"q\": \"box (panne\"}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("type").asText()).endsWith("query-syntax");
        assertThat(json(answer).path("column").asInt()).isEqualTo(5);
    }

    @Test
    void aChangedSearchGoesOnAndOneThatWasSwitchedOffBeginsAnew() throws Refusal {
        var on = JsonItems.single("{\"name\": \"x\", \"search\": {}}".getBytes(StandardCharsets.UTF_8));
        var off = JsonItems.single(
                "{\"name\": \"x\", \"search\": {}, \"active\": false}".getBytes(StandardCharsets.UTF_8));
        var later = NOW.plusSeconds(60);
        var made = SavedSearchJson.read(on, "s", Optional.empty(), Optional.empty(), NOW);

        var changed = SavedSearchJson.read(on, "s", Optional.of(made), Optional.empty(), later);
        var stopped = SavedSearchJson.read(off, "s", Optional.of(made), Optional.empty(), later);
        var again = SavedSearchJson.read(on, "s", Optional.of(stopped), Optional.empty(), later.plusSeconds(60));

        assertThat(changed.getSince()).isEqualTo(NOW);
        assertThat(changed.getUpdatedAt()).isEqualTo(later);
        assertThat(again.getSince()).isEqualTo(later.plusSeconds(60));
        assertThat(again.getCreatedAt()).isEqualTo(NOW);
    }

    @Test
    void aBacktestCountsWhatASearchCounts() throws IOException {
        for (int i = 0; i < 40; i++) {
            running.put(verbatim(
                    "v" + i,
                    i % 3 == 0 ? "la box est en panne" : "merci",
                    "fibre-pro",
                    Intent.COMPLAINT,
                    NOW.minus(Duration.ofHours(12L * i))));
        }
        String id = id(post("{\"name\": \"x\", \"search\": {\"q\": \"panne\"}, \"minimumCount\": 1}")
                .body());

        JsonNode tried = json(running.get(SEARCHES + "/" + id + "/backtest?from=2026-03-01&to=2026-03-12"));

        long total = json(running.get("/api/v1/search?q=panne&from=2026-03-01&to=2026-03-12"))
                .path("total")
                .asLong();
        assertThat(tried.path("total").asLong()).isEqualTo(total).isGreaterThan(5);
        long days = 0;
        for (JsonNode day : tried.path("days")) {
            days += day.path("count").asLong();
        }
        assertThat(days).isEqualTo(total);
        assertThat(tried.path("days")).hasSize(12);
        assertThat(tried.path("examples").path(0).path("text").asText()).contains("panne");
        assertThat(tried.path("daysWithEnough").asLong()).isPositive().isLessThanOrEqualTo(total);
    }

    @Test
    void aBacktestWithoutTimeOfItsOwnIsRefused() {
        String id = id(
                post("{\"name\": \"x\", \"search\": {\"to\": \"2020-01-01\"}}").body());

        var answer = running.get(SEARCHES + "/" + id + "/backtest");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).contains("no time in common");
    }

    @Test
    void alertsComeWithTheirVerbatimsAsLongAsThoseAreThere() throws IOException {
        running.put(verbatim("a", "la box est en panne"));
        String id = id(post("{\"name\": \"x\", \"search\": {\"q\": \"panne\"}}").body());
        running.searches.alerts.add(new Alert(id, "a", NOW, NOW));
        running.searches.alerts.add(new Alert(id, "erased", NOW, NOW));

        JsonNode alerts = json(running.get("/api/v1/alerts?search=" + id)).path("alerts");

        assertThat(alerts).hasSize(2);
        assertThat(alerts.path(0).path("verbatim").path("text").asText()).isEqualTo("la box est en panne");
        assertThat(alerts.path(1).has("verbatim")).isFalse();
        assertThat(running.get("/api/v1/alerts?search=none").statusCode()).isEqualTo(404);
        assertThat(running.get("/api/v1/alerts").statusCode()).isEqualTo(400);
    }

    @Test
    void withoutKafkaASearchIsNotSaved() {
        running.searches.failWith(new TimeoutException("no broker"));

        var answer = post("{\"name\": \"x\", \"search\": {}}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private HttpResponse<String> post(String body) {
        return running.post(SEARCHES, "application/json", body);
    }

    private static String id(String saved) {
        return saved.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
    }
}
