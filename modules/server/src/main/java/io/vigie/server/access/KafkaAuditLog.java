package io.vigie.server.access;

import io.vigie.events.AuditEntry;
import io.vigie.events.serde.Decoding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log from its topic, which has one partition: the newest {@value #SCANNED_MAX} entries of the time that is asked for,
 * within a bounded time, and not for more than a few at once. Safe for several threads.
 */
public final class KafkaAuditLog implements AuditLog {
    static final int SCANNED_MAX = 50_000;

    private static final Logger log = LoggerFactory.getLogger(KafkaAuditLog.class);
    private static final int AT_ONCE_MAX = 2;
    private static final Duration READ_MAX = Duration.ofSeconds(8);
    private static final Duration POLL_MAX = Duration.ofMillis(500);
    /** A server stamps an entry a moment before Kafka does. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final TopicPartition partition;
    private final Function<byte[], Decoding<AuditEntry>> decode;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    /**
     * A log that is not connected yet.
     *
     * @param consumers makes readers without a group
     */
    public KafkaAuditLog(
            Supplier<Consumer<String, byte[]>> consumers,
            String topic,
            Function<byte[], Decoding<AuditEntry>> decode,
            InstantSource clock) {
        this.consumers = consumers;
        this.partition = new TopicPartition(topic, 0);
        this.decode = decode;
        this.clock = clock;
    }

    @Override
    public Found read(Wanted wanted) throws IOException {
        if (!places.tryAcquire()) {
            throw new IOException("others are reading the journal; try again");
        }
        try (Consumer<String, byte[]> consumer = consumers.get()) {
            return read(wanted, consumer);
        } catch (KafkaException e) {
            throw new IOException("cannot read the topic " + partition.topic() + " from Kafka", e);
        } finally {
            places.release();
        }
    }

    private Found read(Wanted wanted, Consumer<String, byte[]> consumer) throws IOException {
        var only = List.of(partition);
        consumer.assign(only);
        long end = offset(consumer, wanted.to().map(time -> time.plus(CLOCKS_DIFFER)))
                .orElse(consumer.endOffsets(only, READ_MAX).getOrDefault(partition, 0L));
        long first = consumer.beginningOffsets(only, READ_MAX).getOrDefault(partition, 0L);
        long begin = wanted.from().isPresent() ? offset(consumer, wanted.from()).orElse(end) : first;
        long start = Math.max(begin, end - SCANNED_MAX);
        var newest = new ArrayDeque<AuditEntry>();
        boolean cut = start > begin;
        consumer.seek(partition, start);
        Instant deadline = clock.instant().plus(READ_MAX);
        while (consumer.position(partition) < end) {
            if (clock.instant().isAfter(deadline)) {
                throw new IOException("reading the journal takes longer than " + READ_MAX.toSeconds() + " s");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_MAX)) {
                if (record.offset() < end) {
                    decoded(record).filter(wanted::takes).ifPresent(newest::addFirst);
                }
                if (newest.size() > wanted.max()) {
                    newest.removeLast();
                    cut = true;
                }
            }
        }
        var entries = new ArrayList<>(newest);
        return new Found(Collections.unmodifiableList(entries), cut);
    }

    /** Of the first record that is not older; empty when there is none, or no time. */
    private Optional<Long> offset(Consumer<String, byte[]> consumer, Optional<Instant> time) {
        return time.flatMap(at -> {
            OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, at.toEpochMilli()), READ_MAX)
                    .get(partition);
            return Optional.ofNullable(found).map(OffsetAndTimestamp::offset);
        });
    }

    private Optional<AuditEntry> decoded(ConsumerRecord<String, byte[]> record) {
        return switch (decode.apply(record.value())) {
            case Decoding.Decoded<AuditEntry>(AuditEntry entry) -> Optional.of(entry);
            case Decoding.Undecodable<AuditEntry>(String reason, String detail) -> {
                log.warn(
                        "entry of the journal skipped; offset={} reason={} detail={}", record.offset(), reason, detail);
                yield Optional.empty();
            }
        };
    }
}
