package io.vigie.app;

import io.vigie.events.Revision;
import io.vigie.events.RevisionHeader;
import io.vigie.events.RevisionReason;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.VerbatimVersion;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Goes through all of {@code voc.verbatims} and asks for revisions. It stays behind the stream of insights, which carries them out:
 * what that has not counted yet could be taken for a version that is gone. Its requests and how far it has read are one
 * transaction, so one that is killed goes on where it was; and it is never far ahead of what is carried out. One thread
 * only.
 */
final class HistoryWalk {
    /** Most requests that are not carried out yet: some seconds of work. */
    static final int AHEAD_MAX = 20_000;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration STALL_MAX = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Owner owner;
    private final Topics topics;
    private final AvroDecoder<Verbatim> decoder;
    private final Serializer<Verbatim> verbatims;
    private final Serializer<Revision> revisions;
    private final RevisionReason reason;
    private final int perSecond;
    private final List<TopicPartition> partitions;
    /** The next offset behind the last request, by partition of revisions. */
    private final Map<TopicPartition, Long> asked = new HashMap<>();

    private Map<TopicPartition, Long> done = Map.of();
    private long looked;
    private long moved = System.nanoTime();
    private long free = System.nanoTime();

    /** How far the stream of insights has come. */
    interface Owner {
        /** The next offset that it will read, by partition of all its topics; a partition that is not there was never read. */
        Map<TopicPartition, Long> committed();

        /** That of a group. */
        static Owner of(Admin admin, String group) {
            return () -> offsets(admin, group);
        }
    }

    /** Makes a new version. */
    interface Reviser {
        /**
         * The new version, or nothing when a verbatim is to stay as it is.
         *
         * @param revised whether this version was written anew, so that it is not the first application's own
         */
        Optional<Verbatim> anew(Verbatim verbatim, boolean revised);
    }

    /**
     * Goes on where the walk of the consumer's group was, or from the beginning.
     *
     * @param consumer of a group that is this walk's alone, for ever; reads what is committed, from the earliest on; stays the caller's
     *     to close, as the producer. The group's offsets are kept for Kafka's {@code offsets.retention.minutes}
     * @param producer whose transactions are initialised: another walk with the same id is ended by then
     * @param perSecond most requests in a second
     */
    HistoryWalk(
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer,
            Owner owner,
            SchemaRegistry schemas,
            Topics topics,
            RevisionReason reason,
            int perSecond) {
        this.consumer = consumer;
        this.producer = producer;
        this.owner = owner;
        this.topics = topics;
        this.decoder = schemas.decoder(Verbatim.class);
        this.verbatims = schemas.serializer();
        this.revisions = schemas.serializer();
        this.reason = reason;
        this.perSecond = perSecond;
        this.partitions = consumer.partitionsFor(topics.verbatims()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /**
     * Reads up to where the topic ends now, and waits until what it asked for is carried out.
     *
     * @return how many revisions it asked for
     * @throws CommandFailedException when the stream does not move, or another walk takes over
     */
    long pass(Reviser reviser) throws InterruptedException {
        var goal = consumer.endOffsets(partitions);
        long sent = 0;
        look();
        moved = System.nanoTime();
        while (goal.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            awaitAhead(AHEAD_MAX);
            var readable = readable(consumer.poll(POLL));
            var requests = revised(readable, reviser);
            if (!requests.isEmpty()) {
                sent += send(requests);
            }
            if (readable.isEmpty()) {
                Thread.sleep(POLL);
                look();
                requireMove();
            } else {
                moved = System.nanoTime();
            }
        }
        send(List.of());
        awaitAhead(0);
        return sent;
    }

    /** Those that the stream has counted; the others are read again. */
    private List<ConsumerRecord<byte[], byte[]>> readable(ConsumerRecords<byte[], byte[]> records) {
        var readable = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (TopicPartition partition : records.partitions()) {
            long limit = done.getOrDefault(partition, 0L);
            for (var record : records.records(partition)) {
                if (record.offset() >= limit) {
                    consumer.seek(partition, record.offset());
                    break;
                }
                readable.add(record);
            }
        }
        return readable;
    }

    private List<ProducerRecord<byte[], byte[]>> revised(
            List<ConsumerRecord<byte[], byte[]>> records, Reviser reviser) {
        var requests = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var record : records) {
            if (record.key() != null
                    && record.value() != null
                    && decoder.decode(record.value()) instanceof Decoding.Decoded<Verbatim>(Verbatim verbatim)
                    && verbatim.getVerbatimId().equals(new String(record.key(), StandardCharsets.UTF_8))) {
                reviser.anew(verbatim, RevisionHeader.on(record.headers()))
                        .ifPresent(after -> requests.add(request(record, verbatim, after)));
            }
        }
        return requests;
    }

    private ProducerRecord<byte[], byte[]> request(
            ConsumerRecord<byte[], byte[]> record, Verbatim before, Verbatim after) {
        var revision = new Revision(
                before.getVerbatimId(),
                reason,
                new VerbatimVersion(before.getClassifiedAt(), before.getClassifier(), before.getOfferId()),
                Instant.ofEpochMilli(record.timestamp()),
                ByteBuffer.wrap(verbatims.serialize(topics.verbatims(), after)));
        // Where the verbatim is, so that whoever counts it reads it.
        return new ProducerRecord<>(
                topics.revisions(),
                record.partition(),
                record.key(),
                revisions.serialize(topics.revisions(), revision));
    }

    private int send(List<ProducerRecord<byte[], byte[]>> requests) throws InterruptedException {
        var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
        partitions.forEach(partition -> positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        var sent = new ArrayList<Future<RecordMetadata>>();
        try {
            producer.beginTransaction();
            requests.forEach(request -> sent.add(producer.send(request)));
            producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
            producer.commitTransaction();
            for (var one : sent) {
                var written = one.get();
                asked.merge(new TopicPartition(written.topic(), written.partition()), written.offset() + 1, Math::max);
            }
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new CommandFailedException("another one of these has been started and has taken over", e);
        } catch (KafkaException | ExecutionException e) {
            throw new CommandFailedException(
                    "writing to " + topics.revisions() + " failed: " + e
                            + "; run the same again, it goes on where it was",
                    e);
        }
        pace(requests.size());
        return requests.size();
    }

    private void pace(int count) throws InterruptedException {
        long now = System.nanoTime();
        free = Math.max(free, now) + Duration.ofSeconds(1).toNanos() / perSecond * count;
        Duration wait = Duration.ofNanos(free - now - Duration.ofSeconds(1).toNanos() / perSecond);
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
    }

    /** Waits until at most so many requests are not carried out yet. */
    private void awaitAhead(int most) throws InterruptedException {
        if (System.nanoTime() - looked > LOOK_EVERY.toNanos()) {
            look();
        }
        long ahead = ahead();
        while (ahead > most) {
            Thread.sleep(LOOK_EVERY);
            look();
            long now = ahead();
            if (now < ahead) {
                moved = System.nanoTime();
            }
            ahead = now;
            requireMove();
        }
    }

    private long ahead() {
        return asked.entrySet().stream()
                .mapToLong(last -> Math.max(0, last.getValue() - done.getOrDefault(last.getKey(), 0L)))
                .sum();
    }

    private void look() {
        done = owner.committed();
        looked = System.nanoTime();
    }

    private void requireMove() {
        if (System.nanoTime() - moved > STALL_MAX.toNanos()) {
            throw new CommandFailedException("the stream of insights has not come further for " + STALL_MAX.toSeconds()
                    + " s; is vigie stream running, with this stream.application.id? Run the same again, it goes on"
                    + " where it was");
        }
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String group) {
        try {
            var offsets = new HashMap<TopicPartition, Long>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            offsets.put(partition, offset.offset());
                        }
                    });
            return offsets;
        } catch (ExecutionException e) {
            throw new CommandFailedException("cannot read the offsets of group " + group + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while reading offsets", e);
        }
    }
}
