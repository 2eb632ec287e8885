package io.vigie.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer of a {@link VerbatimTopic}. Kafka's own {@link MockConsumer} forgets a record once it was read, and stands
 * behind the last record; this one can be sought back, and goes over holes as the real one does.
 */
class VerbatimConsumer extends MockConsumer<byte[], byte[]> {
    private final VerbatimTopic topic;
    private volatile int recordsMax = 500;

    VerbatimConsumer(VerbatimTopic topic) {
        super("none");
        this.topic = topic;
    }

    /** Most records of one poll. */
    void pollAtMost(int records) {
        recordsMax = records;
    }

    /** Of all partitions. */
    long lag() {
        return assignment().stream()
                .mapToLong(partition -> end(partition) - position(partition))
                .sum();
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        // Has no records of its own, but runs the tasks and throws the exceptions that it was given.
        super.poll(timeout);
        var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        var nextOffsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        int left = recordsMax;
        for (TopicPartition partition : assignment()) {
            // Taken once: what another thread appends meanwhile is of the next poll.
            long end = end(partition);
            var batch = read(partition, left, end);
            left -= batch.size();
            long next = left > 0 || batch.isEmpty() ? end : batch.getLast().offset() + 1;
            if (!batch.isEmpty()) {
                records.put(partition, batch);
            }
            if (next > position(partition) && (left > 0 || !batch.isEmpty())) {
                seek(partition, next);
                nextOffsets.put(partition, new OffsetAndMetadata(next));
            }
        }
        return new ConsumerRecords<>(records, nextOffsets);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, int max, long end) {
        long position = position(partition);
        long beginning = topic.beginnings().getOrDefault(partition, 0L);
        if (position < beginning || position > end) {
            throw new OffsetOutOfRangeException(Map.of(partition, position));
        }
        var records = topic.records(partition.partition(), position, end);
        return records.subList(0, Math.min(max, records.size()));
    }

    private long end(TopicPartition partition) {
        return topic.ends().getOrDefault(partition, 0L);
    }

    @Override
    public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        updateBeginningOffsets(topic.beginnings());
        return super.beginningOffsets(partitions);
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        updateEndOffsets(topic.ends());
        return super.endOffsets(partitions);
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return OptionalLong.of(end(partition) - position(partition));
    }
}
