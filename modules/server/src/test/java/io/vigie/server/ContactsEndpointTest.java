package io.vigie.server;

import static io.vigie.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Breach;
import io.vigie.events.BreachKind;
import io.vigie.events.Channel;
import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import io.vigie.events.serde.Decoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactsEndpointTest {
    private static final String OFFER = "/api/v1/offers/fibre-pro";
    private static final Instant DUE = Instant.parse("2025-11-07T17:00:00Z");

    @AutoClose
    private final RunningServer running = RunningServer.start();

    @BeforeEach
    void fill() throws IOException {
        running.put(OFFER, "{\"name\": \"Fibre Pro\"}");
    }

    @Test
    void promisesOfAnOfferAreListedByWhenTheyAreDueAndCountedByState() {
        running.promises.add(
                promise("p2", PromiseState.BROKEN, DUE.plusSeconds(10)).build());
        running.promises.add(promise("p1", PromiseState.OPEN, DUE).build());
        running.promises.add(promise("p3", PromiseState.BROKEN, DUE.plusSeconds(20))
                .setAnsweredAt(DUE.plusSeconds(20).plus(Duration.ofDays(2)))
                .setAnswerEventId("e9")
                .build());
        running.promises.add(
                promise("p4", PromiseState.OPEN, DUE).setOfferId("other").build());

        JsonNode answer = json(running.get(OFFER + "/promises"));

        assertThat(answer.get("promises").findValuesAsText("id")).containsExactly("p1", "p2", "p3");
        assertThat(answer.get("counts").toString()).isEqualTo("{\"open\":1,\"kept\":0,\"broken\":2,\"late\":1}");
        assertThat(answer.at("/promises/2/lateSeconds").asInt()).isEqualTo(2 * 24 * 60 * 60);
        assertThat(json(running.get(OFFER + "/promises?state=broken&size=1")).toString())
                .contains("\"total\":2")
                .contains("\"p2\"")
                .doesNotContain("\"p3\"");
    }

    @Test
    void aPeriodIsOfWhenPromisesAreDue() {
        running.promises.add(promise("p1", PromiseState.KEPT, DUE).build());
        running.promises.add(
                promise("p2", PromiseState.KEPT, DUE.plus(Duration.ofDays(1))).build());

        JsonNode answer = json(running.get(OFFER + "/promises?from=2025-11-08&to=2025-11-08"));

        assertThat(answer.get("promises").findValuesAsText("id")).containsExactly("p2");
        assertThat(answer.at("/counts/kept").asInt()).isEqualTo(1);
    }

    @Test
    void neitherAgentsNorCustomersAreNamed() {
        running.promises.add(promise("p1", PromiseState.OPEN, DUE).build());
        running.breaches.add(breach("b1", BreachKind.CHANNEL, DUE).build());

        assertThat(running.get(OFFER + "/promises").body())
                .doesNotContain("agent")
                .doesNotContain("secret-key");
        assertThat(running.get(OFFER + "/breaches").body())
                .doesNotContain("agent")
                .doesNotContain("secret-key");
    }

    @Test
    void breachesAreListedNewestFirstAndCountedByKind() {
        running.breaches.add(breach("b1", BreachKind.CHANNEL, DUE).build());
        running.breaches.add(breach("b2", BreachKind.WINDOW, DUE.plusSeconds(1))
                .setWindowFrom(18 * 60)
                .setWindowTo(24 * 60)
                .build());
        running.breaches.add(
                breach("b3", BreachKind.CHANNEL, DUE.plusSeconds(2)).build());

        JsonNode answer = json(running.get(OFFER + "/breaches"));

        assertThat(answer.get("breaches").findValuesAsText("id")).containsExactly("b3", "b2", "b1");
        assertThat(answer.get("counts").toString()).isEqualTo("{\"channel\":2,\"window\":1,\"pressure\":0}");
        assertThat(answer.at("/breaches/0/wished").asText()).isEqualTo("WRITING");
        assertThat(answer.at("/breaches/1/windowFrom").asText()).isEqualTo("18:00");
        assertThat(json(running.get(OFFER + "/breaches?kind=window"))
                        .get("total")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/promises?state=lost",
                "/promises?kind=window",
                "/promises?size=501",
                "/promises?from=2025-11-08&to=2025-11-07",
                "/breaches?kind=lost",
                "/breaches?from=soon"
            })
    void whatIsNotUnderstoodIsRefused(String address) {
        var answer = running.get(OFFER + address);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:vigie:problem:bad-parameter");
    }

    @Test
    void anOfferThatNobodyDeclaredIsNotFoundButUnassignedIs() {
        assertThat(running.get("/api/v1/offers/nothing/promises").statusCode()).isEqualTo(404);
        assertThat(running.get("/api/v1/offers/nothing/breaches").statusCode()).isEqualTo(404);
        assertThat(running.get("/api/v1/offers/unassigned/breaches").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aViewHoldsTheNewestStateOfEachEntryUntilItsTombstone() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        var partition = new TopicPartition("ledger", 0);
        var node = new Node(0, "localhost", 9092);
        consumer.updatePartitions(
                "ledger", List.of(new PartitionInfo("ledger", 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 0L));
        var view = new LedgerView<String>("words", consumer, "ledger", ContactsEndpointTest::word, word -> "fibre-pro");
        view.step();

        int offset = 0;
        for (String[] record : new String[][] {{"a", "one"}, {"b", "two"}, {"a", "three"}, {"c", "bad"}, {"b", null}}) {
            consumer.addRecord(new ConsumerRecord<>("ledger", 0, offset++, record[0], bytes(record[1])));
        }
        view.step();

        assertThat(view.of("fibre-pro")).containsExactly("three");
        assertThat(view.of("other")).isEmpty();
    }

    private static byte @Nullable [] bytes(@Nullable String value) {
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }

    private static Decoding<String> word(byte[] bytes) {
        String word = new String(bytes, StandardCharsets.UTF_8);
        return word.equals("bad")
                ? new Decoding.Undecodable<>("bad-avro", "not readable")
                : new Decoding.Decoded<>(word);
    }

    private static Promise.Builder promise(String id, PromiseState state, Instant due) {
        return Promise.newBuilder()
                .setPromiseId(id)
                .setOfferId("fibre-pro")
                .setSource("crm")
                .setEventId("e-" + id)
                .setConversationId("t1")
                .setCustomerKey("secret-key")
                .setText("Je vous rappelle demain.")
                .setMadeAt(due.minus(Duration.ofDays(1)))
                .setDueAt(due)
                .setState(state);
    }

    private static Breach.Builder breach(String id, BreachKind kind, Instant at) {
        return Breach.newBuilder()
                .setBreachId(id)
                .setKind(kind)
                .setOfferId("fibre-pro")
                .setSource("pbx")
                .setEventId("k-" + id)
                .setConversationId("call-" + id)
                .setCustomerKey("secret-key")
                .setOccurredAt(at)
                .setChannel(Channel.PHONE)
                .setStatementSource("crm")
                .setStatementEventId("e1")
                .setStatedAt(at.minusSeconds(60));
    }
}
