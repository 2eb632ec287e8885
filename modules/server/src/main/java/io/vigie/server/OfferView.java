package io.vigie.server;

import io.vigie.events.Offer;
import io.vigie.events.serde.Decoding;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The offer catalogue in memory, fed from its compacted topic from the beginning, without a consumer group.
 *
 * <p>{@link #step()} and the consumer belong to one thread, the view's own once it is started; questions may come from
 * any thread. Partitions added to the topic later are seen after a restart.
 */
public final class OfferView implements OfferDirectory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OfferView.class);
    private static final Duration POLL_MAX = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final Function<byte[], Decoding<Offer>> decode;
    private final Thread thread =
            Thread.ofPlatform().name("offer-view").daemon().unstarted(this::run);
    private final ConcurrentSkipListMap<String, Offer> offers = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    /** Next offset per partition; written by the view's thread only, read by others under {@link #lock}. */
    private final Map<Integer, Long> positions = new HashMap<>();

    /** Where the partitions ended when the view began; empty until then. The view's thread only. */
    private Map<TopicPartition, Long> ends = Map.of();

    private volatile boolean caughtUp;
    private volatile boolean closing;
    private volatile String failure = "";

    /**
     * A view that does nothing yet.
     *
     * @param consumer without a group; becomes the view's own
     * @param decode reads a value; throws a {@link KafkaException} when that is worth another try later
     */
    public OfferView(Consumer<String, byte[]> consumer, String topic, Function<byte[], Decoding<Offer>> decode) {
        this.consumer = consumer;
        this.topic = topic;
        this.decode = decode;
    }

    /** Starts reading on a thread of its own. */
    public void start() {
        thread.start();
    }

    @Override
    public List<Offer> offers() {
        return List.copyOf(offers.values());
    }

    @Override
    public Optional<Offer> offer(String id) {
        return Optional.ofNullable(offers.get(id));
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        long nanos = max.toNanos();
        lock.lock();
        try {
            while (positions.getOrDefault(written.partition(), 0L) <= written.offset()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = moved.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything that was in the topic when the view began is known here. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Up once it has caught up; down with what to do otherwise. */
    public Health.State state() {
        if (!failure.isEmpty()) {
            return new Health.Down(failure);
        }
        return caughtUp ? new Health.Up() : new Health.Down("reading the offer catalogue from " + topic + "; wait");
    }

    /** Polls once; true when something changed. */
    boolean step() {
        if (ends.isEmpty() && !begin()) {
            return false;
        }
        int applied = 0;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_MAX)) {
            apply(record);
            applied++;
        }
        publishPositions();
        return applied > 0;
    }

    private boolean begin() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            return false;
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ends = consumer.endOffsets(partitions);
        return true;
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            offers.remove(record.key());
            return;
        }
        switch (decode.apply(record.value())) {
            case Decoding.Decoded<Offer>(Offer offer) -> offers.put(record.key(), offer);
            case Decoding.Undecodable<Offer>(String reason, String detail) ->
                log.warn(
                        "offer skipped, declare it again; partition={} offset={} reason={} detail={}",
                        record.partition(),
                        record.offset(),
                        reason,
                        detail);
        }
    }

    private void publishPositions() {
        boolean reached = true;
        lock.lock();
        try {
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                long position = consumer.position(end.getKey());
                positions.put(end.getKey().partition(), position);
                reached &= position >= end.getValue();
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        caughtUp |= reached;
    }

    private void run() {
        while (!closing) {
            try {
                step();
                failure = "";
            } catch (WakeupException e) {
                log.debug("offer view woken up to stop");
            } catch (InterruptException e) {
                return;
            } catch (KafkaException e) {
                pause(e);
            }
        }
    }

    private void pause(KafkaException cause) {
        failure = "cannot read the offer catalogue from " + topic + ": " + cause.getMessage();
        if (!(cause instanceof RetriableException)) {
            log.warn("cannot read the offer catalogue, trying again; topic={}", topic, cause);
        }
        rewind();
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    /** Back to before the poll that failed; what it did apply is applied again, to the same end. */
    private void rewind() {
        for (TopicPartition partition : ends.keySet()) {
            Long next = positions.get(partition.partition());
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
    }
}
