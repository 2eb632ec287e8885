package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Intent;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SearchEndpointTest {
    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.put(
                verbatim("a", "Ma facture est fausse", "fibre-pro", Intent.COMPLAINT, NOW),
                verbatim("b", "Le port 25 est-il bloqué ?", "fibre-pro", Intent.QUESTION, NOW.minusSeconds(3600)),
                verbatim("c", "Facture encore fausse", "mobile-s", Intent.COMPLAINT, NOW.minus(Duration.ofDays(40))));
    }

    @Test
    void aHitTellsAllThatIsKnownAndNothingOfTheCustomer() {
        var answer = running.get("/api/v1/search?q=port");

        JsonNode hit = json(answer).at("/hits/0");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(hit.get("id").asText()).isEqualTo("b");
        assertThat(hit.get("intent").asText()).isEqualTo("QUESTION");
        assertThat(hit.get("occurredAt").asText()).isEqualTo("2026-03-15T11:00:00Z");
        assertThat(hit.at("/themes/0/evidence/0").toString()).isEqualTo("{\"start\":0,\"end\":2}");
        assertThat(hit.at("/highlights/0").toString()).isEqualTo("{\"start\":3,\"end\":7}");
        assertThat(hit.get("score").doubleValue()).isPositive();
        assertThat(answer.body()).doesNotContain("secret-key").doesNotContain("null");
    }

    @Test
    void totalsFacetsAndHistogramCoverTheWholeResult() {
        JsonNode result = json(
                running.get("/api/v1/search?q=facture&size=1&facets=offer,intent&facets=lang&interval=month&zone=UTC"));

        assertThat(result.get("total").intValue()).isEqualTo(2);
        assertThat(result.get("totalRelation").asText()).isEqualTo("eq");
        assertThat(result.get("hits")).hasSize(1);
        assertThat(result.at("/facets/intent").toString()).isEqualTo("[{\"value\":\"COMPLAINT\",\"count\":2}]");
        assertThat(result.at("/facets/lang").toString()).isEqualTo("[{\"value\":\"fr\",\"count\":2}]");
        assertThat(result.get("histogram").toString())
                .isEqualTo("[{\"start\":\"2026-02-01T00:00:00Z\",\"count\":1},"
                        + "{\"start\":\"2026-03-01T00:00:00Z\",\"count\":1}]");
        assertThat(result.get("cursor").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            offer=fibre-pro                     | a b
            offer=fibre-pro,mobile-s            | a b c
            offer=fibre-pro&offer=mobile-s      | a b c
            offer=fibre-pro&intent=question     | b
            kind=TICKET&channel=EMAIL&lang=FR   | a b c
            theme=none                          | ''
            from=2026-03-15                     | a b
            to=2026-03-14                       | c
            to=2026-03-15                       | a b c
            from=2026-03-15T11:30:00Z           | a
            from=2026-03-15T12:30:00            | a
            from=2026-03-15T12:30:00%2B01:00    | a
            to=1773572400000                    | c
            to=1773572400001                    | b c
            sort=relevance&q=facture            | a c
            q=&offer=                           | a b c
            """)
    void filtersAndTimesNarrowTheResult(String parameters, String expected) {
        JsonNode result = json(running.get("/api/v1/search?" + parameters));

        assertThat(result.get("hits").findValuesAsText("id").stream().sorted().toList())
                .isEqualTo(Stream.of(expected.split(" ", -1))
                        .filter(id -> !id.isEmpty())
                        .toList());
    }

    @Test
    void theCursorLeadsThroughAllPages() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode result = json(running.get("/api/v1/search?size=1" + cursor));
            seen.add(result.at("/hits/0/id").asText());
            cursor = "&cursor=" + encoded(result.path("cursor").asText());
        }

        assertThat(seen).containsExactly("a", "b", "c");
        assertThat(cursor).isEqualTo("&cursor=");
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-03-15T00:00:00Z&to=2026-03-16T00:00:00Z, hour",
        "from=2026-02-01, day",
        "from=2025-01-01, week",
        "from=2020-01-01, month",
        "offer=mobile-s, day",
        "q=, day"
    })
    void theWidthOfTheHistogramIsChosenByTheTimeItSpans(String parameters, String interval) {
        JsonNode result = json(running.get("/api/v1/search?interval=auto&" + parameters));

        assertThat(result.get("interval").asText()).isEqualTo(interval);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            size=101           | size is "101"; allowed: 0 to 100
            size=-1            | size is "-1"; allowed: 0 to 100
            size=ten           | size is "ten"; allowed: 0 to 100
            from=notadate      | from is "notadate"; allowed: a date such as
            to=2026-02-30      | to is "2026-02-30"; allowed: a date
            from=9999999999999999999 | from is "9999999999999999999"; allowed
            sort=nope          | sort is "nope"; allowed: relevance, newest
            interval=year      | interval is "year"; allowed: hour, day, week, month, auto
            facets=offers      | facets is "offers"; allowed: offer, theme
            intent=ANGER       | intent is "ANGER"; allowed: COMPLAINT, QUESTION
            zone=Mars/Base     | zone is "Mars/Base"; allowed: a time zone
            ofer=fibre-pro     | unknown parameter "ofer"; did you mean offer?
            colour=red         | unknown parameter "colour"; known are after, channel, cursor
            q=a&q=b            | q is given 2 times
            from=2026-03-02&to=2026-03-01 | from is not before to
            cursor=garbage     | cursor
            """)
    void aBadParameterIsNamedWithWhatIsAllowed(String parameters, String detail) {
        HttpResponse<String> answer = running.get("/api/v1/search?" + parameters);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("detail").asText()).contains(detail);
    }

    @Test
    void aSyntaxErrorTellsTheColumn() {
        var answer = running.get("/api/v1/search?q=" + encoded("offer:(fibre AND \"box"));

        JsonNode problem = json(answer);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(problem.get("type").asText()).isEqualTo("urn:vigie:problem:query-syntax");
        assertThat(problem.get("column").intValue()).isBetween(1, 22);
        assertThat(problem.get("detail").asText())
                .contains("column " + problem.get("column").intValue());
        assertThat(problem.get("instance").asText()).isEqualTo("/api/v1/search");
        assertThat(problem.get("requestId").asText())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void oneVerbatimIsFoundByItsId() {
        assertThat(json(running.get("/api/v1/verbatims/c")).get("text").asText())
                .isEqualTo("Facture encore fausse");
        assertThat(running.get("/api/v1/verbatims/absent").statusCode()).isEqualTo(404);
    }

    static Stream<String> bombs() {
        return Stream.of(
                "(".repeat(6000) + "a" + ")".repeat(6000),
                "/" + "(".repeat(1500) + "a" + ")".repeat(1500) + "/",
                "*a".repeat(1500),
                String.join(
                        " OR ",
                        IntStream.range(0, 20_000).mapToObj(i -> "w" + i).toList()),
                "facture AND",
                "[2020 TO",
                "\"",
                "\\",
                "foo:bar:baz",
                "\u0000",
                "()",
                "é".repeat(4000),
                "-".repeat(3000),
                "\"a b\"~999999999",
                "a~9 ".repeat(500));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void whateverIsAskedIsAnsweredInTimeOrRefused(String query) {
        long start = System.nanoTime();

        var answer = running.get("/api/v1/search?q=" + encoded(query));

        assertThat(answer.statusCode()).isIn(200, 400, 408, 413, 414, 422, 429, 431);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        if (answer.statusCode() != 200) {
            assertThat(json(answer).get("detail").asText()).isNotEmpty();
        }
        assertThat(json(running.get("/api/v1/search?q=facture")).get("total").intValue())
                .isEqualTo(2);
    }

    @Test
    void searchesAndRefusalsAreMeasured() {
        assertThat(running.meters.scrape())
                .contains("vigie_search_rejected_total{reason=\"busy\"} 0.0")
                .contains("vigie_search_seconds_bucket{endpoint=\"search\",le=\"0.25\"} 0");

        running.get("/api/v1/search?q=facture");
        running.get("/api/v1/search?q=" + encoded("facture AND ("));
        running.get("/api/v1/search?colour=red");

        assertThat(running.get("/metrics").body())
                .contains("vigie_search_seconds_count{endpoint=\"search\"} 1")
                .contains("vigie_search_rejected_total{reason=\"syntax\"} 1.0")
                .contains("vigie_search_rejected_total{reason=\"bad_parameter\"} 1.0");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
