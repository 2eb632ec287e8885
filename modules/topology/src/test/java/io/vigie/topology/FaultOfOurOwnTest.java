package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Author;
import io.vigie.events.Channel;
import io.vigie.events.DeadLetter;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the stream does when our own code fails: on one text, and on all. */
class FaultOfOurOwnTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");
    private static final String POISON = "Je suis Yvette Quennehen, rappelez-moi au 06 39 98 41 27";
    private static final String GOOD = "Plus d'internet.";

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Engine engine = Engine.standard();
    private final TopologyTestDriver driver = new TopologyTestDriver(
            VerbatimTopology.build(
                    TOPICS,
                    registry,
                    new VerbatimTopology.Parts(
                            this::understand,
                            new CustomerKeys("a secret of the tests".getBytes(StandardCharsets.UTF_8)),
                            offer -> {},
                            new OffersSeen(),
                            Duration.ofDays(2),
                            () -> NOW),
                    meters),
            new Properties(),
            NOW);
    private boolean mended;
    private boolean deep;

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void anEventThatWasBuriedIsUnderstoodWhenItIsSentBack() {
        send("e1", POISON);
        mended = true;

        var buried = deadLetters().getFirst();
        driver.createInputTopic(TOPICS.tickets(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(buried.key(), buried.value());

        assertThat(verbatimIds()).containsExactly("crm:e1");
    }

    @Test
    void aTextThatNestsTooDeepIsADeadLetterToo() {
        deep = true;

        send("e1", POISON);
        send("e2", GOOD);

        assertThat(deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(header(letter, DeadLetter.DETAIL))
                        .isEqualTo("understanding failed with java.lang.StackOverflowError"));
        assertThat(verbatimIds()).containsExactly("crm:e2");
    }

    @Test
    void aFaultMetInEventAfterEventStopsTheStreamAtTheLastOfThem() {
        for (int i = 1; i < CircuitBreaker.FAILURES; i++) {
            send("e" + i, POISON);
        }

        var failure = catchThrowable(() -> send("last", POISON));

        assertThat(VerbatimStream.ourFault(failure))
                .get()
                .asString()
                .contains(
                        "at last on voc.tickets-0@" + (CircuitBreaker.FAILURES - 1),
                        "java.lang.IllegalStateException",
                        "start again, which goes on at that event",
                        "vigie dead-letters replay --reason not-understood");
        assertThat(deadLetters()).hasSize(CircuitBreaker.FAILURES - 1);
    }

    @Test
    void aStormOfBadInputStopsNothing() {
        var tickets = driver.createInputTopic(TOPICS.tickets(), new ByteArraySerializer(), new ByteArraySerializer());
        for (int i = 0; i < 10 * CircuitBreaker.FAILURES; i++) {
            tickets.pipeInput("k".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
            send("", POISON);
        }
        send("e1", GOOD);

        assertThat(deadLetters()).hasSize(20 * CircuitBreaker.FAILURES);
        assertThat(verbatimIds()).containsExactly("crm:e1");
    }

    @Test
    void oneTextInTwoThatFailsStopsNothing() {
        for (int i = 0; i < 3 * CircuitBreaker.FAILURES; i++) {
            send("good" + i, GOOD);
            send("bad" + i, POISON);
        }

        assertThat(verbatimIds()).hasSize(3 * CircuitBreaker.FAILURES);
    }

    @Test
    void personalDataInATextThatFailsIsInNoHeaderNoMeterAndNoMessage() {
        for (int i = 1; i < CircuitBreaker.FAILURES; i++) {
            send("e" + i, POISON);
        }
        var trace = new StringWriter();
        catchThrowable(() -> send("last", POISON)).printStackTrace(new PrintWriter(trace));

        var headers = deadLetters().stream()
                .flatMap(letter -> Arrays.stream(letter.headers().toArray()))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .distinct()
                .toList();
        var tags = meters.getMeters().stream()
                .flatMap(meter ->
                        StreamSupport.stream(meter.getId().getTagsAsIterable().spliterator(), false))
                .map(Object::toString)
                .distinct()
                .toList();
        for (String planted : List.of("Yvette", "Quennehen", "39 98", "c-planted")) {
            assertThat(headers).isNotEmpty().noneMatch(header -> header.contains(planted));
            assertThat(tags).isNotEmpty().noneMatch(tag -> tag.contains(planted));
            assertThat(trace.toString())
                    .contains("UnderstandingFailedException")
                    .doesNotContain(planted);
        }
    }

    private Understood understand(Utterance utterance) {
        if (!mended && utterance.text().contains(POISON)) {
            if (deep) {
                return understand(utterance);
            }
            throw new IllegalStateException("fault met in: " + utterance.text());
        }
        return engine.understand(utterance);
    }

    private void send(String eventId, String body) {
        var event = TicketEvent.newBuilder()
                .setEventId(eventId)
                .setSource("crm")
                .setOccurredAt(NOW)
                .setCustomerId("c-planted")
                .setChannel(Channel.EMAIL)
                .setTicketId("t-" + eventId)
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setBody(body)
                .build();
        try (var serializer = registry.<TicketEvent>serializer()) {
            driver.createInputTopic(TOPICS.tickets(), new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(
                            event.getTicketId().getBytes(StandardCharsets.UTF_8),
                            serializer.serialize(TOPICS.tickets(), event));
        }
    }

    private List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private List<String> verbatimIds() {
        return driver
                .createOutputTopic(TOPICS.verbatims(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(TestRecord::key)
                .collect(Collectors.toList());
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
