package io.vigie.server;

import static io.vigie.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffersEndpointTest {
    private static final String OFFER = "/api/v1/offers/fibre-pro";

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @Test
    void aDeclaredOfferIsListed() {
        var answer = running.put(
                OFFER,
                "{\"name\": \"Fibre Pro\", \"aliases\": [\"FTTO\"], \"segment\": \"B2B\", \"owner\": \"Karim\"}");

        String offer =
                "{\"id\":\"fibre-pro\",\"name\":\"Fibre Pro\",\"aliases\":[\"FTTO\"],\"segment\":\"B2B\",\"owner\":\"Karim\"}";
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(offer);
        assertThat(running.get(OFFER).body()).isEqualTo(offer);
        assertThat(running.get("/api/v1/offers").body()).isEqualTo("{\"offers\":[" + offer + "]}");
    }

    @Test
    void whatWasReadCanBePutBack() {
        running.put(OFFER, "{\"name\": \"Fibre Pro\", \"launchedAt\": \"2020-01-01T00:00:00Z\"}");

        var answer = running.put(OFFER, running.get(OFFER).body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("launchedAt").asText()).isEqualTo("2020-01-01T00:00:00Z");
    }

    @Test
    void aRemovedOfferIsGone() {
        running.put(OFFER, "{\"name\": \"Fibre Pro\"}");

        var answer = running.exchange(running.request(OFFER).DELETE());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(running.get(OFFER).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fibre-pro  | {"aliases": []}                       | missing name
            fibre-pro  | {"name": ""}                          | name is blank
            fibre-pro  | {"name": "x", "id": "other"}          | id in the body
            fibre-pro  | {"name": "x", "alias": ["y"]}         | did you mean aliases
            fibre-pro  | {"name": "x", "aliases": "y"}         | aliases: expected an array
            fibre-pro  | {"name":                              | line 1, column
            fibre-pro  | [1]                                   | expected an object
            fibre%20pro | {"name": "x"}                        | offerId is
            unassigned | {"name": "x"}                         | offerId is
            """)
    void aBadOfferIsRefusedWithTheReason(String id, String body, String detail) {
        var answer = running.put("/api/v1/offers/" + id, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("detail").asText()).contains(detail);
        assertThat(running.kafka.sent()).isEmpty();
    }

    @Test
    void withoutKafkaAnOfferIsNotDeclared() {
        running.kafka.failWith(new TimeoutException("no broker"));

        var answer = running.put(OFFER, "{\"name\": \"Fibre Pro\"}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
