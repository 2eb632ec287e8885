package io.vigie.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A topic in memory, for several threads. Its records can be read again and its offsets have holes, as those of a compacted, transactional one. */
final class VerbatimTopic {
    static final String NAME = "voc.verbatims";

    private final String name;
    private final List<Log> logs = new ArrayList<>();
    private String topicId = "topic-a";

    VerbatimTopic(int partitions) {
        this(NAME, partitions);
    }

    VerbatimTopic(String name, int partitions) {
        this.name = name;
        growTo(partitions);
    }

    static TopicPartition partition(int partition) {
        return new TopicPartition(NAME, partition);
    }

    synchronized Source source() {
        return new Source(NAME, topicId, logs.size());
    }

    synchronized void growTo(int partitions) {
        while (logs.size() < partitions) {
            logs.add(new Log());
        }
    }

    /** Deleted and made again: the same name, another topic. */
    synchronized void recreate(String newTopicId) {
        int partitions = logs.size();
        logs.clear();
        growTo(partitions);
        topicId = newTopicId;
    }

    /** Returns the record's offset. */
    long append(int partition, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
        return append(partition, key, value, timestamp, new RecordHeaders());
    }

    synchronized long append(
            int partition, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp, Headers headers) {
        var log = logs.get(partition);
        long offset = log.end++;
        log.records.put(
                offset,
                new ConsumerRecord<>(
                        name,
                        partition,
                        offset,
                        timestamp.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        key == null ? ConsumerRecord.NULL_SIZE : key.length,
                        value == null ? ConsumerRecord.NULL_SIZE : value.length,
                        key,
                        value,
                        headers,
                        Optional.empty()));
        return offset;
    }

    /** An offset without a record: a transaction marker, an aborted record, or one that was compacted away. */
    synchronized void leaveHole(int partition) {
        logs.get(partition).end++;
    }

    /** As retention does. */
    synchronized void removeBefore(int partition, long offset) {
        var log = logs.get(partition);
        log.beginning = offset;
        log.records.headMap(offset, false).clear();
    }

    /** As a broker does that lost its last writes. */
    synchronized void loseFrom(int partition, long offset) {
        var log = logs.get(partition);
        log.end = offset;
        log.records.tailMap(offset, true).clear();
    }

    synchronized Map<TopicPartition, Long> beginnings() {
        var offsets = new HashMap<TopicPartition, Long>();
        partitions()
                .forEach(partition -> offsets.put(new TopicPartition(name, partition), logs.get(partition).beginning));
        return offsets;
    }

    synchronized Map<TopicPartition, Long> ends() {
        var offsets = new HashMap<TopicPartition, Long>();
        partitions().forEach(partition -> offsets.put(new TopicPartition(name, partition), logs.get(partition).end));
        return offsets;
    }

    /** All records of a partition with offsets from one, inclusive, to another, exclusive. */
    synchronized List<ConsumerRecord<byte[], byte[]>> records(int partition, long from, long to) {
        return List.copyOf(
                logs.get(partition).records.subMap(from, true, to, false).values());
    }

    IntStream partitions() {
        return IntStream.range(0, logs.size());
    }

    private static final class Log {
        private final NavigableMap<Long, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();
        private long beginning;
        private long end;
    }
}
