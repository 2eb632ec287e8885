package io.vigie.server;

import static io.vigie.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
    @TempDir
    Path directory;

    private RunningServer running;

    @BeforeEach
    void start() throws IOException, ServerException {
        running = new RunningServer(directory.resolve("index"));
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void aTakenPortIsNamed() {
        int port = running.server.port();

        assertThatThrownBy(() -> new RunningServer(directory.resolve("other"), ServerSettings.at("127.0.0.1", port)))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("port " + port)
                .hasMessageContaining("http.port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void anAddressThatOthersCanReachIsRefused(String host) {
        assertThatThrownBy(() -> new RunningServer(directory.resolve("other"), ServerSettings.at(host, 0)))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("http.host is " + host)
                .hasMessageContaining("set http.host to 127.0.0.1");
    }

    @Test
    void aForeignHostIsTurnedAway() throws IOException {
        String answer = raw("GET /health/live HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("application/problem+json");
    }

    @Test
    void aForeignOriginMayNotChangeAnything() {
        var answer = running.exchange(running.request("/api/v1/events/tickets")
                .header("Origin", "http://evil.example")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void everyResponseCarriesTheSecurityHeaders() {
        for (String path : Set.of("/", "/nowhere", "/api/v1/search?q=(", "/metrics")) {
            HttpResponse<String> answer = running.get(path.replace("(", "%28"));

            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void anUnknownAddressIsAProblem() {
        var answer = running.get("/api/v1/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.get("status").intValue()).isEqualTo(404);
        assertThat(problem.get("instance").asText()).isEqualTo("/api/v1/nothing");
        assertThat(problem.get("requestId").asText()).isNotEmpty();
    }

    @Test
    void aMethodThatIsNotKnownHereIsAProblemThatNamesTheOthers() {
        var answer = running.exchange(running.request("/api/v1/offers/x").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse(""))
                .contains("GET")
                .contains("PUT")
                .contains("DELETE");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: %s\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nBad Header: %.1s\r\nConnection: close\r\n\r\n",
                "%.1s\r\n\r\n"
            })
    void whatJettyRefusesIsAProblemToo(String request) throws IOException {
        String answer = raw(request.formatted("x".repeat(200_000)));

        assertThat(answer)
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json")
                .contains("\"requestId\"");
        assertThat(answer).doesNotContain("eclipse").doesNotContain("Jetty");
    }

    @Test
    void anErrorInsideTellsNothingButItsRequestId() throws IOException {
        running.index.close();

        var answer = running.get("/api/v1/search?q=facture");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer).get("requestId").asText()).isNotEmpty();
        assertThat(answer.body()).doesNotContain("lucene").doesNotContain("Exception");
    }

    @Test
    void readinessFollowsItsChecks() {
        assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);

        running.sink.set(new Health.Down("reading voc.verbatims, 1200 records behind; wait"));

        var answer = running.get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).toString())
                .isEqualTo("{\"status\":\"not-ready\",\"checks\":[{\"name\":\"index\",\"state\":\"up\"},"
                        + "{\"name\":\"sink\",\"state\":\"down\","
                        + "\"detail\":\"reading voc.verbatims, 1200 records behind; wait\"}]}");
        assertThat(running.exchange(running.request("/health/ready").HEAD()).statusCode())
                .isEqualTo(503);
        assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsAtWorkIsReadyAndSaysHowFarItIs() {
        running.sink.set(new Health.Busy("the index is built anew: 43 %"));

        var answer = running.get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).toString())
                .contains("{\"name\":\"sink\",\"state\":\"up\",\"detail\":\"the index is built anew: 43 %\"}");
    }

    @Test
    void metricsComeInTheFormatThatIsAskedFor() {
        var plain = running.get("/metrics");
        var open = running.exchange(
                running.request("/metrics").header("Accept", "application/openmetrics-text;version=1.0.0"));

        assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(open.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
        assertThat(plain.body()).contains("vigie_events_received_total").contains("vigie_search_seconds_bucket");
    }

    @Test
    void everyRouteIsDescribedAndEverythingDescribedIsRouted() {
        JsonNode paths = json(running.get("/openapi.json")).get("paths");
        Set<String> described = new TreeSet<>();
        for (var path : paths.properties()) {
            for (var operation : path.getValue().properties()) {
                if (!operation.getKey().equals("parameters")) {
                    described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }

        Set<String> routed = new TreeSet<>();
        for (String route : running.server.routes()) {
            if (!route.startsWith("HEAD ") && route.matches("\\w+ /(api/|health/|metrics|openapi).*")) {
                routed.add(route);
            }
        }
        assertThat(described).isEqualTo(routed);
    }

    @Test
    void everyReferenceInTheDescriptionLeadsSomewhere() {
        JsonNode description = json(running.get("/openapi.json"));

        for (String reference : description.findValuesAsText("$ref")) {
            assertThat(description.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), running.server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
