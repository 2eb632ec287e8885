package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigie.events.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LiveAlertsEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant LONG_AGO = NOW.minus(AlertFeed.SHOWN_MAX.multipliedBy(2));

    @TempDir
    Path directory;

    private RunningServer running;
    private String outages;
    private String bills;

    @BeforeEach
    void start() throws IOException, ServerException {
        running = new RunningServer(directory);
        running.arrive();
        outages = saved("Pannes");
        bills = saved("Factures");
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void anAlertIsSentWithWhatWasSaid() throws IOException {
        running.arrive(verbatim("a", "Une panne"), verbatim("b", "Ma facture"));
        try (var client = live("")) {
            client.message();

            alert(outages, "a", NOW);
            alert(bills, "b", NOW);

            var first = client.event();
            assertThat(first.type()).isEqualTo("alert");
            assertThat(parsed(first).path("searchId").asText()).isEqualTo(outages);
            assertThat(parsed(first).path("verbatimId").asText()).isEqualTo("a");
            assertThat(parsed(first).path("verbatim").path("text").asText()).isEqualTo("Une panne");
            assertThat(parsed(client.event()).path("searchId").asText()).isEqualTo(bills);
        }
    }

    @Test
    void whoAsksForOneSearchGetsItsAlertsAlone() throws IOException {
        running.arrive(verbatim("a", "Une panne"), verbatim("b", "Ma facture"));
        try (var client = live("?search=" + bills)) {
            client.message();

            alert(outages, "a", NOW);
            alert(bills, "b", NOW);

            assertThat(parsed(client.event()).path("verbatimId").asText()).isEqualTo("b");
        }
    }

    @Test
    void whoComesAgainMissesNothingAndSeesNothingTwice() throws IOException {
        running.arrive(verbatim("a", "Une panne"), verbatim("b", "Deux pannes"));
        String last;
        try (var client = live("")) {
            client.message();
            alert(outages, "a", NOW);
            last = client.event().id();
        }

        alert(outages, "b", NOW);

        try (var client = live("", Optional.of(last))) {
            assertThat(parsed(client.event()).path("verbatimId").asText()).isEqualTo("b");
        }
        try (var client = live("?lastEventId=" + last)) {
            assertThat(parsed(client.event()).path("verbatimId").asText()).isEqualTo("b");
        }
    }

    @Test
    void anAlertWaitsUntilWhatWasSaidIsSearchable() throws IOException {
        try (var client = live("")) {
            client.message();
            alert(outages, "a", NOW);

            running.arrive(verbatim("a", "Une panne"));

            assertThat(parsed(client.event()).path("verbatim").path("text").asText())
                    .isEqualTo("Une panne");
        }
    }

    @Test
    void whatWasErasedIsSentWithoutItsWords() throws IOException {
        try (var client = live("")) {
            client.message();

            alert(outages, "erased", LONG_AGO);

            var sent = parsed(client.event());
            assertThat(sent.path("verbatimId").asText()).isEqualTo("erased");
            assertThat(sent.has("verbatim")).isFalse();
        }
    }

    @Test
    void whoIsBehindWhatIsKeptIsToldSoAndGetsWhatIsKept() throws IOException {
        for (int i = 0; i <= AlertLog.ALERTS_MAX; i++) {
            alert(outages, "v" + i, LONG_AGO);
        }

        try (var client = live("?lastEventId=0")) {
            client.message();
            assertThat(client.event().type()).isEqualTo("gap");
            assertThat(parsed(client.event()).path("verbatimId").asText()).isEqualTo("v1");
        }
    }

    @Test
    void aPlaceBehindTheEndIsOneOfAnotherTopic() throws IOException {
        alert(outages, "a", LONG_AGO);

        try (var client = live("?lastEventId=4711")) {
            client.message();
            assertThat(client.event().type()).isEqualTo("gap");
            assertThat(parsed(client.event()).path("verbatimId").asText()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?search=none, 404, GET /api/v1/searches",
        "?lastEventId=-1, 400, leave it out",
        "?lastEventId=x, 400, leave it out",
        "?q=x, 400, q"
    })
    void aWrongRequestIsRefused(String query, int status, String told) {
        var answer = running.get("/api/v1/alerts/live" + query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(told);
    }

    private String saved(String name) {
        var answer = running.post(
                "/api/v1/searches", "application/json", "{\"name\": \"" + name + "\", \"search\": {\"q\": \"x\"}}");
        return json(answer).path("id").asText();
    }

    private void alert(String search, String verbatim, Instant matchedAt) {
        running.searches.alert(new Alert(search, verbatim, matchedAt, matchedAt));
    }

    private EventClient live(String query) {
        return live(query, Optional.empty());
    }

    private EventClient live(String query, Optional<String> lastEventId) {
        return new EventClient(
                running.request("/api/v1/alerts/live" + query).build().uri(), lastEventId);
    }

    private static JsonNode parsed(EventClient.Message message) throws IOException {
        return JSON.readTree(message.data());
    }
}
