package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadLetterListTest {
    private static final String TOPIC = "voc.dead-letters";
    private static final Instant NOW = DeadLetters.NOW;
    private static final SentBack NONE = new SentBack("id", Map.of());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void groupsAreCountedWithTheirFirstLastAndNewest() {
        list(DeadLetterFilter.ALL, 10)
                .groups(topic(List.of(
                        letter(0, 0, NOW.minusSeconds(60), "bad-avro"),
                        letter(0, 1, NOW, "no-value"),
                        letter(1, 0, NOW.minusSeconds(90), "bad-avro"),
                        letter(1, 1, NOW.minusSeconds(30), "bad-avro"))));

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(1).strip().split(" +"))
                .containsExactly(
                        "3",
                        "0",
                        "bad-avro",
                        "stream",
                        "voc.tickets",
                        "2026-03-31T10:13:30Z",
                        "2026-03-31T10:14:30Z",
                        "1-1");
        assertThat(lines().get(2)).contains("no-value");
    }

    @Test
    void moreGroupsThanFitAreTold() {
        list(DeadLetterFilter.ALL, 1).groups(topic(List.of(letter(0, 0, NOW, "a"), letter(0, 1, NOW, "b"))));

        assertThat(lines().getLast()).isEqualTo("and 1 more groups: --limit");
    }

    @Test
    void reasonsThatSomebodyMakesUpDoNotFillTheMemory() {
        var groups = new DeadLetterGroups();

        for (int i = 0; i < 3 * DeadLetterGroups.GROUPS_MAX; i++) {
            groups.add(DeadLetters.of("voc.tickets", "made-up-" + i), 0, new Position(0, i), false);
        }

        assertThat(groups.size()).isEqualTo(DeadLetterGroups.GROUPS_MAX + 1);
        assertThat(groups.largest(1)).singleElement().satisfies(group -> {
            assertThat(group.reason()).isEqualTo("(others)");
            assertThat(group.count()).isEqualTo(2L * DeadLetterGroups.GROUPS_MAX);
        });
    }

    @Test
    void theLastAreListedOneByOne() {
        list(DeadLetterFilter.ALL, 2)
                .single(topic(List.of(letter(0, 0, NOW, "a"), letter(0, 1, NOW, "b"), letter(1, 0, NOW, "c"))));

        assertThat(lines())
                .containsExactly(
                        "0-1          2026-03-31T10:15:00Z  b                      voc.tickets-1@7",
                        "1-0          2026-03-31T10:15:00Z  c                      voc.tickets-1@7");
    }

    @Test
    void anEmptyTopicIsToldInWords() {
        list(DeadLetterFilter.ALL, 2).groups(topic(List.of()));
        list(DeadLetterFilter.ALL, 2).single(topic(List.of()));

        assertThat(lines()).containsExactly("no dead letters", "no dead letters");
    }

    @Test
    void oneIsFoundAtItsPositionAndOnlyThere() {
        var scan = topic(List.of(letter(0, 0, NOW, "a"), letter(0, 1, NOW, "b")));

        assertThat(scan.at(new Position(0, 1)))
                .get()
                .satisfies(found -> assertThat(found.offset()).isEqualTo(1));
        assertThat(scan.at(new Position(0, 2))).isEmpty();
        assertThat(scan.at(new Position(5, 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3-120, 3, 120", "voc.dead-letters-3-120, 3, 120", "0-0, 0, 0"})
    void aPositionIsReadAsItIsPrinted(String text, int partition, long offset) {
        assertThat(Position.parse(text)).isEqualTo(new Position(partition, offset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3-", "-1-2x", "a-b", "3-99999999999999999999"})
    void whatIsNoPositionIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Position.parse(text))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("partition-offset, such as 3-120");
    }

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-03-31T10:13:30Z",
        "30m, 2026-03-31T09:45:00Z",
        "12h, 2026-03-30T22:15:00Z",
        "7d, 2026-03-24T10:15:00Z",
        "2026-03-29, 2026-03-28T23:00:00Z",
        "2026-03-29T01:02:03Z, 2026-03-29T01:02:03Z"
    })
    void aTimeIsReadAsPeopleWriteIt(String text, Instant time) {
        assertThat(Since.parse(text, NOW, ZoneId.of("Europe/Paris"))).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "7w", "2026-02-30", "", "1234567d"})
    void whatIsNoTimeIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> Since.parse(text, NOW, ZoneId.of("Europe/Paris")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("30m, 12h, 7d");
    }

    private DeadLetterList list(DeadLetterFilter filter, int lines) {
        return new DeadLetterList(filter, NONE, lines, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static ConsumerRecord<byte[], byte[]> letter(int partition, long offset, Instant at, String reason) {
        return DeadLetters.copy(
                new Position(partition, offset), at, DeadLetters.of("voc.tickets", reason), new byte[] {1});
    }

    /** Two partitions. */
    private static TopicScan topic(List<ConsumerRecord<byte[], byte[]>> records) {
        var consumer = new Stored(records);
        var infos = new ArrayList<PartitionInfo>();
        for (int partition = 0; partition < 2; partition++) {
            infos.add(new PartitionInfo(TOPIC, partition, Node.noNode(), new Node[0], new Node[0]));
            var at = new TopicPartition(TOPIC, partition);
            long end = records.stream()
                    .filter(record -> record.partition() == at.partition())
                    .count();
            consumer.updateBeginningOffsets(Map.of(at, 0L));
            consumer.updateEndOffsets(Map.of(at, end));
        }
        consumer.updatePartitions(TOPIC, infos);
        return new TopicScan(consumer, TOPIC);
    }

    /** Gives its records to whoever polls, from where he is. */
    private static final class Stored extends MockConsumer<byte[], byte[]> {
        private final List<ConsumerRecord<byte[], byte[]>> records;

        Stored(List<ConsumerRecord<byte[], byte[]>> records) {
            super("earliest");
            this.records = records;
        }

        @Override
        public synchronized org.apache.kafka.clients.consumer.ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            for (var record : records) {
                var partition = new TopicPartition(record.topic(), record.partition());
                if (assignment().contains(partition) && record.offset() >= position(partition)) {
                    addRecord(record);
                }
            }
            return super.poll(timeout);
        }
    }

    @Test
    void onlyWhatTheFilterTakesIsListed() {
        var filter = new DeadLetterFilter(Optional.of("b"), Optional.of("voc.tickets"), Optional.empty());

        list(filter, 10).groups(topic(List.of(letter(0, 0, NOW, "a"), letter(0, 1, NOW, "b"))));

        assertThat(lines()).hasSize(2).last().asString().contains(" b ");
    }
}
