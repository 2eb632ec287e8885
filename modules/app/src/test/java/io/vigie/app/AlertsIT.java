package io.vigie.app;

import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved search alerts, whole and once, over a kill of the whole program and a receiver that is away. */
final class AlertsIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void eachDueAlertIsDeliveredOverAKillAndAReceiverThatIsAway() throws IOException {
        try (var receiver = new Receiver();
                var vigie = VigieProcess.up(directory, "alerts.webhook.allow=127.0.0.1")) {
            vigie.start();
            vigie.http().accept("tickets", ticket("alert-before", null, "Panne de la box Dahlia avant toute alerte."));
            await().atMost(SEEN_MAX).until(() -> vigie.http().total("q", "dahlia") == 1);
            String search = save(vigie, "box Dahlia", receiver.url());

            vigie.http().accept("tickets", tickets("first", 3));
            await().atMost(SEEN_MAX)
                    .untilAsserted(() -> assertThat(receiver.verbatims()).hasSize(3));
            receiver.status.set(503);
            vigie.http().accept("tickets", tickets("second", 3));
            await().atMost(SEEN_MAX).until(() -> receiver.refused.get() > 0);
            vigie.kill();
            receiver.status.set(204);
            vigie.start();
            vigie.http().accept("tickets", tickets("third", 3));
            // Sent again, it is the same event, and no alert.
            vigie.http().accept("tickets", tickets("first", 3));

            await().atMost(SEEN_MAX)
                    .untilAsserted(() -> assertThat(receiver.verbatims()).hasSize(9));
            assertThat(receiver.verbatims())
                    .doesNotHaveDuplicates()
                    .noneMatch(text -> text.contains("avant toute alerte"));
            var alerts =
                    vigie.http().get("/api/v1/alerts?search=" + search).body().path("alerts");
            assertThat(alerts.findValuesAsText("verbatimId")).hasSize(9).doesNotHaveDuplicates();
            assertThat(vigie.http()
                            .get("/api/v1/searches/" + search + "/backtest")
                            .body()
                            .path("total")
                            .asLong())
                    .isEqualTo(vigie.http().total("q", "panne dahlia"))
                    .isEqualTo(10);
            assertThat(vigie.http().metrics()).contains("vigie_alerts_total", "vigie_alerts_deliveries_total");
        }
    }

    private static String save(VigieProcess vigie, String name, String webhook) {
        var answer = vigie.http().postJson("/api/v1/searches", """
                        {"name": "%s", "search": {"q": "panne dahlia"}, "webhook": "%s"}""".formatted(name, webhook));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private static JsonNode[] tickets(String name, int count) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .flatMap(i -> Stream.of(
                        ticket(
                                "alert-" + name + i,
                                null,
                                "Encore une panne de la box Dahlia, " + name + " numéro " + i),
                        ticket("alert-no-" + name + i, null, "Merci pour la box Dahlia, " + name + " numéro " + i)))
                .toArray(JsonNode[]::new);
    }

    /** Takes deliveries as a careful receiver does: one that comes again is dropped by its id. */
    private static final class Receiver implements AutoCloseable {
        private final AtomicInteger status = new AtomicInteger(204);
        private final AtomicInteger refused = new AtomicInteger();
        private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
        private final HttpServer server;

        Receiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::take);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        }

        List<String> verbatims() {
            return taken.values().stream().flatMap(List::stream).toList();
        }

        private void take(HttpExchange exchange) throws IOException {
            JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
            if (status.get() == 204) {
                taken.putIfAbsent(
                        exchange.getRequestHeaders().getFirst("Vigie-Delivery"),
                        body.path("verbatims").findValuesAsText("text"));
            } else {
                refused.incrementAndGet();
            }
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
