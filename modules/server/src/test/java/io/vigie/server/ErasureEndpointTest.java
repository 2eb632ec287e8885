package io.vigie.server;

import static io.vigie.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ErasureEndpointTest {
    private static final Instant NOW = RunningServer.NOW;
    private static final List<String> DONE =
            List.of("verbatims", "complaints", "counts", "contacts", "contact-history", "promises", "breaches");

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @Test
    void aRequestIsTakenUnderTheKeyOfTheCustomer() {
        var answer = delete("/api/v1/customers/c%2F42");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(running.erasures.requests()).singleElement().satisfies(request -> {
            assertThat(request.getCustomerKey()).isEqualTo("kc/42");
            assertThat(request.getRequestedAt()).isEqualTo(NOW);
            assertThat(json(answer).path("receipt").asText()).isEqualTo("/api/v1/erasures/" + request.getRequestId());
        });
    }

    @Test
    void aDryRunCountsByOfferAndRequestsNothing() throws IOException {
        running.put(said("a", "fibre"), said("b", "fibre"), said("c", "mobile"));

        var answer = delete("/api/v1/customers/-1?dryRun=true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"customerKey\":\"k-1\",\"verbatims\":3,\"offers\":[{\"offer\":\"fibre\",\"verbatims\":2},"
                        + "{\"offer\":\"mobile\",\"verbatims\":1}]}");
        assertThat(running.erasures.requests()).isEmpty();
    }

    @Test
    void whatIsNoCustomerOrNoDryRunIsRefused() {
        assertThat(delete("/api/v1/customers/" + "x".repeat(257)).statusCode()).isEqualTo(400);
        assertThat(delete("/api/v1/customers/%20").statusCode()).isEqualTo(400);
        assertThat(delete("/api/v1/customers/c?dryRun=maybe").statusCode()).isEqualTo(400);
        assertThat(delete("/api/v1/customers/c?dry=true").statusCode()).isEqualTo(400);
        assertThat(running.erasures.requests()).isEmpty();
    }

    @Test
    void aServerWithoutTheSecretSaysWhichSettingItLacks() {
        var endpoint = new ErasureEndpoint(
                new Erasing(Optional.empty(), running.erasures, running.erasures::add, FakeErasures.PLACE),
                running.index,
                Duration.ofSeconds(1),
                () -> NOW);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> endpoint.erase("c", null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("set privacy.customer.secret");
    }

    @Test
    void anUnknownErasureIsNotFound() {
        assertThat(running.get("/api/v1/erasures/none").statusCode()).isEqualTo(404);
    }

    @Test
    void anErasureIsRequestedUntilEveryPlaceIsDone() {
        request("r1", NOW);
        for (String place : DONE) {
            receipt("r1", place, NOW, NOW.plus(Duration.ofDays(8)));
        }
        receipt("r1", "events", null, NOW.plus(Duration.ofDays(8)));
        var before = state("r1");

        receipt("r1", FakeErasures.PLACE, NOW, null);

        assertThat(before.path("state").asText()).isEqualTo("requested");
        assertThat(state("r1").path("state").asText()).isEqualTo("logically-gone");
        assertThat(place("r1", "events").path("state").asText()).isEqualTo("kept");
        assertThat(place("r1", "events").path("goneBy").asText()).isEqualTo("2026-03-23T12:00:00Z");
        assertThat(place("r1", FakeErasures.PLACE).path("state").asText()).isEqualTo("logically-gone");
    }

    @Test
    void noPlaceOfTheStreamMayBeMissing() {
        for (String missing : DONE) {
            String id = "without-" + missing;
            // Of a customer each: a later request would cover an earlier one.
            var _ = running.erasures.add(new Erasure("k-" + missing, id, NOW, null));
            DONE.stream()
                    .filter(place -> !place.equals(missing))
                    .forEach(place -> receipt(id, place, NOW, NOW.plus(Duration.ofDays(8))));
            receipt(id, FakeErasures.PLACE, NOW, NOW);

            assertThat(state(id).path("state").asText()).as(missing).isEqualTo("requested");
        }
    }

    @Test
    void anErasureIsPhysicalOnceTheLastPlaceIs() {
        request("r1", NOW.minus(Duration.ofDays(40)));
        for (String place : DONE) {
            receipt("r1", place, NOW.minus(Duration.ofDays(40)), NOW);
        }
        receipt("r1", "events", null, NOW);
        receipt("r1", FakeErasures.PLACE, NOW.minus(Duration.ofDays(40)), NOW);
        var before = state("r1");
        receipt("r1", "dead-letters", null, NOW.plusMillis(1));

        assertThat(before.path("state").asText()).isEqualTo("physically-gone");
        assertThat(state("r1").path("state").asText()).isEqualTo("logically-gone");
    }

    @Test
    void aLaterRequestOfTheSameCustomerCoversAnEarlierOne() {
        request("r1", NOW.minusSeconds(5));
        request("r2", NOW);
        receipt("r1", "verbatims", NOW.minusSeconds(5), NOW);
        for (String place : DONE) {
            receipt("r2", place, NOW, NOW.plusSeconds(1));
        }
        receipt("r2", FakeErasures.PLACE, NOW, NOW.plusSeconds(1));

        assertThat(state("r1").path("state").asText()).isEqualTo("logically-gone");
        assertThat(place("r1", "verbatims").path("doneAt").asText()).isEqualTo("2026-03-15T11:59:55Z");
    }

    private void request(String id, Instant at) {
        var _ = running.erasures.add(new Erasure("kc", id, at, null));
    }

    private void receipt(String id, String place, @Nullable Instant doneAt, @Nullable Instant goneBy) {
        var _ = running.erasures.add(new ErasureReceipt(id, "kc", NOW, place, null, doneAt, goneBy));
    }

    private JsonNode state(String id) {
        return json(running.get("/api/v1/erasures/" + id));
    }

    private JsonNode place(String id, String name) {
        for (JsonNode place : state(id).path("places")) {
            if (place.path("place").asText().equals(name)) {
                return place;
            }
        }
        throw new AssertionError("no place " + name);
    }

    private HttpResponse<String> delete(String path) {
        return running.exchange(running.request(path).DELETE());
    }

    private static Verbatim said(String id, String offer) {
        return RunningServer.draft(id, "Plus de réseau", offer, Intent.COMPLAINT, NOW.minusSeconds(60))
                .setCustomerKey("k-1")
                .build();
    }
}
