package io.vigie.index;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far the index has read its topic.
 *
 * @param topicId Kafka's id of this incarnation of the topic: a topic deleted and created again has another one
 * @param nextOffsets the next offset to read, by partition; a partition without one is read from its start
 */
public record Checkpoint(String topicId, Map<Integer, Long> nextOffsets) {
    /** Of an index that has read nothing of any topic. */
    public static final Checkpoint NONE = new Checkpoint("", Map.of());

    public Checkpoint {
        nextOffsets = Map.copyOf(nextOffsets);
    }

    /** The next offset to read of a partition, 0 when nothing of it was read. */
    public long nextOffset(int partition) {
        return nextOffsets.getOrDefault(partition, 0L);
    }

    /** This checkpoint with one partition advanced; a partition never goes back. */
    public Checkpoint advancedTo(int partition, long nextOffset) {
        var advanced = new TreeMap<>(nextOffsets);
        advanced.merge(partition, nextOffset, Math::max);
        return new Checkpoint(topicId, advanced);
    }
}
