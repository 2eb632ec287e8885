package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.draft;
import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is around a verbatim, and what a search answers beyond its hits. */
class NeighboursEndpointTest {
    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.put(
                said("a", "Le prélèvement de mars a été fait deux fois, remboursez-moi vite", 0, 3),
                said("b", "Le prélèvement de mars a été fait trois fois, remboursez-moi vite", 60, 9),
                said("c", "Toujours rien pour le double prélèvement de mars", -60, 0),
                verbatim("d", "Le port 25 est-il bloqué ?", "mobile-s", Intent.QUESTION, NOW));
    }

    private static Verbatim said(String id, String text, int seconds, int nps) {
        return draft(id, text, "fibre-pro", Intent.COMPLAINT, NOW.plusSeconds(seconds))
                .setConversationId("t-1")
                .setNps(nps)
                .setSeverity(seconds == 0 ? 3 : 2)
                .build();
    }

    @Test
    void aConversationIsToldFromItsStart() {
        var answer = running.get("/api/v1/verbatims/a/conversation");

        JsonNode conversation = json(answer);
        assertThat(conversation.get("total").intValue()).isEqualTo(3);
        assertThat(conversation.get("verbatims").findValuesAsText("id")).containsExactly("c", "a", "b");
        assertThat(answer.body()).doesNotContain("secret-key");
    }

    @Test
    void similarVerbatimsTellWhy() {
        var answer = running.get("/api/v1/verbatims/a/similar?size=5");

        JsonNode similar = json(answer);
        JsonNode hit = similar.at("/hits/0");
        assertThat(similar.at("/nearDuplicates").findValuesAsText("id")).containsExactly("b");
        assertThat(similar.at("/nearDuplicates/0/resemblance").doubleValue()).isBetween(0.6, 1.0);
        assertThat(similar.get("hits")).hasSize(1);
        assertThat(hit.get("id").asText()).isEqualTo("c");
        assertThat(hit.get("words").toString()).contains("prélèvement", "mars");
        assertThat(hit.at("/highlights").toString()).isEqualTo("[{\"start\":29,\"end\":40},{\"start\":44,\"end\":48}]");
        assertThat(hit.get("duplicates")).isEmpty();
        assertThat(similar.get("words")).isNotEmpty();
        assertThat(answer.body()).doesNotContain("secret-key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            absent/similar         | 404 | no verbatim has this id
            absent/conversation    | 404 | no verbatim has this id
            a/similar?size=51      | 400 | size is "51"; allowed: 0 to 50
            a/similar?size=x       | 400 | size is "x"; allowed: 0 to 50
            a/similar?sise=5       | 400 | unknown parameter "sise"; did you mean size?
            a/conversation?size=5  | 400 | unknown parameter "size"; there are none
            """)
    void whatCannotBeAnsweredSaysWhy(String path, int status, String detail) {
        var answer = running.get("/api/v1/verbatims/" + path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).get("detail").asText()).contains(detail);
    }

    @Test
    void theFacetOfAFilterShowsItsOtherValues() {
        JsonNode result = json(running.get("/api/v1/search?offer=mobile-s&facets=offer,intent"));

        assertThat(result.get("total").intValue()).isEqualTo(1);
        assertThat(result.at("/facets/offer").toString())
                .isEqualTo("[{\"value\":\"fibre-pro\",\"count\":3},{\"value\":\"mobile-s\",\"count\":1}]");
        assertThat(result.at("/facets/intent").toString()).isEqualTo("[{\"value\":\"QUESTION\",\"count\":1}]");
    }

    @Test
    void theNumbersOfAResultAreSummedUpWhenAsked() {
        JsonNode stats = json(running.get("/api/v1/search?size=1&offer=fibre-pro&stats=true"))
                .get("stats");

        assertThat(stats.toString())
                .isEqualTo("{\"sentiment\":-0.5,\"severe\":1,\"churn\":0,"
                        + "\"nps\":{\"score\":-33.333333333333336,\"answers\":3,"
                        + "\"promoters\":1,\"passives\":0,\"detractors\":2},\"csat\":{\"answers\":0}}");
        assertThat(json(running.get("/api/v1/search?q=")).has("stats")).isFalse();
        assertThat(json(running.get("/api/v1/search?stats=oui")).get("detail").asText())
                .contains("stats is \"oui\"; allowed: true, false");
    }

    @Test
    void aQueryThatFindsNothingIsToldWhatWasMeant() {
        JsonNode result = json(running.get("/api/v1/search?q=prelevemnt&facets=offer"));
        // A busy machine finds none in the time it has for it, and says nothing then.
        for (int i = 0; i < 20 && !result.has("suggestion"); i++) {
            result = json(running.get("/api/v1/search?q=prelevemnt&facets=offer"));
        }

        assertThat(result.get("total").intValue()).isZero();
        assertThat(result.path("suggestion").toString()).isEqualTo("{\"query\":\"prélèvement\",\"total\":3}");
        assertThat(json(running.get("/api/v1/search?q=prelevement")).has("suggestion"))
                .isFalse();
    }

    @Test
    void theyAreMeasured() {
        running.get("/api/v1/verbatims/a/conversation");
        running.get("/api/v1/verbatims/a/similar");

        assertThat(running.get("/metrics").body())
                .contains("vigie_search_seconds_count{endpoint=\"conversation\"} 1")
                .contains("vigie_search_seconds_count{endpoint=\"similar\"} 1");
    }
}
