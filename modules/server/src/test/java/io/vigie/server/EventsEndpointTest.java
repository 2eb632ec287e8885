package io.vigie.server;

import static io.vigie.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.TicketEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsEndpointTest {
    private static final String TICKETS = "/api/v1/events/tickets";
    private static final String NDJSON = "application/x-ndjson";

    @TempDir
    Path directory;

    private RunningServer running;

    @BeforeEach
    void start() throws IOException, ServerException {
        running = new RunningServer(
                directory,
                ServerSettings.at("127.0.0.1", 0)
                        .withAcknowledgeMax(Duration.ofMillis(300))
                        .withEventsPerRequestMax(50));
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void goodEventsAreAcceptedOnceKafkaHasThem() {
        HttpResponse<String> answer = running.post(TICKETS, NDJSON, ticket("a") + "\n" + ticket("b"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).toString()).startsWith("{\"accepted\":2,\"rejected\":[],\"token\":\"");
        assertThat(running.kafka.sent())
                .extracting(event -> ((TicketEvent) event).getEventId())
                .containsExactly("a", "b");
    }

    @Test
    void callsAndSurveysHaveTheirOwnDoors() {
        String call = """
                {"eventId": "k", "source": "s", "occurredAt": 1773576000000, "channel": "PHONE", "callId": "c",
                 "direction": "INBOUND", "durationMs": 1, "turns": []}""";
        String survey = """
                [{"eventId": "r", "source": "s", "occurredAt": 1773576000000, "channel": "WEB", "surveyId": "nps",
                 "responseId": "r", "nps": 9, "answers": []}]""";

        assertThat(running.post("/api/v1/events/calls", "application/json", call)
                        .statusCode())
                .isEqualTo(202);
        assertThat(running.post("/api/v1/events/surveys", "application/json; charset=UTF-8", survey)
                        .statusCode())
                .isEqualTo(202);
        assertThat(running.meters.scrape())
                .contains("vigie_events_received_total{kind=\"call\",result=\"accepted\"} 1.0")
                .contains("vigie_events_received_total{kind=\"survey\",result=\"accepted\"} 1.0")
                .contains("vigie_events_received_total{kind=\"ticket\",result=\"failed\"} 0.0");
    }

    @Test
    void badEventsAreNamedAndTheOthersGoThrough() {
        String body = String.join(
                "\n",
                "{\"eventId\": \"bad\"}",
                ticket("b"),
                "{oops",
                ticket("c").replace("1773576000000", "1973576000000"),
                ticket("d"));

        JsonNode report = json(running.post(TICKETS, NDJSON, body));

        assertThat(report.get("accepted").intValue()).isEqualTo(2);
        assertThat(report.get("rejected").findValuesAsText("index")).containsExactly("0", "2", "3");
        assertThat(report.get("rejected").findValuesAsText("line")).containsExactly("1", "3", "4");
        assertThat(report.at("/rejected/0/error").asText()).startsWith("missing source");
        assertThat(report.at("/rejected/1/error").asText()).startsWith("line 3, column ");
        assertThat(report.at("/rejected/2/error").asText())
                .contains("occurredAt")
                .contains("ahead of now");
    }

    @Test
    void aRequestOfOnlyBadEventsIsReportedItemByItem() {
        HttpResponse<String> answer = running.post(TICKETS, "application/json", "[{\"eventId\": \"bad\"}, 3]");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).get("accepted").intValue()).isZero();
        assertThat(json(answer).get("rejected")).hasSize(2);
        assertThat(json(answer).at("/rejected/0/error").asText()).contains("missing source");
    }

    @Test
    void aRequestWithoutAnythingLikeAnEventIsAProblem() {
        HttpResponse<String> answer = running.post(TICKETS, NDJSON, "{\"eventId\": \n3\n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("accepted").intValue()).isZero();
        assertThat(json(answer).get("rejected")).hasSize(2);
        assertThat(json(answer).get("detail").asText()).contains("line 1, column ");
    }

    @Test
    void whatKafkaDoesNotAcknowledgeInTimeIsNotAccepted() {
        running.kafka.neverAcknowledge(
                event -> ((TicketEvent) event).getEventId().equals("b"));

        JsonNode report = json(running.post(TICKETS, NDJSON, ticket("a") + "\n" + ticket("b")));

        assertThat(report.get("accepted").intValue()).isEqualTo(1);
        assertThat(report.at("/rejected/0/index").intValue()).isEqualTo(1);
        assertThat(report.at("/rejected/0/error").asText()).contains("did not acknowledge");
    }

    @Test
    void whenKafkaTakesNothingTheClientIsToldToComeBack() {
        running.kafka.failWith(new TimeoutException("no broker"));

        HttpResponse<String> answer = running.post(TICKETS, NDJSON, ticket("a"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(json(answer).at("/rejected/0/error").asText()).contains("no broker");
        assertThat(running.meters.scrape())
                .contains("vigie_events_received_total{kind=\"ticket\",result=\"failed\"} 1.0");
    }

    @Test
    void anEventThatIsTooLargeForKafkaIsTheClientsToMend() {
        running.kafka.failWith(new RecordTooLargeException("too large"));

        HttpResponse<String> answer = running.post(TICKETS, NDJSON, ticket("a"));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(running.meters.scrape())
                .contains("vigie_events_received_total{kind=\"ticket\",result=\"rejected\"} 1.0");
    }

    @Test
    void tooManyEventsAreRefusedBeforeAnyIsSent() {
        String body = IntStream.range(0, 51).mapToObj(i -> ticket("e" + i)).collect(Collectors.joining("\n"));

        assertThat(running.post(TICKETS, NDJSON, body).statusCode()).isEqualTo(413);
        assertThat(running.kafka.sent()).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        String body = " ".repeat(17 * 1024 * 1024);

        assertThat(running.post(TICKETS, NDJSON, body).statusCode()).isEqualTo(413);
    }

    @Test
    void gzipIsTaken() throws IOException {
        assertThat(postGzip(gzip(ticket("a").getBytes(StandardCharsets.UTF_8))).statusCode())
                .isEqualTo(202);
    }

    @Test
    void aGzipBombIsRefused() throws IOException {
        byte[] bomb = gzip(new byte[64 * 1024 * 1024]);

        assertThat(bomb.length).isLessThan(100_000);
        assertThat(postGzip(bomb).statusCode()).isEqualTo(413);
    }

    @Test
    void whatIsNoGzipOrEndsEarlyIsRefused() throws IOException {
        byte[] whole = gzip(ticket("a").getBytes(StandardCharsets.UTF_8));

        assertThat(postGzip("{}".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(400);
        assertThat(postGzip(Arrays.copyOf(whole, 20)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=ISO-8859-1",
                "multipart/form-data; boundary=x"
            })
    void otherMediaTypesAndCharsetsAreRefused(String mediaType) {
        assertThat(running.post(TICKETS, mediaType, ticket("a")).statusCode()).isEqualTo(415);
    }

    @Test
    void textThatIsNoUtf8IsABrokenLine() {
        byte[] latin1 = (ticket("a").replace("Plus rien", "Coupé à Orléans") + "\n" + ticket("b"))
                .getBytes(StandardCharsets.ISO_8859_1);

        HttpResponse<String> answer = running.exchange(
                running.request(TICKETS).header("Content-Type", NDJSON).POST(BodyPublishers.ofByteArray(latin1)));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).get("accepted").intValue()).isEqualTo(1);
        assertThat(json(answer).at("/rejected/0/error").asText()).contains("UTF-8");
    }

    private HttpResponse<String> postGzip(byte[] body) {
        return running.exchange(running.request(TICKETS)
                .header("Content-Type", NDJSON)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String ticket(String id) {
        return """
                {"eventId": "%s", "source": "s", "occurredAt": 1773576000000, "channel": "EMAIL", "ticketId": "t", \
                "action": "CREATED", "author": "CUSTOMER", "body": "Plus rien"}""".formatted(id);
    }
}
