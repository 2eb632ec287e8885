package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.vigie.events.Alert;
import io.vigie.events.Verbatim;
import io.vigie.server.Webhook.Tried;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private static final Instant NOW = RunningServer.NOW;
    private static final WebhookRule LOOPBACK = new WebhookRule(Set.of("127.0.0.1"));

    private final Map<String, Verbatim> index = new ConcurrentHashMap<>();
    private final AtomicInteger status = new AtomicInteger(204);
    private final Map<String, String> received = new ConcurrentHashMap<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            for (String name : Set.of("Content-Type", "Vigie-Delivery", "Vigie-Attempt", "Vigie-Search")) {
                received.put(name, String.valueOf(exchange.getRequestHeaders().getFirst(name)));
            }
            received.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        receiver.createContext("/elsewhere", exchange -> {
            received.put("elsewhere", "reached");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void aDeliveryTellsTheSearchTheCountAndTheVerbatims() throws IOException {
        index.put("v0", RunningServer.verbatim("v0", "La box est \"en panne\""));

        var tried = post(LOOPBACK, delivery(NOW.minusSeconds(60), 2));

        assertThat(tried).isEqualTo(new Tried.Acknowledged());
        assertThat(received)
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Vigie-Delivery", "s.1")
                .containsEntry("Vigie-Attempt", "1")
                .containsEntry("Vigie-Search", "s");
        JsonNode body = new ObjectMapper().readTree(received.get("body"));
        assertThat(body.path("deliveryId").asText()).isEqualTo("s.1");
        assertThat(body.path("count").asInt()).isEqualTo(2);
        assertThat(body.path("search").path("link").asText())
                .isEqualTo("https://vigie.example/?q=panne&language=fr&offer=fibre+pro");
        JsonNode first = body.path("verbatims").path(0);
        assertThat(first.path("text").asText()).isEqualTo("La box est \"en panne\"");
        assertThat(first.path("link").asText()).isEqualTo("https://vigie.example/?q=id%3A%22v0%22");
        assertThat(first.has("customerKey")).isFalse();
        assertThat(body.path("verbatims").path(1).path("erased").asBoolean()).isTrue();
    }

    @Test
    void aVerbatimThatIsNotIndexedYetIsWaitedFor() {
        assertThat(post(LOOPBACK, delivery(NOW.minusSeconds(1), 1))).isEqualTo(new Tried.TooEarly());
        assertThat(received).isEmpty();
    }

    @Test
    void anAnswerOtherThanSuccessIsAFailure() {
        status.set(500);

        assertThat(post(LOOPBACK, delivery(NOW.minusSeconds(60), 1)))
                .isEqualTo(new Tried.Failed("the receiver answered 500"));
    }

    @Test
    void aRedirectIsNotFollowed() {
        status.set(307);

        assertThat(post(LOOPBACK, delivery(NOW.minusSeconds(60), 1)))
                .isEqualTo(new Tried.Failed("the receiver answered 307"));
        assertThat(received).doesNotContainKey("elsewhere");
    }

    @Test
    void anAddressThatIsNotAllowedAnyMoreIsNotPostedTo() {
        var tried = post(new WebhookRule(Set.of()), delivery(NOW.minusSeconds(60), 1));

        assertThat(tried)
                .isInstanceOfSatisfying(
                        Tried.Failed.class, failed -> assertThat(failed.why()).contains("not public"));
        assertThat(received).isEmpty();
    }

    @Test
    void aReceiverThatIsGoneIsAFailure() {
        receiver.stop(0);

        assertThat(post(LOOPBACK, delivery(NOW.minusSeconds(60), 1))).isInstanceOf(Tried.Failed.class);
    }

    private Tried post(WebhookRule rule, Outbox.Due delivery) {
        try (var webhook =
                new Webhook(rule, id -> Optional.ofNullable(index.get(id)), "https://vigie.example", () -> NOW)) {
            return webhook.post(delivery);
        }
    }

    private Outbox.Due delivery(Instant matchedAt, int count) {
        var parcel = new Parcel(0);
        for (int i = 0; i < count; i++) {
            parcel.add(i, new Alert("s", "v" + i, matchedAt.minus(Duration.ofMinutes(1)), matchedAt));
        }
        var search = OutboxTest.search("s")
                .setFilters(Map.of("lang", List.of("fr"), "offer", List.of("fibre pro")))
                .setWebhook("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")
                .build();
        return new Outbox.Due(search, parcel, 0, true);
    }
}
