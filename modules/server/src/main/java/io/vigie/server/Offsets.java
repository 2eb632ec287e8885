package io.vigie.server;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What Kafka knows of positions; asked anew each time. */
public interface Offsets {
    /**
     * How far the group that turns events into verbatims has read, and has written what came of it.
     *
     * @throws UnknownOffsetsException when Kafka does not say
     */
    Map<TopicPartition, Long> committed();

    /**
     * Where these partitions end, behind records of transactions that are still open too.
     *
     * @throws UnknownOffsetsException when Kafka does not say
     */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions);
}
