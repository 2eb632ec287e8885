package io.vigie.app;

import io.vigie.events.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Dead letters as they lie in their topic. */
final class DeadLetters {
    static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");

    private DeadLetters() {}

    static DeadLetter of(String topic, String reason) {
        return new DeadLetter("stream", reason, "something was wrong", topic, 1, 7);
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
