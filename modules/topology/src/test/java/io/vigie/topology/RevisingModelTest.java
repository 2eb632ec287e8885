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
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.VerbatimChanges.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One partition of verbatims and of revisions as Kafka keeps them: what others write comes in between the decision of the
 * stream, its write, the end of its transaction and its reading that back; and it crashes at any of these moments.
 */
class RevisingModelTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int ROUNDS = 120;
    private static final int STEPS = 40;
    private static final int IDS = 6;
    private static final Topics TOPICS = Topics.standard();

    private final Random random = new Random(SEED);
    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final MockProcessorContext<byte[], Outcome> context = new MockProcessorContext<>();
    private final KeyValueStore<String, Verbatim> counted =
            store(VerbatimChanges.COUNTED, registry.serdeAs(TOPICS.verbatims(), Verbatim.class));
    private final KeyValueStore<String, String> own = store(OwnWrites.STORE, Serdes.String());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InsightMetrics metrics = new InsightMetrics(meters);
    private final VerbatimChanges changes = new VerbatimChanges(registry.decoder(Verbatim.class), metrics);
    private final Revising revising =
            new Revising(registry.decoder(Revision.class), registry.decoder(Verbatim.class), metrics);

    private final List<Written> log = new ArrayList<>();
    private final List<Revision> revisions = new ArrayList<>();
    private final List<Verbatim> versions = new ArrayList<>();
    /** Decided, and not sent yet. */
    private final List<Written> unsent = new ArrayList<>();

    private final List<VerbatimChange> changed = new ArrayList<>();
    private State state = new State(0, 0, 0, Map.of(), Map.of());
    private int readVerbatims;
    private int readRevisions;
    private int live;

    /** What one transaction leaves to the next. */
    private record State(
            int verbatims, int revisions, int changed, Map<String, Verbatim> counted, Map<String, String> own) {}

    /** A record; ours are not to be seen before their transaction ends, nor is anything behind them. */
    private static final class Written {
        private final String id;
        private final @Nullable Verbatim verbatim;
        private final Headers headers;
        private boolean open;
        private boolean aborted;

        Written(String id, @Nullable Verbatim verbatim, Headers headers, boolean open) {
            this.id = id;
            this.verbatim = verbatim;
            this.headers = headers;
            this.open = open;
        }

        boolean ours() {
            return RevisionHeader.on(headers);
        }

        boolean erasure() {
            return verbatim == null
                    && RevisionHeader.in(headers)
                            .filter(writing -> !writing.startsWith("again"))
                            .isPresent();
        }
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void whateverCrossesTheNewestSayingStaysWhatIsErasedIsGoneAndTheCountsAreOfTheLog() {
        context.setCurrentSystemTimeMs(NOW.toEpochMilli());
        changes.init(context);
        revising.init(context);

        for (int round = 0; round < ROUNDS; round++) {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            drain();
            assertSettled();
        }

        assertChangesAreAChain();
        assertRevisionOfWhatIsThereIsApplied();
        assertThat(meters.counter("vigie.revisions.crossed").count())
                .as(rerun())
                .isPositive();
        assertThat(meters.counter("vigie.revisions.overtaken").count())
                .as(rerun())
                .isPositive();
    }

    /** What comes later would cover up what went wrong: so often. */
    private void assertSettled() {
        for (int i = 0; i < IDS; i++) {
            var history = history("v" + i);
            assertCountedIsLast("v" + i, history);
            assertNewestSayingStays("v" + i, history);
            assertNothingRises("v" + i, history);
        }
        assertThat(content(own)).as(rerun()).isEmpty();
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> live("v" + random.nextInt(IDS));
            case 3 -> {
                if (random.nextInt(4) == 0) {
                    log.add(new Written("v" + random.nextInt(IDS), null, new RecordHeaders(), false));
                }
            }
            case 4, 5, 6, 7 -> revise();
            case 8 -> erase("v" + random.nextInt(IDS));
            case 9, 10, 11, 12 -> readVerbatim();
            case 13, 14, 15 -> readRevision();
            case 16, 17 -> send();
            case 18 -> commit();
            default -> {
                if (random.nextInt(5) == 0) {
                    crash();
                }
            }
        }
    }

    private void live(String id) {
        live++;
        var said = verbatim(id, "fibre")
                .setClassifiedAt(NOW.plusMillis(live))
                .setClassifier("old")
                .build();
        versions.add(said);
        log.add(new Written(id, said, new RecordHeaders(), false));
    }

    /** From the newest version, or one that is long past. */
    private void revise() {
        if (!versions.isEmpty()) {
            int back = random.nextInt(random.nextBoolean() ? versions.size() : Math.min(4, versions.size()));
            revise(versions.get(versions.size() - 1 - back));
        }
    }

    private void revise(Verbatim base) {
        var made = random.nextBoolean()
                ? Verbatim.newBuilder(base).setClassifier("new-" + random.nextInt(3))
                : Verbatim.newBuilder(base).setOfferId("offer-" + random.nextInt(3));
        revisions.add(new Revision(
                base.getVerbatimId(),
                RevisionReason.RECLASSIFIED,
                Revising.version(base),
                NOW,
                ByteBuffer.wrap(bytes(made.build()))));
    }

    private void erase(String id) {
        revisions.add(new Revision(id, RevisionReason.ERASED, null, NOW, null));
    }

    private void readVerbatim() {
        while (readVerbatims < log.size() && log.get(readVerbatims).aborted) {
            readVerbatims++;
        }
        if (readVerbatims == log.size() || log.get(readVerbatims).open) {
            return;
        }
        var next = log.get(readVerbatims);
        context.setRecordMetadata(TOPICS.verbatims(), 0, readVerbatims);
        readVerbatims++;
        byte[] value = next.verbatim == null ? null : bytes(next.verbatim);
        changes.process(record(next.id, value, next.headers));
        takeForwarded();
    }

    private void readRevision() {
        if (readRevisions < revisions.size()) {
            var next = revisions.get(readRevisions);
            context.setRecordMetadata(TOPICS.revisions(), 0, readRevisions);
            readRevisions++;
            revising.process(record(next.getVerbatimId(), bytes(next), new RecordHeaders()));
            takeForwarded();
        }
    }

    private void takeForwarded() {
        for (var forwarded : context.forwarded()) {
            String id = new String(forwarded.record().key(), StandardCharsets.UTF_8);
            switch (forwarded.record().value()) {
                case Outcome.Changed(VerbatimChange change) -> changed.add(change);
                case Outcome.Written(byte[] value) ->
                    unsent.add(
                            new Written(id, decoded(value), forwarded.record().headers(), true));
                case Outcome.Dead dead -> throw new AssertionError(dead.letter().detail());
            }
        }
        context.resetForwards();
    }

    private void send() {
        log.addAll(unsent);
        unsent.forEach(sent -> {
            if (sent.verbatim != null) {
                versions.add(sent.verbatim);
            }
        });
        unsent.clear();
    }

    private void commit() {
        send();
        log.forEach(record -> record.open = false);
        state = new State(readVerbatims, readRevisions, changed.size(), content(counted), content(own));
    }

    private void crash() {
        unsent.clear();
        log.forEach(record -> record.aborted |= record.open);
        log.forEach(record -> record.open = false);
        readVerbatims = state.verbatims;
        readRevisions = state.revisions;
        changed.subList(state.changed, changed.size()).clear();
        restore(counted, state.counted);
        restore(own, state.own);
    }

    private void drain() {
        do {
            commit();
            while (readRevisions < revisions.size()) {
                readRevision();
            }
            while (readVerbatims < log.size()) {
                readVerbatim();
            }
        } while (!unsent.isEmpty());
    }

    private List<Written> history(String id) {
        return log.stream()
                .filter(record -> record.id.equals(id) && !record.aborted)
                .toList();
    }

    private void assertCountedIsLast(String id, List<Written> history) {
        var last = history.isEmpty() ? null : history.getLast().verbatim;
        var known = counted.get(id);
        assertThat(Optional.ofNullable(known).map(Revising::version))
                .as(rerun())
                .isEqualTo(Optional.ofNullable(last).map(Revising::version));
    }

    private void assertNewestSayingStays(String id, List<Written> history) {
        Instant newest = null;
        for (Written record : history) {
            if (!record.ours()) {
                newest = record.verbatim == null ? null : record.verbatim.getClassifiedAt();
            } else if (record.erasure()) {
                newest = null;
            }
        }
        var known = counted.get(id);
        assertThat(known == null ? null : known.getClassifiedAt()).as(rerun()).isEqualTo(newest);
    }

    /** Behind a tombstone of ours nothing of ours comes but what was said behind it. */
    private void assertNothingRises(String id, List<Written> history) {
        boolean gone = false;
        for (Written record : history) {
            if (!record.ours()) {
                gone = false;
            } else if (record.erasure()) {
                gone = true;
            } else {
                assertThat(gone).as("%s of %s", rerun(), id).isFalse();
            }
        }
    }

    private void assertChangesAreAChain() {
        var table = new HashMap<String, Verbatim>();
        for (VerbatimChange change : changed) {
            var either = change.after() == null ? change.before() : change.after();
            String id = either == null ? "" : either.getVerbatimId();
            assertThat(Optional.ofNullable(change.before()).map(Revising::version))
                    .as(rerun())
                    .isEqualTo(Optional.ofNullable(table.get(id)).map(Revising::version));
            if (change.before() != null && change.after() != null) {
                // What was overtaken is never counted.
                assertThat(change.after().getClassifiedAt())
                        .as(rerun())
                        .isAfterOrEqualTo(change.before().getClassifiedAt());
            }
            if (change.after() == null) {
                table.remove(id);
            } else {
                table.put(id, change.after());
            }
        }
        assertThat(table.keySet()).as(rerun()).isEqualTo(content(counted).keySet());
    }

    private void assertRevisionOfWhatIsThereIsApplied() {
        content(counted).values().forEach(there -> {
            revisions.add(new Revision(
                    there.getVerbatimId(),
                    RevisionReason.RECLASSIFIED,
                    Revising.version(there),
                    NOW,
                    ByteBuffer.wrap(bytes(
                            Verbatim.newBuilder(there).setClassifier("last").build()))));
        });
        drain();
        assertThat(content(counted).values())
                .as(rerun())
                .allMatch(there -> there.getClassifier().equals("last"));
    }

    private <V> KeyValueStore<String, V> store(String name, Serde<V> values) {
        var store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    private static <V> Map<String, V> content(KeyValueStore<String, V> store) {
        var content = new HashMap<String, V>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> content.put(entry.key, entry.value));
        }
        return content;
    }

    private static <V> void restore(KeyValueStore<String, V> store, Map<String, V> content) {
        content(store).keySet().forEach(store::delete);
        content.forEach(store::put);
    }

    private static Record<byte[], byte[]> record(String id, byte @Nullable [] value, Headers headers) {
        return new Record<>(id.getBytes(StandardCharsets.UTF_8), value, NOW.toEpochMilli(), headers);
    }

    private byte[] bytes(SpecificRecord value) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            return serializer.serialize(value instanceof Revision ? TOPICS.revisions() : TOPICS.verbatims(), value);
        }
    }

    private @Nullable Verbatim decoded(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        return registry.decoder(Verbatim.class).decode(value) instanceof Decoding.Decoded<Verbatim>(Verbatim decoded)
                ? decoded
                : null;
    }

    private static String rerun() {
        return "rerun with -Dseed=" + SEED;
    }
}
