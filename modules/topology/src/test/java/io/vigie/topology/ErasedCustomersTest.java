package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Author;
import io.vigie.events.Channel;
import io.vigie.events.Erasure;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.understanding.Engine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events of customers who were erased, when they are read again. */
class ErasedCustomersTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");
    private final CustomerKeys keys = new CustomerKeys("a secret of the tests".getBytes(StandardCharsets.UTF_8));
    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Engine engine = Engine.standard();
    private final TopologyTestDriver driver = new TopologyTestDriver(
            VerbatimTopology.build(
                    TOPICS,
                    registry,
                    new VerbatimTopology.Parts(
                            engine::understand, keys, offer -> {}, new OffersSeen(), Duration.ofDays(2), () -> NOW),
                    meters),
            new Properties(),
            NOW);

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void anEventOfAnErasedCustomerIsNotUnderstoodAgain() {
        erase("c-1", NOW);

        send("e1", "c-1", NOW.minusSeconds(60));
        send("e2", "c-2", NOW.minusSeconds(60));

        assertThat(verbatimIds()).containsExactly("crm:e2");
        assertThat(keys(TOPICS.contacts())).containsExactly("t-e2:crm:e2");
        assertThat(meters.get("vigie.events.erased")
                        .tag("kind", "ticket")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatHeSaysAfterwardsIsUnderstood() {
        erase("c-1", NOW.minusSeconds(10));

        send("e1", "c-1", NOW.minusSeconds(5));

        assertThat(verbatimIds()).containsExactly("crm:e1");
    }

    @Test
    void anEventFromASourceWhoseClockIsAheadIsErasedByWhenItCame() {
        erase("c-1", NOW);

        send("e1", "c-1", NOW.plusSeconds(3_600));

        assertThat(verbatimIds()).isEmpty();
    }

    @Test
    void anEventOfNobodyKnownIsUnderstood() {
        erase("c-1", NOW);

        send("e1", null, NOW.minusSeconds(60));

        assertThat(verbatimIds()).containsExactly("crm:e1");
    }

    @Test
    void aRequestThatCannotBeReadOrIsTakenBackErasesNobody() {
        byte[] key = keys.keyOf("c-1").getBytes(StandardCharsets.UTF_8);
        erase("c-1", NOW);
        requests().pipeInput(key, (byte[]) null);
        requests().pipeInput(key, new byte[] {1, 2, 3});
        requests().pipeInput(null, new byte[] {1, 2, 3});

        send("e1", "c-1", NOW.minusSeconds(60));

        assertThat(verbatimIds()).containsExactly("crm:e1");
        assertThat(meters.get("vigie.erasures.refused")
                        .tag("reason", "not-avro")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private void erase(String customerId, Instant at) {
        String key = keys.keyOf(customerId);
        try (var serializer = registry.<Erasure>serializer()) {
            requests()
                    .pipeInput(
                            key.getBytes(StandardCharsets.UTF_8),
                            serializer.serialize(TOPICS.erasures(), new Erasure(key, "r", at, null)));
        }
    }

    private TestInputTopic<byte[], byte[]> requests() {
        return driver.createInputTopic(TOPICS.erasures(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void send(String eventId, @Nullable String customerId, Instant saidAt) {
        var event = TicketEvent.newBuilder()
                .setEventId(eventId)
                .setSource("crm")
                .setOccurredAt(saidAt)
                .setCustomerId(customerId)
                .setChannel(Channel.EMAIL)
                .setTicketId("t-" + eventId)
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setBody("Plus d'internet.")
                .build();
        try (var serializer = registry.<TicketEvent>serializer()) {
            driver.createInputTopic(
                            TOPICS.tickets(), new ByteArraySerializer(), new ByteArraySerializer(), NOW, Duration.ZERO)
                    .pipeInput(
                            event.getTicketId().getBytes(StandardCharsets.UTF_8),
                            serializer.serialize(TOPICS.tickets(), event));
        }
    }

    private List<String> verbatimIds() {
        return keys(TOPICS.verbatims());
    }

    private List<String> keys(String topic) {
        return driver
                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(TestRecord::key)
                .collect(Collectors.toList());
    }
}
