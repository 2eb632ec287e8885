package io.vigie.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
 * Follows a topic without a consumer group and hands each record on, for those who keep what it says in memory.
 *
 * <p>{@link #step()}, the consumer and the handing on belong to one thread, the view's own once it is started; questions
 * may come from any thread. Partitions added to the topic later are seen after a restart.
 */
final class TopicView implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicView.class);
    private static final Duration POLL_MAX = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final String topic;
    private final String what;
    private final long offsetsMax;
    private final java.util.function.Consumer<ConsumerRecord<String, byte[]>> apply;
    private final Thread thread;
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
     * @param what the topic tells, for messages: "the offer catalogue"
     * @param consumer without a group; becomes the view's own
     * @param offsetsMax how far before its end each partition is begun at most
     * @param apply gets each record, at times again; throws a {@link KafkaException} when that is worth another try later
     */
    TopicView(
            String what,
            Consumer<String, byte[]> consumer,
            String topic,
            long offsetsMax,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> apply) {
        this.what = what;
        this.consumer = consumer;
        this.topic = topic;
        this.offsetsMax = offsetsMax;
        this.apply = apply;
        this.thread = Thread.ofPlatform().name("view-" + topic).daemon().unstarted(this::run);
    }

    /** Starts reading on a thread of its own. */
    void start() {
        thread.start();
    }

    /** Waits until a write is seen here; false when that takes longer. */
    boolean awaits(RecordMetadata written, Duration max) {
        return awaits(Map.of(written.partition(), written.offset() + 1), max);
    }

    /** Waits until everything before these offsets, by partition, is seen here; false when that takes longer. */
    boolean awaits(Map<Integer, Long> next, Duration max) {
        long nanos = max.toNanos();
        lock.lock();
        try {
            while (!reached(next)) {
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

    private boolean reached(Map<Integer, Long> next) {
        return next.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Whether everything that was in the topic when the view began is known here. */
    boolean caughtUp() {
        return caughtUp;
    }

    /** Up once it has caught up; down with what to do otherwise. */
    Health.State state() {
        if (!failure.isEmpty()) {
            return new Health.Down(failure);
        }
        return caughtUp ? new Health.Up() : new Health.Down("reading " + what + " from " + topic + "; wait");
    }

    /** Polls once; true when something changed. */
    boolean step() {
        if (ends.isEmpty() && !begin()) {
            return false;
        }
        int applied = 0;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_MAX)) {
            apply.accept(record);
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
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> found = consumer.endOffsets(partitions);
        found.forEach((partition, end) ->
                consumer.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - offsetsMax)));
        ends = found;
        return true;
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
                log.debug("woken up to stop; topic={}", topic);
            } catch (InterruptException e) {
                return;
            } catch (KafkaException e) {
                pause(e);
            }
        }
    }

    private void pause(KafkaException cause) {
        failure = "cannot read " + what + " from " + topic + ": " + cause.getMessage();
        if (!(cause instanceof RetriableException)) {
            log.warn("cannot read {}, trying again; topic={}", what, topic, cause);
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
                // Nothing was read yet: it begins as it began.
                ends = Map.of();
                return;
            }
            consumer.seek(partition, next);
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
