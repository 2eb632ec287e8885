package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Author;
import io.vigie.events.Channel;
import io.vigie.events.DeadLetter;
import io.vigie.events.Offer;
import io.vigie.events.OfferTheme;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import io.vigie.understanding.Intent;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger of everything that was sent, good and bad, twice, late and out of order, is held against what both streams made of
 * it. Now and then one of them loses its disk and is restored from its changelogs, and the second one is behind the first.
 */
class LedgerOracleTest {
    private static final Topics TOPICS = Topics.standard();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");
    private static final int STEPS = 250;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));

    @TempDir
    private Path directory;

    private Stream first;
    private Stream second;

    /** By id, what must be there once. */
    private final Map<String, TicketEvent> good = new TreeMap<>();
    /** Offsets in the topic of tickets of what must be buried. */
    private final Set<Long> poison = new TreeSet<>();

    private final List<TestRecord<byte[], byte[]>> verbatims = new ArrayList<>();
    /** Offsets that the dead letters name. */
    private final List<Long> buried = new ArrayList<>();

    private final Map<String, @Nullable OfferTheme> rows = new HashMap<>();
    private int sent;
    /** How many were sent to drivers before the one of now, which counts from nothing. */
    private int offsetsBefore;

    private int counted;

    @BeforeEach
    void start() {
        first = new Stream("vigie");
        second = new Stream("vigie-insights");
        declare();
    }

    /** The catalogue is read from its topic at every start. */
    private void declare() {
        var offer = new Offer("fibre", "Fibre", List.of(), null, null, null, null);
        first.pipe(TOPICS.offers(), bytes("fibre"), bytes(TOPICS.offers(), offer));
    }

    @AfterEach
    void stop() {
        first.driver.close();
        second.driver.close();
        registry.close();
    }

    @Test
    void whatWasSentIsThereOnceOrBuriedWithItsOriginAndTheCountsAreThoseOfTheLedger() {
        for (int step = 0; step < STEPS; step++) {
            step();
        }
        count(Integer.MAX_VALUE);

        assertThat(verbatims.stream().map(record -> text(record.key())))
                .as("rerun with -Dseed=%d", seed)
                .containsExactlyInAnyOrderElementsOf(good.keySet());
        assertThat(buried).as("rerun with -Dseed=%d", seed).containsExactlyInAnyOrderElementsOf(poison);
        assertCounts();
        assertThat(good).isNotEmpty();
        assertThat(poison).isNotEmpty();
    }

    private void assertCounts() {
        var recount = new Recount(PARIS, registry.decoder(Verbatim.class));
        for (var record : verbatims) {
            recount.put(record.key(), record.value(), NOW);
        }
        var table = new HashMap<String, OfferTheme>();
        rows.forEach((key, row) -> {
            if (row != null) {
                table.put(key, row);
            }
        });

        assertThat(recount.compare(table, NOW.plus(Duration.ofMinutes(1))).differences())
                .as("rerun with -Dseed=%d", seed)
                .isEmpty();
        assertThat(table).isNotEmpty();
    }

    private void step() {
        switch (random.nextInt(40)) {
            case 0 -> {
                first.loseDisk();
                declare();
                offsetsBefore = sent;
            }
            case 1 -> second.loseDisk();
            case 2, 3, 4, 5, 6, 7, 8 -> poison();
            case 9, 10, 11, 12, 13, 14 -> again();
            case 15, 16, 17 -> count(1 + random.nextInt(20));
            default -> good();
        }
    }

    private void good() {
        String id = "e" + sent;
        // Late by up to three years, and in any order.
        var at = NOW.minusSeconds(random.nextInt(100_000_000) >> random.nextInt(20));
        var event = event(id, at)
                .setOffer(random.nextBoolean() ? "fibre" : "an offer nobody knows")
                .build();
        good.put("crm:" + id, event);
        send(bytes(event.getTicketId()), bytes(TOPICS.tickets(), event));
    }

    /** A double, and one of the same id that says something else: the first one counts. */
    private void again() {
        if (!good.isEmpty()) {
            var event = List.copyOf(good.values()).get(random.nextInt(good.size()));
            var told = random.nextBoolean()
                    ? event
                    : TicketEvent.newBuilder(event).setBody("Autre chose.").build();
            send(bytes(told.getTicketId()), bytes(TOPICS.tickets(), told));
        }
    }

    private void poison() {
        var event = event("p" + sent, NOW).build();
        byte[] key = bytes(event.getTicketId());
        byte[] whole = bytes(TOPICS.tickets(), event);
        poison.add((long) sent);
        switch (random.nextInt(8)) {
            case 0 -> send(key, bytes("no Avro"));
            case 1 -> send(key, new byte[0]);
            case 2 -> send(key, null);
            case 3 -> send(null, whole);
            case 4 -> send(bytes("another key"), whole);
            case 5 -> send(key, Arrays.copyOf(whole, whole.length - 1 - random.nextInt(whole.length - 6)));
            case 6 -> {
                ByteBuffer.wrap(whole).putInt(1, 4711);
                send(key, whole);
            }
            default ->
                send(
                        key,
                        bytes(
                                TOPICS.tickets(),
                                event("p" + sent, Instant.parse("2100-01-01T00:00:00Z"))
                                        .build()));
        }
    }

    private void send(byte @Nullable [] key, byte @Nullable [] value) {
        first.pipe(TOPICS.tickets(), key, value);
        sent++;
        verbatims.addAll(first.read(TOPICS.verbatims()));
        for (var letter : first.read(TOPICS.deadLetters())) {
            buried.add(offsetsBefore
                    + Long.parseLong(
                            text(letter.headers().lastHeader(DeadLetter.OFFSET).value())));
        }
    }

    /** Lets the second stream read on. */
    private void count(int records) {
        int until = (int) Math.min(verbatims.size(), (long) counted + records);
        for (; counted < until; counted++) {
            second.pipe(
                    TOPICS.verbatims(),
                    verbatims.get(counted).key(),
                    verbatims.get(counted).value());
        }
        for (var record : second.read(TOPICS.offerThemes())) {
            rows.put(
                    text(record.key()),
                    record.value() == null
                            ? null
                            : registry.serde(OfferTheme.class).deserializer().deserialize("", record.value()));
        }
    }

    /** One stream in a driver of its own, whose offsets go on when its state is restored. */
    private final class Stream {
        private final String id;
        private final FormerState changelogs = FormerState.empty();
        private TopologyTestDriver driver;
        private int incarnation;

        Stream(String id) {
            this.id = id;
            this.driver = started();
        }

        void pipe(String topic, byte @Nullable [] key, byte @Nullable [] value) {
            driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer(), NOW, Duration.ZERO)
                    .pipeInput(key, value);
        }

        List<TestRecord<byte[], byte[]>> read(String topic) {
            return driver.producedTopicNames().contains(topic)
                    ? driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                            .readRecordsToList()
                    : List.of();
        }

        void loseDisk() {
            changelogs.learn(id, driver);
            driver.close();
            driver = started();
            changelogs.restore(driver);
        }

        private TopologyTestDriver started() {
            var properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
            properties.put(
                    StreamsConfig.STATE_DIR_CONFIG,
                    directory.resolve(id + incarnation++).toString());
            return new TopologyTestDriver(topology(id), properties, NOW);
        }
    }

    private Topology topology(String id) {
        var meters = new SimpleMeterRegistry();
        return id.equals("vigie")
                ? VerbatimTopology.build(
                        TOPICS,
                        registry,
                        new VerbatimTopology.Parts(
                                LedgerOracleTest::complaint,
                                new CustomerKeys(bytes("a secret of the tests")),
                                _ -> {},
                                new OffersSeen(),
                                Duration.ofDays(2),
                                () -> NOW),
                        meters)
                : InsightTopology.build(
                        TOPICS,
                        registry,
                        new InsightTopology.Parts(_ -> {}, PARIS, () -> NOW, SignalSettings.standard(PARIS)),
                        meters);
    }

    private static Understood complaint(Utterance utterance) {
        var outage = new io.vigie.understanding.Theme("network.outage", 0.9, List.of());
        return new Understood(
                utterance.text(), "fr", Intent.COMPLAINT, List.of(outage), -0.5, 2, 0.1, false, Map.of(), "test");
    }

    private TicketEvent.Builder event(String id, Instant at) {
        return TicketEvent.newBuilder()
                .setEventId(id)
                .setSource("crm")
                .setOccurredAt(at)
                .setCustomerId("c-" + random.nextInt(20))
                .setChannel(Channel.EMAIL)
                .setTicketId("t-" + random.nextInt(50))
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setBody("Plus d'internet.");
    }

    private byte[] bytes(String topic, SpecificRecord record) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            return serializer.serialize(topic, record);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
