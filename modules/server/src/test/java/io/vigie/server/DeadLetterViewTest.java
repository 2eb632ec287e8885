package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterViewTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

    private final MockConsumer<String, byte[]> letters = consumer("letters");
    private final MockConsumer<String, byte[]> marks = consumer("marks");
    private final DeadLetterView view = new DeadLetterView(
            new DeadLetterView.Read(letters, "letters"), new DeadLetterView.Read(marks, "marks"), "id1");
    private long end;

    @Test
    void whyAndWhereIsKnownAndWhatTheRecordSaysIsNot() {
        view.step();
        add("no-key", "the record has no key", NOW);
        view.step();

        assertThat(view.deadLetters()).singleElement().satisfies(each -> {
            assertThat(each.letter().reason()).isEqualTo("no-key");
            assertThat(each.letter().topic()).isEqualTo("voc.tickets");
            assertThat(each.producedAt()).isEqualTo(NOW);
            assertThat(each.place()).isEqualTo("0-0");
            assertThat(each.sentBack()).isFalse();
            assertThat(each.toString()).doesNotContain("secret");
        });
        assertThat(view.state()).isEqualTo(new Health.Up());
    }

    @Test
    void whatWasSentBackIsMarkedButNotByMarksOfAFormerTopic() {
        view.step();
        add("no-key", "one", NOW);
        add("no-key", "two", NOW.plusSeconds(1));
        mark("id1-0-1", 0);
        mark("id0-0-0", 1);
        view.step();

        assertThat(view.deadLetters()).extracting(BuriedRecord::sentBack).containsExactly(true, false);
    }

    @Test
    void theNewestAreKeptAndLongDetailsAreCut() {
        view.step();
        for (int i = 0; i <= DeadLetterView.KEPT_MAX; i++) {
            add("no-key", "x".repeat(i == 0 ? 900 : 1), NOW.plusSeconds(i));
            if (i == 0) {
                view.step();
                assertThat(view.deadLetters().getFirst().letter().detail())
                        .hasSize(DeadLetterView.DETAIL_LENGTH_MAX)
                        .endsWith("…");
                assertThat(view.isCut()).isFalse();
            }
        }
        view.step();

        assertThat(view.deadLetters()).hasSize(DeadLetterView.KEPT_MAX);
        assertThat(view.deadLetters().getFirst().offset()).isEqualTo(DeadLetterView.KEPT_MAX);
        assertThat(view.isCut()).isTrue();
    }

    @Test
    void untilBothTopicsAreReadItIsNotReady() {
        assertThat(view.state()).isInstanceOf(Health.Down.class);
    }

    @Test
    void causesAreCountedTheLargestFirst() {
        view.step();
        add("no-key", "one", NOW);
        add("bad-avro", "two", NOW.minusSeconds(60));
        add("bad-avro", "three", NOW.plusSeconds(60));
        mark("id1-0-1", 0);
        view.step();

        var causes = DeadLetterCauses.of(view.deadLetters());

        assertThat(causes).extracting(cause -> cause.key().reason()).containsExactly("bad-avro", "no-key");
        assertThat(causes.getFirst().count()).isEqualTo(2);
        assertThat(causes.getFirst().sentBack()).isEqualTo(1);
        assertThat(causes.getFirst().first()).isEqualTo(NOW.minusSeconds(60));
        assertThat(causes.getFirst().last()).isEqualTo(NOW.plusSeconds(60));
    }

    private void add(String reason, String detail, Instant at) {
        var headers = new DeadLetter("stream", reason, detail, "voc.tickets", 3, 17).headers();
        letters.addRecord(new ConsumerRecord<>(
                "letters",
                0,
                end++,
                at.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                "secret",
                "secret".getBytes(StandardCharsets.UTF_8),
                headers,
                Optional.empty()));
    }

    private void mark(String key, long offset) {
        marks.addRecord(new ConsumerRecord<>("marks", 0, offset, key, new byte[0]));
    }

    private static MockConsumer<String, byte[]> consumer(String topic) {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        var node = new Node(0, "localhost", 9092);
        var partition = new TopicPartition(topic, 0);
        consumer.updatePartitions(
                topic, List.of(new PartitionInfo(topic, 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 0L));
        return consumer;
    }
}
