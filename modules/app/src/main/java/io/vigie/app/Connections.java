package io.vigie.app;

import io.vigie.events.EventProducer;
import io.vigie.events.Provisioning;
import io.vigie.events.TopicSpec;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes every client of Kafka and of the registry the same way. Clients connect when they are first used. */
final class Connections {
    private static final String DEAD_LETTER_REQUEST_BYTES = Integer.toString(4 * 1024 * 1024);

    /** After that long without a sign of life another process takes over; and so does a transaction's end. */
    private static final int MEMBER_SESSION_MS = 10_000;

    private static final int TRANSACTION_MS = 10_000;

    private static final String REQUEST_LINGER_MS = "10";
    private static final String AUDIT_LINGER_MS = "100";

    private final Topics topics;
    private final TopicSpec.Sizing sizing;
    private final Map<String, String> kafka;
    private final Map<String, String> registry;

    private Connections(Config.TopicSettings topics, Map<String, String> kafka, Map<String, String> registry) {
        this.topics = new Topics(topics.prefix());
        this.sizing = new TopicSpec.Sizing(topics.partitions(), topics.replicas());
        this.kafka = withoutReporters(kafka);
        this.registry = registry;
    }

    /**
     * Whoever wants the clients' own metrics elsewhere than in ours says so; otherwise each sensor of each store would be
     * a bean and be made ready for the broker to ask for, a quarter of what a start on a directory in use costs.
     */
    private static Map<String, String> withoutReporters(Map<String, String> kafka) {
        var settings = new HashMap<>(kafka);
        settings.putIfAbsent(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        return Map.copyOf(settings);
    }

    /** To the cluster and registry of the configuration. */
    static Connections to(Config config) {
        return new Connections(config.topics(), config.kafka(), config.registry());
    }

    /** To the embedded ones, which are alone and local. */
    static Connections embedded(Config config, String bootstrapServers, String registryUrl) {
        var kafka = new HashMap<>(config.kafka());
        kafka.put("bootstrap.servers", bootstrapServers);
        var alone = new Config.TopicSettings(
                config.topics().prefix(), config.topics().partitions(), (short) 1);
        return new Connections(alone, kafka, Map.of(SchemaRegistry.URL, registryUrl));
    }

    Topics topics() {
        return topics;
    }

    Map<String, String> kafka() {
        return kafka;
    }

    /** Writers may not register schemas: provisioning does, so that nothing unknown slips in. */
    SchemaRegistry schemaRegistry() {
        var config = new HashMap<String, Object>(registry);
        config.putIfAbsent(SchemaRegistry.AUTO_REGISTER, "false");
        return SchemaRegistry.of(config);
    }

    Admin admin() {
        return Admin.create(new HashMap<>(kafka));
    }

    Provisioning provisioning(Admin admin, SchemaRegistry schemas) {
        return new Provisioning(admin, schemas, topics, sizing);
    }

    /** A reader without a group: it starts where it is told to, and only there. */
    <K> Consumer<K, byte[]> reader(Deserializer<K> keys, String offsetReset) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, offsetReset);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, keys, new ByteArrayDeserializer());
    }

    /** A member of a group, which reads what is committed, and from the beginning when the group has no offsets. */
    Consumer<byte[], byte[]> member(String group, Optional<String> instance) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        instance.ifPresent(id -> config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, MEMBER_SESSION_MS);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** @param id of its transactions; another producer with the same ends this one */
    Producer<byte[], byte[]> transactionalProducer(String id) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEAD_LETTER_REQUEST_BYTES);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Of the journal: nobody waits for an entry, so many go together. */
    EventProducer auditProducer(SchemaRegistry schemas) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.LINGER_MS_CONFIG, AUDIT_LINGER_MS);
        return EventProducer.create(topics, config, schemas);
    }

    /** Of requests to the stream. */
    Producer<byte[], byte[]> requestProducer() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, REQUEST_LINGER_MS);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Producer<byte[], byte[]> deadLetterProducer() {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEAD_LETTER_REQUEST_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
