package io.vigie.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/** Says what it is told to say. */
final class FakeOffsets implements Offsets {
    final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
    final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile boolean broken;

    @Override
    public Map<TopicPartition, Long> committed() {
        asked.incrementAndGet();
        if (broken) {
            throw new UnknownOffsetsException("Kafka does not say", new IllegalStateException("fake"));
        }
        return Map.copyOf(committed);
    }

    @Override
    public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        var wanted = new HashMap<>(ends);
        wanted.keySet().retainAll(partitions);
        return wanted;
    }
}
