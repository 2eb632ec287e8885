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

/**
 * The clients that Kafka Streams makes itself, but for its readers: they wait longer while nothing comes, and that of events tells of
 * what it finds removed.
 */
final class WatchedClients implements KafkaClientSupplier {
    /** More than a commit takes. */
    private static final Duration COMMITTED_AFTER = Duration.ofSeconds(1);

    private final LostRecords lost;
    private final Duration busyFor;

    WatchedClients(LostRecords lost, Duration commitEvery) {
        this.lost = lost;
        this.busyFor = commitEvery.plus(COMMITTED_AFTER);
    }

    /** Kafka Streams looks at its own settings for where to go on. */
    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        var silent = new HashMap<>(config);
        silent.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new Watched(silent);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new Patient(config);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private class Patient extends KafkaConsumer<byte[], byte[]> {
        private final IdlePoll idle = new IdlePoll(busyFor, System::nanoTime);

        Patient(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration max) {
            var records = super.poll(idle.insteadOf(max));
            if (!records.isEmpty()) {
                idle.came();
            }
            return records;
        }
    }

    private final class Watched extends Patient {
        Watched(Map<String, Object> config) {
            super(config);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration max) {
            return lost.watched(this, () -> super.poll(max));
        }
    }
}
