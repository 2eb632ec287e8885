package io.vigie.app;

import io.vigie.events.DeadLetter;
import io.vigie.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Dead letters as they lie in their topic. */
final class DeadLetters {
    static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");

    private DeadLetters() {}

    static DeadLetter of(String topic, String reason) {
        return new DeadLetter("stream", reason, "something was wrong", topic, 1, 7);
    }

    /** Buries a good ticket, as the stream does when its own code fails on it. */
    static Position bury(VigieProcess vigie, String id, String body) throws Exception {
        String topic = Topics.standard().tickets();
        try (var schemas = vigie.schemas();
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", vigie.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            byte[] value = schemas.serializer().serialize(topic, AvroSamples.ticket(id, "ticket-" + id, body));
            var letter = new DeadLetter("stream", "not-understood", "a fault of ours", topic, 0, 0);
            var record = new ProducerRecord<>(
                    Topics.standard().deadLetters(), null, "ticket-" + id, value, letter.headers());
            var written = producer.send(record).get(30, TimeUnit.SECONDS);
            return new Position(written.partition(), written.offset());
        }
    }

    static ConsumerRecord<byte[], byte[]> copy(
            Position position, Instant produced, DeadLetter letter, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "voc.dead-letters",
                position.partition(),
                position.offset(),
                produced.toEpochMilli(),
                TimestampType.CREATE_TIME,
                3,
                value == null ? -1 : value.length,
                ("key" + position.offset()).getBytes(StandardCharsets.UTF_8),
                value,
                letter.headers(),
                Optional.empty());
    }

    static ConsumerRecord<byte[], byte[]> copy(int partition, long offset, String topic, String reason) {
        return copy(
                new Position(partition, offset),
                NOW,
                of(topic, reason),
                ("value" + offset).getBytes(StandardCharsets.UTF_8));
    }
}
