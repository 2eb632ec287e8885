package io.vigie.app;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic up to where it ended when the reading began, and holds no more of it than Kafka gives at once. */
final class TopicScan {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration NOTHING_MAX = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;

    /** @param consumer without a group; stays the caller's to close */
    TopicScan(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /**
     * Reads from the beginning, or from the first records of a time on.
     *
     * @param wanted sees each record, those of a partition in their order; false ends the reading
     * @throws CommandFailedException when Kafka gives nothing for long
     */
    void read(Optional<Instant> since, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        List<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
        since.ifPresent(time -> seek(partitions, time, ends));
        long deadline = System.nanoTime() + NOTHING_MAX.toNanos();
        while (!ended(ends)) {
            var records = consumer.poll(POLL);
            for (var record : records) {
                boolean known = record.offset() < ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L);
                if (known && !wanted.test(record)) {
                    return;
                }
            }
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + NOTHING_MAX.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new CommandFailedException("Kafka gave nothing of topic " + topic + " for "
                        + NOTHING_MAX.toSeconds() + " s before its end; is a broker down?");
            }
        }
    }

    /** The one record at a position, if it is still there. */
    Optional<ConsumerRecord<byte[], byte[]>> at(Position position) {
        var partition = new TopicPartition(topic, position.partition());
        if (!partitions().contains(partition)) {
            return Optional.empty();
        }
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (position.offset() < beginning || position.offset() >= end) {
            return Optional.empty();
        }
        consumer.seek(partition, position.offset());
        long deadline = System.nanoTime() + NOTHING_MAX.toNanos();
        while (consumer.position(partition) <= position.offset() && System.nanoTime() < deadline) {
            for (var record : consumer.poll(POLL)) {
                return Optional.of(record).filter(found -> found.offset() == position.offset());
            }
        }
        return Optional.empty();
    }

    /** The first offsets that are still there, by partition. */
    Map<Integer, Long> beginnings() {
        var beginnings = new HashMap<Integer, Long>();
        consumer.beginningOffsets(partitions())
                .forEach((partition, offset) -> beginnings.put(partition.partition(), offset));
        return beginnings;
    }

    private List<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private void seek(List<TopicPartition> partitions, Instant time, Map<TopicPartition, Long> ends) {
        var wanted = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> wanted.put(partition, time.toEpochMilli()));
        var found = consumer.offsetsForTimes(wanted);
        for (TopicPartition partition : partitions) {
            var first = found.get(partition);
            consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        }
    }

    private boolean ended(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
