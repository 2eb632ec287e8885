package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Offer;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OfferViewTest {
    private static final String TOPIC = "voc.offers";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final OfferView view = new OfferView(consumer, TOPIC, OfferViewTest::decode);
    private long end;

    @Test
    void aViewOfAnEmptyTopicHasCaughtUpAtOnce() {
        topicEndsAt(0);

        view.step();

        assertThat(view.caughtUp()).isTrue();
        assertThat(view.state()).isEqualTo(new Health.Up());
    }

    @Test
    void aViewHasNotCaughtUpBeforeTheEndThatItFound() {
        topicEndsAt(2);
        view.step();
        add("fibre", "Fibre");
        view.step();
        assertThat(view.caughtUp()).isFalse();

        add("mobile", "Mobile");
        view.step();

        assertThat(view.caughtUp()).isTrue();
        assertThat(names()).isEqualTo(Map.of("fibre", "Fibre", "mobile", "Mobile"));
    }

    @Test
    void aMissingTopicIsWaitedFor() {
        consumer.updatePartitions(TOPIC, List.of());

        assertThat(view.step()).isFalse();
        assertThat(view.caughtUp()).isFalse();
        assertThat(view.state()).isInstanceOf(Health.Down.class);
    }

    @Test
    void aTombstoneRemovesItsOffer() {
        topicEndsAt(0);
        view.step();
        add("fibre", "Fibre");
        add("fibre", null);

        view.step();

        assertThat(view.offer("fibre")).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadLeavesWhatWasThere() {
        topicEndsAt(0);
        view.step();
        add("fibre", "Fibre");
        add("fibre", "undecodable");

        view.step();

        assertThat(names()).isEqualTo(Map.of("fibre", "Fibre"));
    }

    @Test
    void aWriteIsSeenOnceItsOffsetIsBehindTheView() {
        topicEndsAt(0);
        view.step();
        add("fibre", "Fibre");
        var written = new RecordMetadata(PARTITION, 0, 0, 0, 0, 0);
        assertThat(view.awaits(written, NOT_AT_ALL)).isFalse();

        view.step();

        assertThat(view.awaits(written, NOT_AT_ALL)).isTrue();
    }

    @Test
    void theViewsThreadFollowsTheTopicAndSurvivesFailures() {
        topicEndsAt(0);
        consumer.schedulePollTask(() -> consumer.setPollException(new SerializationException("registry is away")));
        consumer.schedulePollTask(() -> add("fibre", "Fibre"));
        view.start();

        boolean seen = view.awaits(new RecordMetadata(PARTITION, 0, 0, 0, 0, 0), Duration.ofSeconds(10));
        view.close();

        assertThat(seen).isTrue();
        assertThat(names()).isEqualTo(Map.of("fibre", "Fibre"));
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void whateverIsWrittenTheViewIsTheLastValueOfEachKey() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("OfferViewTest seed=" + seed);
        var random = new Random(seed);
        Map<String, String> model = new TreeMap<>();
        topicEndsAt(0);
        view.step();

        for (int i = 0; i < 2_000; i++) {
            String id = "offer-" + random.nextInt(20);
            boolean remove = random.nextInt(4) == 0;
            add(id, remove ? null : "name " + i);
            if (remove) {
                model.remove(id);
            } else {
                model.put(id, "name " + i);
            }
            if (random.nextInt(10) == 0) {
                view.step();
                assertThat(names()).as("seed=%d step=%d", seed, i).isEqualTo(model);
            }
        }
    }

    private void topicEndsAt(long offset) {
        var node = new Node(0, "localhost", 9092);
        consumer.updatePartitions(
                TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, offset));
    }

    private void add(String id, @Nullable String name) {
        byte[] value = name == null ? null : (id + "=" + name).getBytes(StandardCharsets.UTF_8);
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, end++, id, value));
    }

    private Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        view.offers().forEach(offer -> names.put(offer.getOfferId(), offer.getName()));
        return names;
    }

    private static Decoding<Offer> decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.endsWith("undecodable")) {
            return new Decoding.Undecodable<>("bad-avro", "not readable");
        }
        int equals = text.indexOf('=');
        return new Decoding.Decoded<>(Offer.newBuilder()
                .setOfferId(text.substring(0, equals))
                .setName(text.substring(equals + 1))
                .build());
    }
}
