package io.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The HTTP API of a running Vigie, as any client uses it. Any thread. */
final class VigieHttp implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final Duration READY_MAX = Duration.ofSeconds(2);

    private final String url;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    VigieHttp(int port) {
        this.url = "http://127.0.0.1:" + port;
    }

    boolean ready() {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + "/health/ready"))
                    .timeout(READY_MAX)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Searches, with the parameters as a browser would send them. */
    JsonNode search(Map<String, String> parameters) throws IOException {
        return json.readTree(searchBytes(parameters));
    }

    /** The answer as it came. */
    byte[] searchBytes(Map<String, String> parameters) throws IOException {
        return get("/api/v1/search?" + query(parameters));
    }

    /** How a search was answered. */
    int searchStatus(Map<String, String> parameters) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/search?" + query(parameters)))
                .timeout(ANSWER_MAX)
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray()).statusCode();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** How many verbatims are searchable. */
    long verbatims() throws IOException {
        return search(Map.of("q", "*:*", "size", "0")).path("total").asLong();
    }

    void declareOffer(String id, String name) throws IOException {
        String body = json.createObjectNode().put("name", name).toString();
        send(HttpRequest.newBuilder(URI.create(url + "/api/v1/offers/" + id))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    /** Posts lines of one kind of event; fails unless each of them was accepted. */
    void postEvents(String path, String lines) throws IOException {
        byte[] answer = send(HttpRequest.newBuilder(URI.create(url + "/api/v1/events/" + path))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)));
        if (!json.readTree(answer).path("rejected").isEmpty()) {
            throw new IOException("events were rejected: " + new String(answer, StandardCharsets.UTF_8));
        }
    }

    /** Everything measured, in Prometheus' text format. */
    String metrics() throws IOException {
        return new String(get("/metrics"), StandardCharsets.UTF_8);
    }

    private byte[] get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url + path)));
    }

    private byte[] send(HttpRequest.Builder request) throws IOException {
        try {
            var answer = http.send(request.timeout(ANSWER_MAX).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw new IOException("status " + answer.statusCode() + " of " + answer.uri() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
