package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Talks to a running Vigie over its HTTP API, as the commands that are users of it do. */
final class VigieClient implements AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final int UNAUTHENTICATED = 401;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(90);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
    private final String url;
    private final Optional<String> token;

    VigieClient(Config config) {
        this.url = config.http().url();
        this.token = config.access().token();
    }

    /** An answer: its status and its body, which is a problem when the status is 400 or more. */
    record Answer(int status, JsonNode body) {
        boolean ok() {
            return status < 400;
        }

        /** What a problem says, or the body as it is. */
        String detail() {
            String detail = body.path("detail").asText("");
            return detail.isEmpty() ? status + " " + body : detail;
        }
    }

    Answer get(String path) {
        return call("GET", path, null, "application/json");
    }

    Answer put(String path, JsonNode body) {
        return call("PUT", path, body.toString().getBytes(StandardCharsets.UTF_8), "application/json");
    }

    Answer delete(String path) {
        return call("DELETE", path, null, "application/json");
    }

    Answer post(String path, JsonNode body) {
        return call("POST", path, body.toString().getBytes(StandardCharsets.UTF_8), "application/json");
    }

    Answer postLines(String path, byte[] lines) {
        return call("POST", path, lines, "application/x-ndjson");
    }

    private Answer call(String method, String path, byte @Nullable [] body, String type) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_MAX);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofByteArray(body)).header("Content-Type", type);
        }
        token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            JsonNode answer = response.body().length == 0 ? json.createObjectNode() : json.readTree(response.body());
            if (response.statusCode() == UNAUTHENTICATED) {
                throw new CommandFailedException("the Vigie at " + url + " asks who you are: put an API token into the"
                        + " variable VIGIE_TOKEN" + (token.isPresent() ? "; the one given is not known there" : ""));
            }
            return new Answer(response.statusCode(), answer);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "no Vigie answers at " + url + " (" + e
                            + "); start one with vigie up, or say where it is with --set" + " http.port=PORT",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
