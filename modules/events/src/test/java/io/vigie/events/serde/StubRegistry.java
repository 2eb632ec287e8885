package io.vigie.events.serde;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A registry that gives the answers it was told to, in order, and the last of them for ever. */
final class StubRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();

    private StubRegistry(HttpServer server) {
        this.server = server;
    }

    record Answer(int status, String body) {
        static Answer schema(Schema schema) {
            return json(200, Map.of("schema", schema.toString()));
        }

        static Answer error(int status, int code) {
            return json(status, Map.of("error_code", code, "message", "told to fail"));
        }

        static Answer json(int status, Map<String, ?> body) {
            try {
                return new Answer(status, JSON.writeValueAsString(body));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static StubRegistry answering(Answer... answers) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var stub = new StubRegistry(server);
            var script = List.of(answers);
            server.createContext("/", exchange -> {
                int call = stub.calls.getAndIncrement();
                var answer = script.get(Math.min(call, script.size() - 1));
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int calls() {
        return calls.get();
    }

    SchemaRegistry client() {
        return SchemaRegistry.of(Map.of(SchemaRegistry.URL, url()));
    }

    /** From now on nobody answers. */
    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
    }
}
