package io.vigie.server;

import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchPagesTest {
    private static final String RELEVANCE = "/api/v1/search?q=box&size=1&sort=relevance&cursor=";
    private static final String NEWEST = "/api/v1/search?q=box&size=1&sort=newest&cursor=";

    @TempDir
    Path directory;

    private final TurnedClock clock = new TurnedClock();
    private RunningServer running;

    @BeforeEach
    void start() throws IOException, ServerException {
        running = new RunningServer(directory, ServerSettings.at("127.0.0.1", 0), clock);
        running.put(verbatim("a", "box"), verbatim("b", "box"));
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void theNextPageIsOfTheStateOfTheFirst() throws IOException {
        String relevance = cursor(RELEVANCE);
        String newest = cursor(NEWEST);
        running.put(verbatim("b", "tout va bien"), verbatim("c", "box box"));

        for (String page : new String[] {RELEVANCE + relevance, NEWEST + newest}) {
            var next = json(running.get(page));
            assertThat(next.at("/hits/0/id").asText()).isEqualTo("b");
            assertThat(next.has("sameState")).isFalse();
        }
    }

    @Test
    void whatIsErasedIsOnNoNextPage() throws IOException {
        String relevance = cursor(RELEVANCE);
        String newest = cursor(NEWEST);
        running.index.delete("b");
        running.index.refresh();

        var refused = running.get(RELEVANCE + relevance);
        var next = json(running.get(NEWEST + newest));

        assertThat(refused.statusCode()).isEqualTo(410);
        assertThat(next.get("sameState").booleanValue()).isFalse();
        assertThat(next.get("hits")).isEmpty();
    }

    @Test
    void aPageWhoseStateIsGoneIsRefusedByRelevanceAndGoesOnByNewest() throws IOException {
        String relevance = cursor(RELEVANCE);
        String newest = cursor(NEWEST);
        running.put(verbatim("c", "box"));
        clock.turn(Duration.ofHours(1));

        var refused = running.get(RELEVANCE + relevance);
        var next = json(running.get(NEWEST + newest));

        assertThat(refused.statusCode()).isEqualTo(410);
        assertThat(json(refused).get("type").asText()).isEqualTo("urn:vigie:problem:cursor-expired");
        assertThat(json(refused).get("detail").asText()).contains("leave the cursor out to start again");
        assertThat(next.get("sameState").booleanValue()).isFalse();
        assertThat(next.at("/hits/0/id").asText()).isEqualTo("b");
        assertThat(running.get("/metrics").body())
                .contains("vigie_search_rejected_total{reason=\"cursor_expired\"} 1.0");
    }

    private String cursor(String search) {
        return json(running.get(search)).get("cursor").asText();
    }
}
