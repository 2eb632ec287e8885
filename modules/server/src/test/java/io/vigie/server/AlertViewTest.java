package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Alert;
import io.vigie.events.SavedSearch;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The views of what saved searches have found, and of the saved searches themselves. */
class AlertViewTest {
    private static final String TOPIC = "voc.any";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private long end;

    @Test
    void theNewestAlertsOfEachSearchAreKept() {
        topicEndsAt(0);
        var view = new AlertView(consumer, TOPIC, AlertViewTest::alert);
        view.step();
        for (int i = 0; i < AlertDirectory.ALERTS_MAX + 20; i++) {
            add("k" + i, "often|v" + i);
        }
        add("k", "seldom|v");
        view.step();

        assertThat(view.newest("often"))
                .hasSize(AlertDirectory.ALERTS_MAX)
                .first()
                .extracting(Alert::getVerbatimId)
                .isEqualTo("v" + (AlertDirectory.ALERTS_MAX + 19));
        assertThat(view.newest("seldom")).hasSize(1);
        assertThat(view.newest("never")).isEmpty();
    }

    @Test
    void aLongTopicIsBegunNearItsEnd() {
        topicEndsAt(1_000_000);
        var view = new AlertView(consumer, TOPIC, AlertViewTest::alert);
        view.step();

        assertThat(consumer.position(PARTITION)).isEqualTo(950_000);
    }

    @Test
    void aSearchIsKnownUntilItsTombstoneAndWatchesWhileItIsActive() {
        topicEndsAt(0);
        var view = new SavedSearches(consumer, TOPIC, AlertViewTest::search);
        view.step();
        add("on", "on");
        add("off", "off");
        add("strange", "strange");
        add("bad", "undecodable");
        add("gone", "gone");
        add("gone", null);
        view.step();

        assertThat(view.searches()).extracting(SavedSearch::getSearchId).containsExactly("off", "on", "strange");
        assertThat(view.active()).extracting(SavedSearches.Active::id).containsExactly("on");
    }

    private void topicEndsAt(long offset) {
        var node = new Node(0, "localhost", 9092);
        consumer.updatePartitions(
                TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, offset));
        end = offset;
    }

    private void add(String key, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, end++, key, bytes));
    }

    private static Decoding<Alert> alert(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\\|", -1);
        return new Decoding.Decoded<>(new Alert(parts[0], parts[1], RunningServer.NOW, RunningServer.NOW));
    }

    private static Decoding<SavedSearch> search(byte[] bytes) {
        String id = new String(bytes, StandardCharsets.UTF_8);
        return id.equals("undecodable")
                ? new Decoding.Undecodable<>("bad-avro", "not readable")
                : new Decoding.Decoded<>(OutboxTest.search(id)
                        .setActive(!id.equals("off"))
                        .setFilters(id.equals("strange") ? Map.of("mood", List.of("x")) : Map.of())
                        .build());
    }
}
