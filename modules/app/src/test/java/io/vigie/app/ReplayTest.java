package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayTest {
    private static final Topics TOPICS = Topics.standard();
    private static final String TOPIC_ID = "Yq-1TPXvTyK3";
    private static final InstantSource CLOCK = () -> DeadLetters.NOW;

    private final List<Long> paces = new ArrayList<>();
    private final MockProducer<byte[], byte[]> producer = producer();

    @Test
    void aRecordGoesBackToItsPartitionByteForByteWithItsMark() {
        replay(knowing(), DeadLetterFilter.ALL, 10, DeadLetters.copy(2, 40, "voc.tickets", "bad-avro"));

        assertThat(producer.history()).hasSize(2);
        var back = producer.history().getFirst();
        assertThat(back.topic()).isEqualTo("voc.tickets");
        assertThat(back.partition()).isEqualTo(1);
        assertThat(back.key()).asString().isEqualTo("key40");
        assertThat(back.value()).asString().isEqualTo("value40");
        var mark = producer.history().getLast();
        assertThat(mark.topic()).isEqualTo("voc.dead-letter-replays");
        assertThat(mark.key()).asString().isEqualTo(TOPIC_ID + "-2-40");
        assertThat(mark.value()).asString().isEqualTo("2026-03-31T10:15:00Z");
    }

    @Test
    void aPartitionThatIsNoMoreIsChosenByTheKey() {
        replay(knowing(), DeadLetterFilter.ALL, 10, DeadLetters.copy(0, 1, "voc.surveys", "bad-avro"));

        assertThat(producer.history().getFirst().partition()).isNull();
    }

    @Test
    void whatWasSentBackIsNotSentAgain() {
        var letter = DeadLetters.copy(2, 40, "voc.tickets", "bad-avro");
        replay(knowing(), DeadLetterFilter.ALL, 10, letter);

        String told = replay(knowing(marks()), DeadLetterFilter.ALL, 10, letter);

        assertThat(producer.history()).hasSize(2);
        assertThat(told).isEqualTo("0 dead letters sent back\n  1 left out: sent back before");
    }

    @Test
    void marksOfATopicOfDeadLettersThatWasDeletedSayNothingOfTheNewOne() {
        var letter = DeadLetters.copy(2, 40, "voc.tickets", "bad-avro");
        replay(knowing(), DeadLetterFilter.ALL, 10, letter);
        var other = new SentBack("another-id", Map.of(2, 0L));
        marks().forEach(other::read);

        assertThat(other.contains(new Position(2, 40))).isFalse();
    }

    @Test
    void aHeaderCannotSendARecordToAnyTopicOfTheCluster() {
        String told = replay(
                knowing(),
                DeadLetterFilter.ALL,
                10,
                List.of(
                        DeadLetters.copy(0, 1, "voc.verbatims", "bad-avro"),
                        DeadLetters.copy(0, 2, "payments", "bad-avro"),
                        DeadLetters.copy(0, 3, "voc.tickets", "bad-avro")));

        assertThat(topics()).containsOnly("voc.tickets");
        assertThat(told).startsWith("1 dead letters sent back\n  1 to voc.tickets\n  2 left out: not of a topic of");
    }

    @ParameterizedTest
    @CsvSource({"bad-avro,, 2", ", voc.calls, 1", "bad-avro, voc.calls, 0", ",, 3"})
    void onlyWhatTheFilterTakesIsSent(String reason, String topic, int sent) {
        var filter = new DeadLetterFilter(Optional.ofNullable(reason), Optional.ofNullable(topic), Optional.empty());

        replay(
                knowing(),
                filter,
                10,
                List.of(
                        DeadLetters.copy(0, 1, "voc.tickets", "bad-avro"),
                        DeadLetters.copy(0, 2, "voc.tickets", "bad-avro"),
                        DeadLetters.copy(0, 3, "voc.calls", "no-value")));

        assertThat(producer.history()).hasSize(2 * sent);
    }

    @Test
    void onlyWhatIsNewEnoughIsTaken() {
        var filter = new DeadLetterFilter(Optional.empty(), Optional.empty(), Optional.of(DeadLetters.NOW));
        var letter = DeadLetters.of("voc.tickets", "bad-avro");

        assertThat(filter.takes(letter, DeadLetters.NOW.toEpochMilli())).isTrue();
        assertThat(filter.takes(letter, DeadLetters.NOW.toEpochMilli() - 1)).isFalse();
    }

    @Test
    void noMoreThanTheLimitAreSent() {
        var sent = replay(knowing(), DeadLetterFilter.ALL, 7, letters(20));

        assertThat(sent).startsWith("7 dead letters sent back");
        assertThat(producer.history()).hasSize(14);
    }

    @Test
    void transactionsAreShortAndPaced() {
        replay(knowing(), DeadLetterFilter.ALL, Long.MAX_VALUE, letters(25));

        assertThat(paces).containsExactly(10L, 20L, 25L);
        assertThat(producer.commitCount()).isEqualTo(3);
    }

    @Test
    void aTransactionIsSentBeforeItGrowsLarge() {
        byte[] large = new byte[(int) (ReplayTransactions.BYTES_MAX / 2)];
        var letter = DeadLetters.of("voc.tickets", "bad-avro");
        var copies = Stream.of(1L, 2L, 3L)
                .map(offset -> DeadLetters.copy(new Position(0, offset), DeadLetters.NOW, letter, large))
                .toList();

        replay(knowing(), DeadLetterFilter.ALL, 10, copies);

        assertThat(paces).containsExactly(2L, 3L);
    }

    @Test
    void thePaceIsThatOfTheRate() throws InterruptedException {
        long started = System.nanoTime();
        var pace = ReplayTransactions.perSecond(1_000);

        pace.sent(30);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(29));
        assertThat(ReplayTransactions.perSecond(3).atOnce()).isEqualTo(3);
        assertThat(ReplayTransactions.perSecond(9_999).atOnce()).isEqualTo(ReplayTransactions.RECORDS_MAX);
    }

    @Test
    void anotherReplayThatTakesOverEndsThisOneWithoutSendingTwice() {
        producer.fenceProducer();

        assertThatThrownBy(() -> replay(knowing(), DeadLetterFilter.ALL, 10, letters(1)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("another vigie dead-letters replay has taken over");
    }

    @Test
    void everyDeadLetterIsSentOnceHoweverOftenAReplayIsKilled() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var all = letters(200);
        int kills = 0;
        var sent = new ArrayList<String>();
        var marks = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        while (new TreeSet<>(sent).size() < all.size()) {
            var mortal = producer();
            int livesFor = random.nextInt(8);
            try {
                run(mortal, knowing(marks), DeadLetterFilter.ALL, 1 + random.nextInt(200), all, total -> {
                    if (mortal.commitCount() > livesFor) {
                        throw new KafkaException("killed after a commit");
                    }
                    if (mortal.commitCount() == livesFor) {
                        mortal.commitTransactionException = new KafkaException("killed before a commit");
                    }
                });
            } catch (KafkaException | CommandFailedException e) {
                kills++;
            }
            // What a reader of committed records sees of this life.
            for (var record : mortal.history()) {
                if (record.topic().equals(TOPICS.deadLetterReplays())) {
                    marks.add(mark(record));
                } else {
                    sent.add(new String(record.key(), StandardCharsets.UTF_8));
                }
            }
        }

        assertThat(kills).as("-Dseed=%d", seed).isPositive();
        assertThat(sent).as("-Dseed=%d", seed).doesNotHaveDuplicates().hasSize(all.size());
    }

    private String replay(SentBack sentBack, DeadLetterFilter filter, long limit, ConsumerRecord<byte[], byte[]> copy) {
        return replay(sentBack, filter, limit, List.of(copy));
    }

    private String replay(
            SentBack sentBack, DeadLetterFilter filter, long limit, List<ConsumerRecord<byte[], byte[]>> copies) {
        return run(producer, sentBack, filter, limit, copies, paces::add);
    }

    private static String run(
            MockProducer<byte[], byte[]> producer,
            SentBack sentBack,
            DeadLetterFilter filter,
            long limit,
            List<ConsumerRecord<byte[], byte[]>> copies,
            java.util.function.LongConsumer paced) {
        var pace = new ReplayTransactions.Pace() {
            @Override
            public int atOnce() {
                return 10;
            }

            @Override
            public void sent(long total) {
                paced.accept(total);
            }
        };
        var transactions = new ReplayTransactions(producer, TOPICS.deadLetterReplays(), sentBack, pace, CLOCK);
        var replay = new Replay(filter, limit, sentBack, TOPICS, transactions::add);
        for (var copy : copies) {
            if (!replay.offer(copy)) {
                break;
            }
        }
        transactions.end();
        return replay.told("sent back");
    }

    private static SentBack knowing(List<ConsumerRecord<byte[], byte[]>> marks) {
        var sentBack = new SentBack(TOPIC_ID, Map.of(0, 0L, 1, 0L, 2, 30L));
        marks.forEach(sentBack::read);
        return sentBack;
    }

    private static SentBack knowing() {
        return knowing(List.of());
    }

    private List<ConsumerRecord<byte[], byte[]>> marks() {
        return producer.history().stream()
                .filter(record -> record.topic().equals(TOPICS.deadLetterReplays()))
                .map(ReplayTest::mark)
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> mark(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
    }

    private Set<String> topics() {
        var topics = new TreeSet<String>();
        producer.history().forEach(record -> topics.add(record.topic()));
        topics.remove(TOPICS.deadLetterReplays());
        return topics;
    }

    private static List<ConsumerRecord<byte[], byte[]>> letters(int count) {
        var letters = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (int i = 0; i < count; i++) {
            letters.add(DeadLetters.copy(i % 2, i, "voc.tickets", "bad-avro"));
        }
        return letters;
    }

    /** Of a cluster whose topic of tickets has two partitions, and that of surveys one. */
    private static MockProducer<byte[], byte[]> producer() {
        var node = Node.noNode();
        var nodes = new Node[0];
        var partitions = List.of(
                new PartitionInfo("voc.tickets", 0, node, nodes, nodes),
                new PartitionInfo("voc.tickets", 1, node, nodes, nodes),
                new PartitionInfo("voc.calls", 0, node, nodes, nodes),
                new PartitionInfo("voc.surveys", 0, node, nodes, nodes));
        var cluster = new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
        var producer = new MockProducer<>(
                cluster,
                true,
                new org.apache.kafka.clients.producer.RoundRobinPartitioner(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }
}
