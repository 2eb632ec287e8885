package io.vigie.server;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.kafka.common.TopicPartition;

/**
 * Positions in the topics that events go to, as a word for addresses. Only the installation that made it understands it:
 * a sum over both tells a word of another one, or a damaged one.
 *
 * @param topics those that events go to; tokens name them by their place in this list
 * @param installation what tells this installation from others
 */
record WriteToken(List<String> topics, String installation) {
    /** Longest token that is read; a request whose events are spread over more partitions than fit gets none. */
    static final int LENGTH_MAX = 8_192;

    private static final byte FORMAT = 1;
    private static final int SUM_BYTES = Integer.BYTES;
    private static final int PART_BYTES = Byte.BYTES + Short.BYTES + Long.BYTES;
    private static final int PARTS_MAX = (LENGTH_MAX * 3 / 4 - 1 - SUM_BYTES) / PART_BYTES;

    WriteToken {
        topics = List.copyOf(topics);
    }

    /** Empty when there are no positions, or too many. */
    Optional<String> encode(Map<TopicPartition, Long> positions) {
        if (positions.isEmpty() || positions.size() > PARTS_MAX) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.allocate(1 + positions.size() * PART_BYTES + SUM_BYTES);
        bytes.put(FORMAT);
        positions.forEach((partition, position) -> bytes.put((byte) place(partition.topic()))
                .putShort((short) partition.partition())
                .putLong(position));
        bytes.putInt(sum(bytes.array(), bytes.position()));
        return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()));
    }

    /** Empty for what is no token of this installation. */
    Optional<Map<TopicPartition, Long>> decode(String token) {
        try {
            byte[] bytes = token.length() > LENGTH_MAX
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(token);
            int end = bytes.length - SUM_BYTES;
            if (end < 1 || bytes[0] != FORMAT || ByteBuffer.wrap(bytes).getInt(end) != sum(bytes, end)) {
                return Optional.empty();
            }
            var parts = ByteBuffer.wrap(bytes, 1, end - 1);
            var positions = new HashMap<TopicPartition, Long>();
            while (parts.hasRemaining()) {
                String topic = topics.get(parts.get());
                positions.put(new TopicPartition(topic, Short.toUnsignedInt(parts.getShort())), parts.getLong());
            }
            return Optional.of(positions);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private int place(String topic) {
        int place = topics.indexOf(topic);
        if (place < 0) {
            throw new IllegalArgumentException("events do not go to topic " + topic);
        }
        return place;
    }

    private int sum(byte[] bytes, int length) {
        var sum = new CRC32();
        sum.update(installation.getBytes(StandardCharsets.UTF_8));
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
