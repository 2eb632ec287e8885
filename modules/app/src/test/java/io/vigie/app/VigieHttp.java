package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The HTTP API of a running program, as its users call it. */
public final class VigieHttp implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    private static final int SEARCHES_MAX = 10;
    private static final Set<Integer> LIMITED = Set.of(422, 429, 503);
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(\\{[^}]*})? (\\S+)");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;

    VigieHttp(int port) {
        this.url = "http://127.0.0.1:" + port;
    }

    /** A status, and a body that is missing where it is no JSON. */
    record Answer(int status, JsonNode body) {}

    String url() {
        return url;
    }

    /** Throws when nobody answers: the program may have been killed meanwhile. */
    Answer post(String kind, List<? extends JsonNode> events) throws IOException {
        return postLines(kind, events.stream().map(JsonNode::toString).collect(Collectors.joining("\n")));
    }

    Answer postLines(String kind, String lines) throws IOException {
        return answer(request("/api/v1/events/" + kind)
                .POST(BodyPublishers.ofString(lines))
                .header("Content-Type", "application/x-ndjson"));
    }

    /** Posts events that are all expected to be taken. */
    public void accept(String kind, JsonNode... events) {
        Answer answer = now(() -> post(kind, Arrays.asList(events)));
        if (answer.status() != 202 || answer.body().path("accepted").asInt() != events.length) {
            throw new AssertionError(kind + " were not accepted: " + answer);
        }
    }

    public void putOffer(String id, String name, String... aliases) {
        var body = json.createObjectNode().put("name", name);
        var array = body.putArray("aliases");
        Arrays.stream(aliases).forEach(array::add);
        Answer answer = now(() -> answer(request("/api/v1/offers/" + id)
                .PUT(BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json")));
        if (answer.status() >= 300) {
            throw new AssertionError("offer " + id + " was not taken: " + answer);
        }
    }

    Answer postJson(String path, String body) {
        return now(() ->
                answer(request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json")));
    }

    /** Throws when nobody answers: the program may have been killed meanwhile. */
    Answer delete(String path) throws IOException {
        return answer(request(path).DELETE());
    }

    Answer get(String path) {
        return now(() -> answer(request(path)));
    }

    /**
     * On a machine with much else to do a search may meet the server's own limits: then it is asked again.
     *
     * @param parameters names and values in turn
     */
    JsonNode search(String... parameters) {
        Answer answer = get("/api/v1/search?" + query(parameters));
        for (int tries = 1; tries < SEARCHES_MAX && LIMITED.contains(answer.status()); tries++) {
            answer = get("/api/v1/search?" + query(parameters));
        }
        if (answer.status() != 200) {
            throw new AssertionError("search " + Arrays.toString(parameters) + ": " + answer);
        }
        return answer.body();
    }

    public long total(String... parameters) {
        return search(parameters).path("total").asLong();
    }

    /** Asks for what must be refused as the user's mistake. */
    public void refusedSearch(String query) {
        Answer answer = get("/api/v1/search?" + query("q", query));
        if (answer.status() < 400 || answer.status() >= 500) {
            throw new AssertionError("not refused: " + answer);
        }
    }

    /** The only hit of a query; an error when there are more or none. */
    JsonNode only(String query) {
        JsonNode result = search("q", query);
        if (result.path("total").asLong() != 1) {
            throw new AssertionError("not one hit for " + query + ": " + result);
        }
        return result.path("hits").path(0);
    }

    public String metrics() {
        return now(() -> text(request("/metrics")));
    }

    /** The sum of all samples of a metric that have some labels among theirs, as {@code kind="ticket"}; "" takes them all. */
    public double metric(String name, String labels) {
        return SAMPLE.matcher(metrics())
                .results()
                .filter(sample -> sample.group(1).equals(name))
                .filter(sample ->
                        labels.isEmpty() || String.valueOf(sample.group(2)).contains(labels))
                .mapToDouble(sample -> Double.parseDouble(sample.group(3)))
                .sum();
    }

    /** The names of all metrics. */
    public Set<String> metricNames() {
        return SAMPLE.matcher(metrics())
                .results()
                .map(sample -> sample.group(1))
                .collect(Collectors.toSet());
    }

    /** The words of a page. */
    String page(String address) {
        return now(() -> text(request(address)));
    }

    /** Whether it is ready for work; false also when nobody answers. */
    boolean ready() {
        try {
            return answer(request("/health/ready")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    static String query(String... parameters) {
        var query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? "" : "&")
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_MAX);
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private static <T> T now(Call<T> call) {
        try {
            return call.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer answer(HttpRequest.Builder request) throws IOException {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), parsed(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String text(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private JsonNode parsed(@Nullable String body) {
        try {
            return body == null ? MissingNode.getInstance() : json.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
