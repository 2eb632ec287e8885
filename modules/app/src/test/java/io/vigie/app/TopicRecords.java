package io.vigie.app;

import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records finds in a whole topic. */
final class TopicRecords {
    private static final Duration READ_MAX = Duration.ofSeconds(60);

    private TopicRecords() {}

    /** Every committed record that was there when the reading began, partition by partition in order. */
    static List<ConsumerRecord<byte[], byte[]>> in(String bootstrapServers, String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + READ_MAX.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("cannot read " + topic + " to its end: a transaction hangs");
                }
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** The last value of each key; a tombstone takes its key away. */
    static <T extends SpecificRecord> Map<String, T> last(
            String bootstrapServers, String topic, AvroDecoder<T> decoder) {
        var last = new HashMap<String, T>();
        for (var record : in(bootstrapServers, topic)) {
            if (record.value() == null) {
                last.remove(key(record));
            } else {
                last.put(key(record), decoded(decoder, record.value()));
            }
        }
        return last;
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    static <T extends SpecificRecord> T decoded(AvroDecoder<T> decoder, byte[] value) {
        return switch (decoder.decode(value)) {
            case Decoding.Decoded<T>(T decoded) -> decoded;
            case Decoding.Undecodable<T>(String reason, String detail) ->
                throw new AssertionError(reason + ": " + detail);
        };
    }
}
