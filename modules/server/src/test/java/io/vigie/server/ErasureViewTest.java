package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErasureViewTest {
    private static final TopicPartition REQUESTS = new TopicPartition("voc.erasures", 0);
    private static final TopicPartition RECEIPTS = new TopicPartition("voc.erasure-receipts", 0);
    private static final Instant NOW = RunningServer.NOW;

    private final MockConsumer<String, byte[]> requests = consumer(REQUESTS);
    private final MockConsumer<String, byte[]> receipts = consumer(RECEIPTS);
    private final ErasureView view = new ErasureView(
            List.of(requests, receipts).iterator()::next,
            REQUESTS.topic(),
            ErasureViewTest::request,
            RECEIPTS.topic(),
            ErasureViewTest::receipt);
    private long requestEnd;
    private long receiptEnd;

    @BeforeEach
    void begin() {
        view.step();
    }

    @Test
    void aRequestIsKnownByItsIdAndTheLastOfACustomerByHisKey() {
        add("alice", "alice r1 0");
        add("alice", "alice r3 20");
        add("alice", "alice r2 10");

        view.step();

        assertThat(view.request("r1")).isPresent();
        assertThat(view.latest("alice").map(Erasure::getRequestId)).contains("r3");
        assertThat(view.requests()).hasSize(3);
        assertThat(view.awaits(new RecordMetadata(REQUESTS, 2, 0, 0, 0, 0), Duration.ZERO))
                .isTrue();
    }

    @Test
    void theLastReceiptOfAPlaceCounts() {
        addReceipt("alice r1 verbatims 1");
        addReceipt("alice r1 verbatims 2");
        addReceipt("alice r1 complaints 1");

        view.step();

        assertThat(view.receipts("r1"))
                .extracting(
                        ErasureReceipt::getPlace, receipt -> receipt.getCount().orElse(-1L))
                .containsExactlyInAnyOrder(tuple("verbatims", 2L), tuple("complaints", 1L));
        assertThat(view.receipts("other")).isEmpty();
    }

    @Test
    void aRequestWhoseRecordIsGoneIsKnownFromItsReceipts() {
        addReceipt("alice r1 verbatims 1");

        view.step();

        assertThat(view.request("r1").map(Erasure::getCustomerKey)).contains("alice");
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        add("alice", "?");
        add("alice", null);
        addReceipt("?");

        view.step();

        assertThat(view.requests()).isEmpty();
        assertThat(view.state()).isEqualTo(new Health.Up());
    }

    private void add(String key, @Nullable String value) {
        requests.addRecord(new ConsumerRecord<>(
                REQUESTS.topic(), 0, requestEnd++, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }

    private void addReceipt(String value) {
        receipts.addRecord(
                new ConsumerRecord<>(RECEIPTS.topic(), 0, receiptEnd++, value, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static Decoding<Erasure> request(byte[] bytes) {
        String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
        return words.length == 3
                ? new Decoding.Decoded<>(
                        new Erasure(words[0], words[1], NOW.plusSeconds(Long.parseLong(words[2])), null))
                : new Decoding.Undecodable<>("not-avro", "no request");
    }

    private static Decoding<ErasureReceipt> receipt(byte[] bytes) {
        String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
        return words.length == 4
                ? new Decoding.Decoded<>(
                        new ErasureReceipt(words[1], words[0], NOW, words[2], Long.parseLong(words[3]), NOW, null))
                : new Decoding.Undecodable<>("not-avro", "no receipt");
    }

    private static MockConsumer<String, byte[]> consumer(TopicPartition partition) {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.updatePartitions(
                partition.topic(),
                List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 0L));
        return consumer;
    }
}
