package io.vigie.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients that Kafka Streams makes itself, but for its reader of events, which tells of what it finds removed. */
final class WatchedClients implements KafkaClientSupplier {
    private final LostRecords lost;

    WatchedClients(LostRecords lost) {
        this.lost = lost;
    }

    /** Kafka Streams looks at its own settings for where to go on. */
    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        var silent = new HashMap<>(config);
        silent.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new Watched(silent, lost);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static final class Watched extends KafkaConsumer<byte[], byte[]> {
        private final LostRecords lost;

        Watched(Map<String, Object> config, LostRecords lost) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            this.lost = lost;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration max) {
            return lost.watched(this, () -> super.poll(max));
        }
    }
}
