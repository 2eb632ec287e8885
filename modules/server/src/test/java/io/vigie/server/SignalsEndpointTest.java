package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigie.events.Signal;
import io.vigie.events.SignalCause;
import io.vigie.events.SignalKind;
import io.vigie.events.serde.Decoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weak signals from their topic to the answer. */
class SignalsEndpointTest {
    private static final String TOPIC = "voc.signals";

    @Test
    void theNewestComeFirstUntilTheirTombstone() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        var node = new Node(0, "localhost", 9092);
        var partition = new TopicPartition(TOPIC, 0);
        consumer.updatePartitions(
                TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 0L));
        var view = new SignalView(consumer, TOPIC, SignalsEndpointTest::decoded);
        view.step();

        int offset = 0;
        for (String value : List.of("1", "3", "2", "undecodable")) {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, "s" + value, bytes(value)));
        }
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, "s3", null));
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, "s1", bytes("1")));
        view.step();

        assertThat(view.newest()).extracting(Signal::getSignalId).containsExactly("s2", "s1");
    }

    @Test
    void aSignalIsToldInFull() throws Exception {
        JsonNode signal = answer(null).path("signals").get(0);

        assertThat(signal.path("signalId").asText()).isEqualTo("s3");
        assertThat(signal.path("kind").asText()).isEqualTo("RISE");
        assertThat(signal.path("theme").asText()).isEqualTo("network.outage");
        assertThat(signal.has("term")).isFalse();
        assertThat(signal.path("expected").asDouble()).isEqualTo(1.23);
        assertThat(signal.path("explanation").get(0).path("value").asText()).isEqualTo("STORE");
        assertThat(signal.path("verbatims").get(0).path("href").asText()).isEqualTo("/api/v1/verbatims/v%2F1");
    }

    @ParameterizedTest
    @CsvSource({
        "offer=fibre-pro, s3 s1",
        "offer=mobile, s2",
        "'offer=mobile,fibre-pro', s3 s2 s1",
        "kind=new_term, s2",
        "theme=network.outage, s3 s1",
        "from=2026-03-15T12:02:00Z, s3 s2",
        "to=2026-03-15T12:02:00Z, s1",
        "from=2026-03-15&to=2026-03-15, s3 s2 s1",
        "to=2026-03-14, ''",
        "size=1, s3"
    })
    void onlyWhatIsWantedIsTold(String query, String ids) throws Exception {
        var told = new ArrayList<String>();

        answer(query)
                .path("signals")
                .forEach(signal -> told.add(signal.path("signalId").asText()));

        assertThat(String.join(" ", told)).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({
        "kind=FALL, kind",
        "from=yesterday, from",
        "to=2026-13-01, to",
        "zone=Mars, zone",
        "size=1001, size",
        "ofer=x, offer"
    })
    void whatCannotBeUnderstoodIsRefusedByName(String query, String named) {
        assertThatThrownBy(() -> answer(query)).isInstanceOf(Refusal.class).hasMessageContaining(named);
    }

    private static JsonNode answer(@Nullable String query) throws Refusal, IOException {
        var endpoint = new SignalsEndpoint(() -> List.of(signal("3"), signal("2"), signal("1")));
        return new ObjectMapper().readTree(endpoint.list(query).body());
    }

    private static Decoding<Signal> decoded(byte[] bytes) {
        String number = new String(bytes, StandardCharsets.UTF_8);
        return number.equals("undecodable")
                ? new Decoding.Undecodable<>("bad-avro", "not readable")
                : new Decoding.Decoded<>(signal(number));
    }

    private static byte[] bytes(String number) {
        return number.getBytes(StandardCharsets.UTF_8);
    }

    private static Signal signal(String number) {
        boolean isNew = number.equals("2");
        return Signal.newBuilder()
                .setSignalId("s" + number)
                .setKind(isNew ? SignalKind.NEW_TERM : SignalKind.RISE)
                .setOfferId(isNew ? "mobile" : "fibre-pro")
                .setTheme(isNew ? null : "network.outage")
                .setTerm(isNew ? "zorglub" : null)
                .setWindowStart(NOW)
                .setWindowEnd(NOW)
                .setSince(NOW)
                .setDetectedAt(NOW.plus(Duration.ofMinutes(Long.parseLong(number))))
                .setObserved(6)
                .setExpected(1.23456)
                .setFalseAlarmsPerMonth(0.01)
                .setExplanation(List.of(new SignalCause("channel", "STORE", 5, 6, 0.4, 12.3)))
                .setVerbatimIds(List.of("v/1"))
                .build();
    }
}
