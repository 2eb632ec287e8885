package io.vigie.server;

import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.index.Checkpoint;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadYourWritesTest {
    private static final String TICKET = """
            {"eventId": "e", "source": "s", "occurredAt": 1773576000000, "channel": "EMAIL", "ticketId": "t", \
            "action": "CREATED", "author": "CUSTOMER", "body": "Plus rien"}""";
    private static final TopicPartition EVENTS = new TopicPartition(FakeKafka.TOPIC, 0);
    private static final TopicPartition VERBATIMS = new TopicPartition("verbatims", 0);

    @TempDir
    Path directory;

    private RunningServer running;

    @BeforeEach
    void start() throws IOException, ServerException {
        running = new RunningServer(directory);
        running.arrive();
    }

    /** The server waits only a little from now on. */
    private void hurry() throws IOException, ServerException {
        stop();
        running = new RunningServer(directory, Duration.ofMillis(300));
        running.arrive();
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void aSearchWaitsForTheStreamAndThenForTheIndex() throws IOException {
        String token = send();
        var search = CompletableFuture.supplyAsync(() -> running.get("/api/v1/search?q=box&after=" + token));
        running.offsets.ends.put(VERBATIMS, 1L);
        awaitAsked(3);
        assertThat(search).isNotDone();

        running.offsets.committed.put(EVENTS, 1L);
        running.arrive(verbatim("a", "box"));

        assertThat(json(search.join()).path("total").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"search", "export", "live"})
    void whatTheStreamHasNotReadInTimeIsSaidToBeLate(String endpoint) throws IOException, ServerException {
        hurry();
        var late = running.get("/api/v1/" + endpoint + "?after=" + send());

        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(late).path("detail").asText())
                .contains("the stream has not read the events within 300 ms", "leave after out");
    }

    @Test
    void whatTheIndexHasNotReadInTimeIsSaidToBeLate() throws IOException, ServerException {
        hurry();
        String token = send();
        running.offsets.committed.put(EVENTS, 1L);
        running.offsets.ends.put(VERBATIMS, 1L);

        var late = running.get("/api/v1/search?after=" + token);

        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(json(late).path("detail").asText()).contains("the index has not read the verbatims");
    }

    @Test
    void anEventWithoutAVerbatimIsNotWaitedForLongerThanTheStreamTakes() {
        String token = send();
        running.offsets.committed.put(EVENTS, 1L);

        assertThat(running.get("/api/v1/search?after=" + token).statusCode()).isEqualTo(200);
        assertThat(running.get("/api/v1/export?after=" + token).statusCode()).isEqualTo(200);
    }

    @Test
    void theLastOfSeveralTokensCounts() throws IOException, ServerException {
        hurry();
        String first = send();
        String second = send();
        running.offsets.committed.put(EVENTS, 1L);

        assertThat(running.get("/api/v1/search?after=" + first).statusCode()).isEqualTo(200);
        assertThat(running.get("/api/v1/search?after=" + first + "&after=" + second)
                        .statusCode())
                .isEqualTo(503);
        assertThat(running.get("/api/v1/search?after=" + second + "," + first).statusCode())
                .isEqualTo(503);
    }

    @Test
    void aTokenOfAnotherInstallationOrNoneAtAllIsRefused() {
        String token = send();
        for (String wrong : List.of("x", "%20%21", token.substring(1), token + "AAAA", "A".repeat(9_000))) {
            var answer = running.get("/api/v1/search?after=" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(json(answer).path("detail").asText()).startsWith("after is");
        }
        running.index.reached(new Checkpoint("another", Map.of()));

        assertThat(running.get("/api/v1/search?after=" + token).statusCode()).isEqualTo(400);
    }

    @Test
    void aBlankTokenIsNone() {
        assertThat(running.get("/api/v1/search?after=").statusCode()).isEqualTo(200);
    }

    @Test
    void whenKafkaDoesNotAnswerThatIsSaid() {
        String token = send();
        running.offsets.broken = true;

        var answer = running.get("/api/v1/search?after=" + token);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("detail").asText()).startsWith("Kafka does not say");
    }

    @Test
    void whoWaitsAtTheSameTimeSharesWhatKafkaSays() {
        String token = send();
        var searches = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 20; i++) {
            searches.add(running.client()
                    .sendAsync(
                            running.request("/api/v1/search?after=" + token)
                                    .GET()
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()));
        }
        awaitAsked(5);

        running.offsets.committed.put(EVENTS, 1L);

        searches.forEach(search -> assertThat(search.join().statusCode()).isEqualTo(200));
    }

    @Test
    void tokensAreReadAsTheyWereWrittenAndNotWhenTheyAreDamaged() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var tokens = new WriteToken(List.of("tickets", "calls"), "here");
        var positions = Map.of(
                new TopicPartition("tickets", 0), random.nextLong(Long.MAX_VALUE),
                new TopicPartition("tickets", 65_535), 0L,
                new TopicPartition("calls", 3), random.nextLong(1_000));

        String token = tokens.encode(positions).orElseThrow();

        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(tokens.decode(token)).contains(positions);
        assertThat(new WriteToken(tokens.topics(), "there").decode(token)).isEmpty();
        for (int i = 0; i < 100; i++) {
            var damaged = new StringBuilder(token);
            int place = random.nextInt(token.length() - 1);
            damaged.setCharAt(place, damaged.charAt(place) == 'A' ? 'B' : 'A');
            assertThat(tokens.decode(damaged.toString())).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void positionsThatNoAddressHasRoomForGetNoToken() {
        var tokens = new WriteToken(List.of("tickets"), "here");
        var positions = new HashMap<TopicPartition, Long>();
        for (int partition = 0; partition < 558; partition++) {
            positions.put(new TopicPartition("tickets", partition), Long.MAX_VALUE);
        }

        assertThat(tokens.encode(Map.of())).isEmpty();
        assertThat(tokens.encode(positions).orElseThrow().length()).isLessThanOrEqualTo(WriteToken.LENGTH_MAX);
        positions.put(new TopicPartition("tickets", 558), 1L);
        assertThat(tokens.encode(positions)).isEmpty();
    }

    private String send() {
        return json(running.post("/api/v1/events/tickets", "application/json", TICKET))
                .path("token")
                .asText();
    }

    private void awaitAsked(int times) {
        while (running.offsets.asked.get() < times) {
            Thread.onSpinWait();
        }
    }
}
