package io.vigie.app;

import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What there is in {@code voc.verbatims}: of each verbatim the last version, and none of those that are erased. Each partition is
 * read twice, for the last offset of each key and for what is there; only those offsets of one partition are held in
 * memory. One thread only.
 */
final class NewestVerbatims {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STALL_MAX = Duration.ofSeconds(60);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final AvroDecoder<Verbatim> decoder;

    /** @param consumer of no group, that reads what is committed; stays the caller's to close */
    NewestVerbatims(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            String topic,
            AvroDecoder<Verbatim> decoder) {
        this.consumer = consumer;
        this.topic = topic;
        this.decoder = decoder;
    }

    /**
     * Reads up to where the topic ends now.
     *
     * @return how many could not be read
     * @throws CommandFailedException when nothing comes for a minute
     */
    long forEach(java.util.function.Consumer<Verbatim> reader) {
        long[] unreadable = {0};
        for (var info : consumer.partitionsFor(topic)) {
            var partition = new TopicPartition(topic, info.partition());
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var last = new LastOffsets();
            scan(partition, end, record -> {
                if (record.key() != null) {
                    last.put(record.key(), record.offset());
                }
            });
            scan(partition, end, record -> {
                if (record.key() == null || record.value() == null || !last.isLast(record.key(), record.offset())) {
                    return;
                }
                if (decoder.decode(record.value()) instanceof Decoding.Decoded<Verbatim>(Verbatim verbatim)) {
                    reader.accept(verbatim);
                } else {
                    unreadable[0]++;
                }
            });
        }
        return unreadable[0];
    }

    private void scan(
            TopicPartition partition, long end, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        consumer.seekToBeginning(List.of(partition));
        long moved = System.nanoTime();
        while (consumer.position(partition) < end) {
            var records = consumer.poll(POLL);
            for (var record : records) {
                if (record.offset() < end) {
                    reader.accept(record);
                }
            }
            if (!records.isEmpty()) {
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STALL_MAX.toNanos()) {
                throw new CommandFailedException("cannot read " + topic + " to its end: nothing came for "
                        + STALL_MAX.toSeconds() + " s; is Kafka well?");
            }
        }
    }
}
