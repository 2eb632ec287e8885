package io.vigie.sink;

import io.vigie.index.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the sink stands in its topic, and how far that is from where the topic ended when it began to read. Owned by the
 * sink's thread.
 */
final class TopicPosition {
    private final Consumer<?, ?> consumer;
    private final Source source;
    /** Ends that are not reached yet. */
    private final Map<TopicPartition, Long> targets = new HashMap<>();

    private Checkpoint checkpoint = Checkpoint.NONE;

    TopicPosition(Consumer<?, ?> consumer, Source source) {
        this.consumer = consumer;
        this.source = source;
        consumer.assign(source.topicPartitions());
    }

    String topicId() {
        return source.topicId();
    }

    /** Everything before it is read, and nothing behind it. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /**
     * Goes on reading from there.
     *
     * @throws SinkException when it and the topic do not belong together
     */
    void resume(Checkpoint from) {
        checkpoint = source.resume(from, consumer);
        for (TopicPartition partition : source.topicPartitions()) {
            consumer.seek(partition, checkpoint.nextOffset(partition.partition()));
        }
        targets.putAll(consumer.endOffsets(source.topicPartitions()));
    }

    /** Not up to the offset of the last record: transaction markers and compaction leave holes behind it. */
    void passed(ConsumerRecords<?, ?> records) {
        records.nextOffsets()
                .forEach((partition, next) -> checkpoint = checkpoint.advancedTo(partition.partition(), next.offset()));
    }

    boolean hasReached(Checkpoint other) {
        return other.nextOffsets().entrySet().stream()
                .allMatch(entry -> checkpoint.nextOffset(entry.getKey()) >= entry.getValue());
    }

    /** Whether everything that there was at its beginning is read. */
    boolean isCaughtUp() {
        targets.entrySet()
                .removeIf(target -> checkpoint.nextOffset(target.getKey().partition()) >= target.getValue());
        return targets.isEmpty();
    }

    boolean isBehind() {
        return targets.entrySet().stream()
                .anyMatch(target -> checkpoint.nextOffset(target.getKey().partition()) < target.getValue());
    }

    /** How many records are left of those that there were at its beginning. */
    long behind() {
        return targets.entrySet().stream()
                .mapToLong(target -> target.getValue()
                        - checkpoint.nextOffset(target.getKey().partition()))
                .sum();
    }

    /** How many records are written and not yet read, as the last answers of Kafka say. */
    long lag(SinkMetrics metrics) {
        long all = 0;
        for (TopicPartition partition : source.topicPartitions()) {
            var records = consumer.currentLag(partition);
            records.ifPresent(known -> metrics.lag(partition, known));
            // Unknown before its first answer.
            all += records.orElse(0);
        }
        return all;
    }
}
