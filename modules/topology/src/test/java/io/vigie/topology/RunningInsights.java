package io.vigie.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.OfferTheme;
import io.vigie.events.Question;
import io.vigie.events.Revision;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The second topology in a test: verbatims in, and what came out so far. Its clock is the driver's. */
final class RunningInsights implements AutoCloseable {
    static final Topics TOPICS = Topics.standard();
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final List<String> ensured = new ArrayList<>();
    private final Map<String, @Nullable OfferTheme> rows = new HashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private Instant now;

    RunningInsights(Instant start) {
        this(start, TextReaders.standard());
    }

    RunningInsights(Instant start, TextReaders texts) {
        this.now = start;
        var parts = new InsightTopology.Parts(ensured::add, ZONE, () -> now, SignalSettings.standard(ZONE));
        var topology = InsightTopology.build(TOPICS, registry, parts, texts, meters);
        driver = new TopologyTestDriver(topology, new Properties(), start);
    }

    void pipe(Verbatim verbatim) {
        input().pipeInput(verbatim.getVerbatimId().getBytes(StandardCharsets.UTF_8), bytes(verbatim));
    }

    void pipe(byte @Nullable [] key, byte @Nullable [] value) {
        input().pipeInput(key, value);
    }

    void revise(Revision revision) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            driver.createInputTopic(
                            TOPICS.revisions(),
                            new ByteArraySerializer(),
                            new ByteArraySerializer(),
                            now,
                            Duration.ZERO)
                    .pipeInput(
                            revision.getVerbatimId().getBytes(StandardCharsets.UTF_8),
                            serializer.serialize(TOPICS.revisions(), revision));
        }
    }

    /** What was written anew. */
    List<TestRecord<String, Verbatim>> verbatims() {
        return records(TOPICS.verbatims(), Verbatim.class);
    }

    void erase(String id) {
        pipe(id.getBytes(StandardCharsets.UTF_8), null);
    }

    void advance(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    byte[] bytes(Verbatim verbatim) {
        return bytes(TOPICS.verbatims(), verbatim);
    }

    byte[] bytes(String topic, SpecificRecord value) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            return serializer.serialize(topic, value);
        }
    }

    Recount recount() {
        return new Recount(ZONE, registry.decoder(Verbatim.class));
    }

    /** Offers whose topics were made sure of. */
    List<String> ensured() {
        return ensured;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    TopologyTestDriver driver() {
        return driver;
    }

    List<TestRecord<String, Verbatim>> complaints(String offerId) {
        return records(TOPICS.complaints(offerId), Verbatim.class);
    }

    List<TestRecord<String, OfferTheme>> countRecords() {
        return records(TOPICS.offerThemes(), OfferTheme.class);
    }

    /** The last value of every key so far; null when it is a tombstone. */
    Map<String, @Nullable OfferTheme> counts() {
        rows.putAll(last(countRecords()));
        return rows;
    }

    /** The rows that are there. */
    Map<String, OfferTheme> table() {
        var table = new HashMap<String, OfferTheme>();
        counts().forEach((key, row) -> {
            if (row != null) {
                table.put(key, row);
            }
        });
        return table;
    }

    OfferTheme count(String key) {
        return Objects.requireNonNull(counts().get(key), key);
    }

    List<TestRecord<String, Question>> questions() {
        return records(TOPICS.questions(), Question.class);
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    static <T> Map<String, @Nullable T> last(List<TestRecord<String, T>> records) {
        var last = new HashMap<String, @Nullable T>();
        records.forEach(record -> last.put(record.key(), record.value()));
        return last;
    }

    private TestInputTopic<byte[], byte[]> input() {
        return driver.createInputTopic(
                TOPICS.verbatims(), new ByteArraySerializer(), new ByteArraySerializer(), now, Duration.ZERO);
    }

    private <T extends SpecificRecord> List<TestRecord<String, T>> records(String topic, Class<T> type) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), registry.serde(type).deserializer())
                .readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
        registry.close();
    }
}
