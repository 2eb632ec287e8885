package io.vigie.topology;

import static io.vigie.topology.SampleVerbatims.NOW;
import static io.vigie.topology.SampleVerbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Revision;
import io.vigie.events.RevisionHeader;
import io.vigie.events.RevisionReason;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.VerbatimVersion;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.VerbatimChanges.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Reassigning while others write the same verbatims, in a log that the stream reads late: what a broker does with one
 * partition of {@code voc.verbatims}. The driver of the real topology feeds what it writes back at once, and cannot show it.
 */
class ReassigningModelTest {
    private static final String OFFER = "fibre-pro";
    private static final String[] IDS = {"a", "b", "c"};

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final TopologyTestDriver driver = new TopologyTestDriver(topology(), new Properties(), NOW);
    private final List<TestRecord<byte[], byte[]>> log = new ArrayList<>();
    private final Map<String, @Nullable Verbatim> lastOfOthers = new HashMap<>();
    private int read;
    private int versions;

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void aVersionThatLandsBehindANewerOneHidesItOnlyUntilItIsReadBack() {
        var said = others("a");
        readAll();
        var newer = others("a");

        request(said);
        assertThat(last("a")).isEqualTo(assigned(said));
        readAll();

        assertThat(last("a")).isEqualTo(newer);
        assertThat(counted("a")).isEqualTo(VerbatimChanges.countedOf(newer));
    }

    @Test
    void aVersionThatLandsBehindATombstoneIsErasedAgain() {
        var said = others("a");
        readAll();
        othersErase("a");

        request(said);
        readAll();

        assertThat(last("a")).isNull();
        assertThat(counted("a")).isNull();
        assertThat(log).hasSize(4);
    }

    @Test
    void aSecondRequestBeforeTheFirstIsReadBackGivesNothing() {
        var said = others("a");
        readAll();

        request(said);
        request(said);
        readAll();

        assertThat(log).hasSize(2);
    }

    @Test
    void whateverIsWrittenMeanwhileIsNeverLostAndEachVersionIsReassignedOnceAtMost() {
        for (int round = 0; round < 30; round++) {
            long seed = Long.getLong("seed", System.nanoTime());
            play(new Random(seed));
            readAll();
            for (String id : IDS) {
                assertNothingLost(id, seed);
            }
            assertThat(onTheirWay()).as("-Dseed=%d", seed).isEmpty();
            assertThat(reassigned()).as("-Dseed=%d", seed).doesNotHaveDuplicates();
        }
    }

    private void play(Random random) {
        for (int step = 0; step < 100; step++) {
            String id = IDS[random.nextInt(IDS.length)];
            int dice = random.nextInt(10);
            if (dice < 3) {
                if (random.nextInt(4) == 0) {
                    othersErase(id);
                } else {
                    others(id);
                }
            } else if (dice < 8) {
                readOne();
            } else if (dice < 9 && !log.isEmpty()) {
                var any = decoded(log.get(random.nextInt(log.size())).value());
                if (any != null) {
                    request(any);
                }
            } else {
                compact();
            }
        }
    }

    private void assertNothingLost(String id, long seed) {
        var others = lastOfOthers.get(id);
        var there = last(id);
        assertThat(counted(id))
                .as("-Dseed=%d", seed)
                .isEqualTo(there == null ? null : VerbatimChanges.countedOf(there));
        if (others == null) {
            assertThat(there).as("-Dseed=%d", seed).isNull();
        } else {
            assertThat(there).as("-Dseed=%d", seed).isIn(others, assigned(others));
            // Whoever asks again gets it.
            request(others);
            readAll();
            assertThat(last(id)).as("-Dseed=%d", seed).isEqualTo(assigned(others));
        }
    }

    private Verbatim others(String id) {
        var version = verbatim(id, Topics.UNASSIGNED)
                .setClassifier("version " + versions++)
                .build();
        lastOfOthers.put(id, version);
        log.add(new TestRecord<>(bytes(id), bytes("verbatims", version), new RecordHeaders(), NOW));
        return version;
    }

    private void othersErase(String id) {
        lastOfOthers.put(id, null);
        log.add(new TestRecord<>(bytes(id), null, new RecordHeaders(), NOW));
    }

    private void request(Verbatim said) {
        var revision = new Revision(
                said.getVerbatimId(),
                RevisionReason.REASSIGNED,
                new VerbatimVersion(said.getClassifiedAt(), said.getClassifier(), Topics.UNASSIGNED),
                NOW,
                ByteBuffer.wrap(bytes("verbatims", assigned(said))));
        pipe(
                "requests",
                new TestRecord<>(bytes(said.getVerbatimId()), bytes("requests", revision), new RecordHeaders(), NOW));
    }

    private void readOne() {
        if (read < log.size()) {
            pipe("verbatims", log.get(read++));
        }
    }

    private void readAll() {
        int steps = 0;
        while (read < log.size()) {
            assertThat(steps++).as("it goes round for ever").isLessThan(10_000);
            readOne();
        }
    }

    /** Takes out of what is not read yet our own records that others of their key come behind. */
    private void compact() {
        for (int i = log.size() - 2; i >= read; i--) {
            var record = log.get(i);
            boolean behind =
                    log.subList(i + 1, log.size()).stream().anyMatch(later -> Arrays.equals(later.key(), record.key()));
            if (behind && RevisionHeader.on(record.headers())) {
                log.remove(i);
            }
        }
    }

    /** What it writes is at the end of the log at once. */
    private void pipe(String topic, TestRecord<byte[], byte[]> record) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
        log.addAll(driver.createOutputTopic("again", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList());
    }

    private @Nullable Verbatim last(String id) {
        Verbatim last = null;
        for (var record : log) {
            if (new String(record.key(), StandardCharsets.UTF_8).equals(id)) {
                last = decoded(record.value());
            }
        }
        return last;
    }

    /** The versions that were written under the offer by request. */
    private List<String> reassigned() {
        var versions = new ArrayList<String>();
        for (var record : log) {
            var writing = RevisionHeader.in(record.headers());
            if (writing.isPresent() && !writing.get().startsWith("again")) {
                versions.add(Objects.requireNonNull(decoded(record.value())).getClassifier());
            }
        }
        return versions;
    }

    private @Nullable Verbatim counted(String id) {
        return driver.<String, Verbatim>getKeyValueStore(VerbatimChanges.COUNTED)
                .get(id);
    }

    private List<String> onTheirWay() {
        var keys = new ArrayList<String>();
        try (var all = driver.<String, String>getKeyValueStore(OwnWrites.STORE).all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    private @Nullable Verbatim decoded(byte @Nullable [] value) {
        return value != null
                        && registry.decoder(Verbatim.class).decode(value)
                                instanceof Decoding.Decoded<Verbatim>(Verbatim verbatim)
                ? verbatim
                : null;
    }

    private byte[] bytes(String topic, SpecificRecord value) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            return serializer.serialize(topic, value);
        }
    }

    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private static Verbatim assigned(Verbatim verbatim) {
        return Verbatim.newBuilder(verbatim).setOfferId(OFFER).build();
    }

    /** The two processors and their stores, but what they write does not come back by itself. */
    private Topology topology() {
        var metrics = new InsightMetrics(new SimpleMeterRegistry());
        var decode = new ByteArrayDeserializer();
        return new Topology()
                .addSource("read", decode, decode, "verbatims")
                .addSource("requested", decode, decode, "requests")
                .addProcessor("changes", () -> new VerbatimChanges(registry.decoder(Verbatim.class), metrics), "read")
                .addProcessor(
                        "reassign",
                        () -> new Revising(registry.decoder(Revision.class), registry.decoder(Verbatim.class), metrics),
                        "requested")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(VerbatimChanges.COUNTED),
                                Serdes.String(),
                                registry.serdeAs("verbatims", Verbatim.class)),
                        "changes",
                        "reassign")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(OwnWrites.STORE), Serdes.String(), Serdes.String()),
                        "changes",
                        "reassign")
                .addProcessor("again-only", AgainOnly::new, "changes", "reassign")
                .addSink("written", "again", new ByteArraySerializer(), new ByteArraySerializer(), "again-only");
    }

    private static final class AgainOnly extends ContextualProcessor<byte[], Outcome, byte[], byte[]> {
        @Override
        public void process(Record<byte[], Outcome> record) {
            if (record.value() instanceof Outcome.Written again) {
                context().forward(record.withValue(again.value()));
            }
        }
    }
}
