package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.Intent;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LiveEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.arrive();
    }

    @Test
    void aNewVerbatimIsSentAsTheHitOfASearch() throws IOException {
        running.arrive(verbatim("old", "La facture d'avant"));
        try (var client = live("?q=facture")) {
            client.message();

            running.arrive(verbatim("a", "Ma facture est fausse"), verbatim("b", "Rien"));

            var event = client.event();
            assertThat(event.type()).isEqualTo("verbatim");
            assertThat(parsed(event)).isEqualTo(hit("/api/v1/search?q=facture&sort=newest"));
            assertThat(event.data())
                    .contains("\"highlights\":[{\"start\":3,\"end\":10}]")
                    .doesNotContain("secret-key");
            assertThat(client.response().headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void filtersHoldAsForASearch() throws IOException {
        try (var client = live("?intent=praise&offer=mobile-s,fibre-pro&from=2026-03-15")) {
            client.message();

            running.arrive(
                    verbatim("a", "non"),
                    verbatim("b", "hier", "mobile-s", Intent.PRAISE, NOW.minusSeconds(86_400)),
                    verbatim("c", "ailleurs", "box", Intent.PRAISE, NOW),
                    verbatim("d", "oui", "mobile-s", Intent.PRAISE, NOW));

            assertThat(id(client.event())).isEqualTo("d");
        }
    }

    @Test
    void oneWhoWasSentNothingMissesNothingEither() throws IOException {
        String id;
        try (var client = live("?q=box")) {
            id = client.message().id();
        }

        running.arrive(verbatim("a", "box"));

        try (var client = live("?q=box", Optional.of(id))) {
            assertThat(id(client.event())).isEqualTo("a");
        }
        try (var client = live("?q=box&lastEventId=" + id)) {
            assertThat(id(client.event())).isEqualTo("a");
        }
    }

    @Test
    void whoComesAgainMissesNothingAndSeesNothingTwice() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var said = new ArrayList<String>();
        var seen = new ArrayList<String>();
        Optional<String> last = Optional.empty();

        for (int connection = 0; connection < 15; connection++) {
            try (var client = live("?q=box", last)) {
                last = Optional.of(client.message().id());
                for (int refresh = random.nextInt(4); refresh > 0; refresh--) {
                    said.addAll(arrive(said.size(), random.nextInt(4)));
                }
                for (int reads = random.nextInt(said.size() - seen.size() + 1); reads > 0; reads--) {
                    var event = client.event();
                    seen.add(id(event));
                    last = Optional.of(event.id());
                }
            }
            said.addAll(arrive(said.size(), random.nextInt(3)));
        }
        try (var client = live("?q=box", last)) {
            client.events(said.size() - seen.size()).forEach(event -> seen.add(id(event)));
        }

        assertThat(seen).as("seed %d", seed).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=(box", "q=offer:(fibre+AND+%22box", "intent=rage", "from=hier"})
    void whatASearchRefusesIsRefusedInTheSameWords(String query) {
        var searched = running.get("/api/v1/search?" + query);
        var live = running.get("/api/v1/live?" + query);

        assertThat(live.statusCode()).isEqualTo(400);
        assertThat(problem(json(live))).isEqualTo(problem(json(searched)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "size=5",
                "cursor=abc",
                "facets=offer",
                "sort=newest",
                "interval=day",
                "stats=true",
                "group=similar",
                "x=1"
            })
    void whatAStreamCannotDoIsRefusedByName(String query) {
        var answer = running.get("/api/v1/live?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("unknown parameter \\\"" + query.split("=", 2)[0]);
    }

    @Test
    void aLastEventIdThatIsNoneIsRefused() {
        var answer = running.get("/api/v1/live?lastEventId=42!");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("lastEventId is \\\"42!\\\"");
    }

    @Test
    void theIdOfAnotherTopicIsAGap() {
        try (var client = live("?lastEventId=zzzzzz.0-5")) {
            var gap = client.event();

            assertThat(gap.type()).isEqualTo("gap");
            assertThat(parsed(gap).path("detail").asText()).contains("search");
        }
    }

    @Test
    void headIsAnsweredAndEnds() {
        var answer = running.exchange(running.request("/api/v1/live").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    }

    @Test
    void clientsAreCountedAndLimited() throws IOException {
        var clients = new ArrayList<EventClient>();
        for (int i = 0; i < LiveEndpoint.CLIENTS_MAX; i++) {
            clients.add(live(""));
        }

        var refused = running.get("/api/v1/live");
        running.arrive(verbatim("a", "box"));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");
        assertThat(running.get("/metrics").body()).contains("vigie_live_clients 50.0");
        for (var client : clients) {
            assertThat(id(client.event())).isEqualTo("a");
            client.close();
        }
    }

    @Test
    void aStoppingServerEndsItsStreamsInOrder() throws IOException {
        var client = live("");
        client.message();

        running.server.close();

        client.awaitEnd();
        client.close();
    }

    private List<String> arrive(int from, int count) throws IOException {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            String id = "id" + (from + i);
            ids.add(id);
            running.arrive(verbatim(id, "box"), verbatim("not-" + id, "rien"));
        }
        return ids;
    }

    private EventClient live(String query) {
        return live(query, Optional.empty());
    }

    private EventClient live(String query, Optional<String> lastEventId) {
        return new EventClient(running.request("/api/v1/live" + query).build().uri(), lastEventId);
    }

    private JsonNode hit(String search) {
        return json(running.get(search)).path("hits").path(0);
    }

    private static String id(EventClient.Message event) {
        return parsed(event).path("id").asText();
    }

    private static JsonNode parsed(EventClient.Message event) {
        try {
            return JSON.readTree(event.data());
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + event, e);
        }
    }

    /** Without what is of one request. */
    private static JsonNode problem(JsonNode problem) {
        return ((ObjectNode) problem).without(List.of("instance", "requestId"));
    }
}
