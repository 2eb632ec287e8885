package io.vigie.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Takes events as a running program does, keeps them, and answers what it is told to answer. */
final class StubVigie implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new ArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();

    StubVigie() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    /** One request, with its lines. */
    record Request(String path, List<String> lines) {}

    private record Answer(int status, String body) {}

    VigieClient client() {
        return new VigieClient(
                ConfigReader.read(Map.of(), Optional.empty(), Map.of(), Map.of("http.port", Integer.toString(port()))));
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The answer to a request to come, in order; without one, everything is accepted. */
    StubVigie answering(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    private void take(HttpExchange exchange) throws IOException {
        var lines = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        requests.add(new Request(exchange.getRequestURI().getPath(), lines));
        var told = answers.poll();
        var answer = told == null ? new Answer(202, "{\"accepted\":" + lines.size() + ",\"rejected\":[]}") : told;
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
