package io.vigie.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed in a topic, from its beginning to its end, and later on from there. One thread only. */
final class WholeTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STALL_MAX = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final List<TopicPartition> partitions;

    /** @param consumer of no group, that reads what is committed; closed with this */
    WholeTopic(Consumer<byte[], byte[]> consumer, String topic, int partitions) {
        this.consumer = consumer;
        this.topic = topic;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(this.partitions);
        consumer.seekToBeginning(this.partitions);
    }

    /**
     * Reads on to where the topic ends now.
     *
     * @throws CommandFailedException when nothing comes for a minute
     */
    void readToEnd(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long last = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var records = consumer.poll(POLL);
            records.forEach(reader);
            if (!records.isEmpty()) {
                last = System.nanoTime();
            } else if (System.nanoTime() - last > STALL_MAX.toNanos()) {
                throw new CommandFailedException("cannot read " + topic + " to its end: nothing came for "
                        + STALL_MAX.toSeconds() + " s; is Kafka well?");
            }
        }
    }

    @Override
    public void close() {
        // Nobody waits for what it has asked for and not got, half a second otherwise.
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
