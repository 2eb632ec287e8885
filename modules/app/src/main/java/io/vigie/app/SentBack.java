package io.vigie.app;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which dead letters were sent back: one bit for each that is still in its topic. Known from the topic of marks, where a
 * mark is written in the same transaction as the record that it stands for.
 */
final class SentBack {
    private final String topicId;
    private final Map<Integer, Long> beginnings;
    private final Map<Integer, BitSet> sent = new HashMap<>();

    /**
     * Knows of none yet.
     *
     * @param topicId Kafka's own id of the topic of dead letters: made anew, it counts from zero again
     * @param beginnings the first offsets that are still there, by partition
     */
    SentBack(String topicId, Map<Integer, Long> beginnings) {
        this.topicId = topicId;
        this.beginnings = Map.copyOf(beginnings);
    }

    /** The key of a mark; its value says when. */
    byte[] mark(Position position) {
        return (topicId + "-" + position).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads one record of the topic of marks. */
    boolean read(ConsumerRecord<byte[], byte[]> mark) {
        String key = mark.key() == null ? "" : new String(mark.key(), StandardCharsets.UTF_8);
        if (key.startsWith(topicId + "-")) {
            add(Position.parse(key));
        }
        return true;
    }

    boolean contains(Position position) {
        long index = index(position);
        var bits = sent.get(position.partition());
        return index >= 0 && bits != null && bits.get(Math.toIntExact(index));
    }

    private void add(Position position) {
        long index = index(position);
        if (index >= 0) {
            sent.computeIfAbsent(position.partition(), _ -> new BitSet()).set(Math.toIntExact(index));
        }
    }

    private long index(Position position) {
        return position.offset() - beginnings.getOrDefault(position.partition(), Long.MAX_VALUE);
    }
}
