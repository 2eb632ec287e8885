package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.events.Revision;
import io.vigie.events.RevisionHeader;
import io.vigie.events.RevisionReason;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryWalkTest {
    private static final Topics TOPICS = Topics.standard();
    private static final TopicPartition VERBATIMS = new TopicPartition(TOPICS.verbatims(), 0);
    private static final TopicPartition REVISIONS = new TopicPartition(TOPICS.revisions(), 0);
    private static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05Z");

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final Log consumer = new Log();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    /** What the stream has read; by default all that there is. */
    private final Map<TopicPartition, Long> done = new HashMap<>(Map.of(REVISIONS, Long.MAX_VALUE));

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void aRevisionNamesTheVersionItIsMadeFromAndGoesWhereTheVerbatimIs() throws InterruptedException {
        append("a", "old");

        long sent = walk().pass(renamed());

        assertThat(sent).isEqualTo(1);
        var request = producer.history().getFirst();
        var revision = revision(request.value());
        assertThat(request.topic()).isEqualTo(TOPICS.revisions());
        assertThat(request.partition()).isZero();
        assertThat(new String(request.key(), StandardCharsets.UTF_8)).isEqualTo("a");
        assertThat(revision.getReason()).isEqualTo(RevisionReason.RECLASSIFIED);
        assertThat(revision.getExpected().orElseThrow().getClassifier()).isEqualTo("old");
        assertThat(revision.getWrittenAt()).isEqualTo(WRITTEN);
        assertThat(verbatim(revision).getClassifier()).isEqualTo("new");
    }

    @Test
    void whatTheStreamHasNotCountedYetIsWaitedFor() throws InterruptedException {
        append("a", "old");
        append("b", "old");
        done.put(VERBATIMS, 1L);
        var looks = new ArrayList<Integer>();

        walk(() -> {
                    looks.add(producer.history().size());
                    if (looks.size() == 4) {
                        done.put(VERBATIMS, 2L);
                    }
                    return done;
                })
                .pass(renamed());

        assertThat(looks.get(3)).isEqualTo(1);
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void whereItEndedIsKeptInTheSameTransaction() throws InterruptedException {
        append("a", "old");
        append("b", "new");

        walk().pass(renamed());

        assertThat(producer.consumerGroupOffsetsHistory().getLast())
                .containsEntry(consumer.groupMetadata().groupId(), Map.of(VERBATIMS, new OffsetAndMetadata(2)));
        assertThat(producer.transactionInFlight()).isFalse();
    }

    @Test
    void oneThatWasKilledGoesOnWhereItWas() throws InterruptedException {
        append("a", "old");
        append("b", "old");

        consumer.committed = 1;

        long sent = walk().pass(renamed());

        assertThat(sent).isEqualTo(1);
        assertThat(revision(producer.history().getFirst().value()).getVerbatimId())
                .isEqualTo("b");
    }

    @Test
    void aTombstoneAndWhatCannotBeReadAreLeft() throws InterruptedException {
        consumer.append(key("a"), null, new RecordHeaders());
        consumer.append(key("b"), new byte[] {1, 2, 3}, new RecordHeaders());
        consumer.append(key("c"), bytes(SampleVerbatims.verbatim("d", "Merci")), new RecordHeaders());
        done.put(VERBATIMS, 3L);

        assertThat(walk().pass(renamed())).isZero();
    }

    @Test
    void whatWasWrittenAnewIsToldFromWhatTheStreamItselfSays() throws InterruptedException {
        append("a", "old");
        consumer.append(key("b"), bytes(SampleVerbatims.verbatim("b", "Merci")), RevisionHeader.of("0-1"));
        done.put(VERBATIMS, 2L);
        var told = new HashMap<String, Boolean>();

        walk().pass((verbatim, revised) -> {
            told.put(verbatim.getVerbatimId(), revised);
            return Optional.empty();
        });

        assertThat(told).isEqualTo(Map.of("a", false, "b", true));
    }

    @Test
    void anotherOneThatTookOverEndsIt() {
        append("a", "old");
        var walk = walk();
        producer.fenceProducer();

        assertThatThrownBy(() -> walk.pass(renamed()))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("taken over");
    }

    private HistoryWalk walk() {
        return walk(() -> done);
    }

    private HistoryWalk walk(HistoryWalk.Owner owner) {
        producer.initTransactions();
        return new HistoryWalk(consumer, producer, owner, registry, TOPICS, RevisionReason.RECLASSIFIED, 20_000);
    }

    private static HistoryWalk.Reviser renamed() {
        return (verbatim, revised) -> verbatim.getClassifier().equals("new")
                ? Optional.empty()
                : Optional.of(Verbatim.newBuilder(verbatim).setClassifier("new").build());
    }

    private void append(String id, String classifier) {
        var verbatim = Verbatim.newBuilder(SampleVerbatims.verbatim(id, "Panne"))
                .setClassifier(classifier)
                .build();
        consumer.append(key(id), bytes(verbatim), new RecordHeaders());
        done.put(VERBATIMS, (long) consumer.log.size());
    }

    private static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] bytes(Verbatim verbatim) {
        try (var serializer = registry.<Verbatim>serializer()) {
            return serializer.serialize(TOPICS.verbatims(), verbatim);
        }
    }

    private Revision revision(byte[] value) {
        return ((Decoding.Decoded<Revision>) registry.decoder(Revision.class).decode(value)).value();
    }

    private Verbatim verbatim(Revision revision) {
        byte[] value = revision.getValue().orElseThrow().array();
        return ((Decoding.Decoded<Verbatim>) registry.decoder(Verbatim.class).decode(value)).value();
    }

    /** One partition, which can be read again. */
    private static final class Log extends MockConsumer<byte[], byte[]> {
        private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
        /** What its group has committed. */
        private long committed;

        Log() {
            super("earliest");
            updateBeginningOffsets(Map.of(VERBATIMS, 0L));
            updatePartitions(TOPICS.verbatims(), List.of(new PartitionInfo(TOPICS.verbatims(), 0, null, null, null)));
        }

        @SuppressWarnings("NullAway") // A tombstone has no value, and Kafka's constructor says nothing of that.
        void append(byte[] key, byte @Nullable [] value, Headers headers) {
            log.add(new ConsumerRecord<>(
                    TOPICS.verbatims(),
                    0,
                    log.size(),
                    WRITTEN.toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    key.length,
                    value == null ? -1 : value.length,
                    key,
                    value,
                    headers,
                    Optional.empty()));
            updateEndOffsets(Map.of(VERBATIMS, (long) log.size()));
        }

        @Override
        public synchronized void assign(Collection<TopicPartition> partitions) {
            super.assign(partitions);
            super.seek(VERBATIMS, committed);
            log.forEach(this::addRecord);
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            super.seek(partition, offset);
            log.stream().filter(record -> record.offset() >= offset).forEach(this::addRecord);
        }
    }
}
