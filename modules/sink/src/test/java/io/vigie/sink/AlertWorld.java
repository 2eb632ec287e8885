package io.vigie.sink;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Alert;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.index.SearchRequest;
import io.vigie.sink.WatchedSearches.Watched;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What outlives a process that matches: both topics, the offsets of its group, the saved searches, the time. */
final class AlertWorld implements AlertClients {
    /** What the process is doing when it dies. */
    enum Death {
        WHILE_SENDING,
        BEFORE_THE_COMMIT,
        /** It is committed, but the process never hears of it. */
        AFTER_THE_COMMIT
    }

    private static final SchemaRegistry REGISTRY = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://alert-test"));

    final FakeTime time = new FakeTime();
    final VerbatimTopic verbatims;
    final Map<String, Watched> watched = new TreeMap<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** Keys of all alerts that are committed, in their order. */
    final List<String> alerts = new ArrayList<>();

    private final VerbatimTopic alertTopic = new VerbatimTopic(Topics.standard().alerts(), 1);
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private final List<Death> deaths = new ArrayList<>();

    AlertWorld(int partitions) {
        verbatims = new VerbatimTopic(partitions);
    }

    AlertSession start() {
        var session = new AlertSession(
                this,
                Topics.standard(),
                World.verbatimDecoder(),
                REGISTRY.<Alert>serializer(),
                () -> List.copyOf(watched.values()),
                time,
                time,
                new AlertMetrics(meters));
        session.open();
        return session;
    }

    void watch(String id, String query) {
        watched.put(id, new Watched(id, time.instant(), SearchRequest.of(query)));
    }

    void dieNext(Death death) {
        if (deaths.isEmpty()) {
            deaths.add(death);
        }
    }

    private boolean dies(Death death) {
        return deaths.remove(death);
    }

    @Override
    public Consumer<byte[], byte[]> verbatims() {
        return new Member(verbatims);
    }

    @Override
    public Consumer<byte[], byte[]> alerts() {
        return new VerbatimConsumer(alertTopic);
    }

    @Override
    public Producer<byte[], byte[]> producer() {
        return new Transactions();
    }

    @Override
    public long written() {
        return alertTopic
                .ends()
                .getOrDefault(new TopicPartition(Topics.standard().alerts(), 0), 0L);
    }

    /** The only member of its group. */
    private final class Member extends VerbatimConsumer {
        Member(VerbatimTopic topic) {
            super(topic);
        }

        @Override
        public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
            var all = verbatims.source().topicPartitions();
            assign(all);
            all.forEach(partition -> seek(
                    partition,
                    offsets.containsKey(partition) ? offsets.get(partition).offset() : 0));
            listener.onPartitionsAssigned(all);
        }
    }

    private final class Transactions extends MockProducer<byte[], byte[]> {
        Transactions() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> next, ConsumerGroupMetadata group) {
            if (dies(Death.WHILE_SENDING)) {
                throw new KafkaException("died while sending");
            }
            super.sendOffsetsToTransaction(next, group);
        }

        @Override
        public void commitTransaction() {
            if (dies(Death.BEFORE_THE_COMMIT)) {
                throw new KafkaException("died before the commit");
            }
            int before = history().size();
            super.commitTransaction();
            var sent = history();
            for (var record : sent.subList(before, sent.size())) {
                alertTopic.append(0, record.key(), record.value(), time.instant());
                alerts.add(new String(record.key(), StandardCharsets.UTF_8));
            }
            alertTopic.leaveHole(0);
            var history = consumerGroupOffsetsHistory();
            history.getLast().values().forEach(offsets::putAll);
            if (dies(Death.AFTER_THE_COMMIT)) {
                throw new KafkaException("died after the commit");
            }
        }
    }
}
