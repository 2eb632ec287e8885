package io.vigie.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.DeadLetter;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.index.Checkpoint;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies each record of the verbatims topic to the index. One thread runs it; {@link #state} and {@link #close} are for others. */
public final class IndexSink implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IndexSink.class);

    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(200);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final Source source;
    private final AvroDecoder<Verbatim> decoder;
    private final VerbatimIndex index;
    private final DeadLetters deadLetters;
    private final Pace pace;
    private final InstantSource clock;
    private final SinkMetrics metrics;
    private final Freshness freshness;
    private final CountDownLatch closing = new CountDownLatch(1);

    private final Map<TopicPartition, Long> targets = new HashMap<>();
    private Checkpoint checkpoint;
    private int unrefreshed;
    private int uncommitted;
    private long lastRefresh;
    private long lastCommit;
    private volatile SinkState state = new SinkState.CatchingUp(0);

    /**
     * Seeks to the index's checkpoint.
     *
     * @param consumer reads committed records only, has no group and no offset reset; closed by {@link #run}
     * @throws SinkException when the index and the topic do not belong together
     */
    public IndexSink(
            Consumer<byte[], byte[]> consumer,
            Source source,
            AvroDecoder<Verbatim> decoder,
            VerbatimIndex index,
            DeadLetters deadLetters,
            Pace pace,
            InstantSource clock,
            MeterRegistry meters) {
        this.consumer = consumer;
        this.source = source;
        this.decoder = decoder;
        this.index = index;
        this.deadLetters = deadLetters;
        this.pace = pace;
        this.clock = clock;
        this.metrics = new SinkMetrics(meters, source.topicPartitions());
        this.freshness = new Freshness(metrics);
        this.checkpoint = index.checkpoint();
        consumer.assign(source.topicPartitions());
        targets.putAll(consumer.endOffsets(source.topicPartitions()));
        seek();
    }

    /** Reads until {@link #close()}, or until an operator is needed: then it throws {@link SinkException}. */
    @Override
    public void run() {
        Duration backoff = BACKOFF_FIRST;
        try (consumer) {
            while (closing.getCount() > 0) {
                try {
                    step();
                    backoff = BACKOFF_FIRST;
                } catch (IOException | RuntimeException e) {
                    endUnlessRecoverable(e);
                    recover(e, backoff);
                    backoff = min(backoff.multipliedBy(2), BACKOFF_MAX);
                }
            }
            commit();
            state = new SinkState.Stopped("closed");
        } catch (IOException e) {
            // The last commit failed: the next start goes on from the one before.
            state = new SinkState.Stopped("closed without a last commit");
            log.warn("the last commit of the index failed; its records are read again at the next start", e);
        }
    }

    /** Polls once, applies what came, and makes it visible and durable when that is due. */
    void step() throws IOException {
        var records = consumer.poll(unrefreshed == 0 ? IDLE_POLL : untilRefresh());
        int puts = 0;
        int deletes = 0;
        for (var record : records) {
            if (record.value() == null) {
                deletes += delete(record);
            } else {
                puts += put(record);
            }
            checkpoint = new Checkpoint(source.topicId(), checkpoint.nextOffsets())
                    .advancedTo(record.partition(), record.offset() + 1);
        }
        metrics.applied(puts, deletes);
        unrefreshed += records.count();
        uncommitted += records.count();
        advanceOverGaps();
        refreshWhenDue();
        if (uncommitted > 0 && (uncommitted >= pace.commitRecords() || elapsed(lastCommit, pace.commitEvery()))) {
            commit();
        }
        reportProgress();
    }

    public SinkState state() {
        return state;
    }

    /** Asks {@link #run} to end; it commits what it has applied and returns. */
    @Override
    public void close() {
        closing.countDown();
    }

    private int put(ConsumerRecord<byte[], byte[]> record) throws IOException {
        return switch (decoder.decode(record.value())) {
            case Decoding.Decoded<Verbatim>(Verbatim verbatim)
            when keyed(record, verbatim) -> {
                index.put(verbatim);
                freshness.waiting(record.timestamp());
                yield 1;
            }
            case Decoding.Decoded<Verbatim> _ ->
                bury(record, "wrong-key", "the key is not the verbatimId of its value");
            case Decoding.Undecodable<Verbatim>(String reason, String detail) -> bury(record, reason, detail);
        };
    }

    private int delete(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.key() == null) {
            return bury(record, "no-key", "a tombstone without a key deletes nothing");
        }
        index.delete(new String(record.key(), StandardCharsets.UTF_8));
        return 1;
    }

    private static boolean keyed(ConsumerRecord<byte[], byte[]> record, Verbatim verbatim) {
        return record.key() != null
                && verbatim.getVerbatimId().equals(new String(record.key(), StandardCharsets.UTF_8));
    }

    private int bury(ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
        var letter = new DeadLetter("sink", reason, detail, record.topic(), record.partition(), record.offset());
        deadLetters.bury(letter, record.key(), record.value());
        metrics.dead(letter);
        return 0;
    }

    /** Transaction markers and compaction leave holes: the position may stand beyond the last record. */
    private void advanceOverGaps() {
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition);
            if (position > checkpoint.nextOffset(partition.partition())) {
                checkpoint = new Checkpoint(source.topicId(), checkpoint.nextOffsets())
                        .advancedTo(partition.partition(), position);
            }
        }
    }

    private void refreshWhenDue() throws IOException {
        if (unrefreshed > 0 && elapsed(lastRefresh, pace.refreshEvery())) {
            lastRefresh = System.nanoTime();
            index.refresh();
            unrefreshed = 0;
            freshness.visible(clock.millis());
        }
    }

    private void commit() throws IOException {
        if (uncommitted > 0) {
            index.commit(checkpoint);
            uncommitted = 0;
        }
        lastCommit = System.nanoTime();
    }

    private void reportProgress() {
        for (TopicPartition partition : consumer.assignment()) {
            consumer.currentLag(partition).ifPresent(lag -> metrics.lag(partition, lag));
            long target = targets.getOrDefault(partition, 0L);
            if (checkpoint.nextOffset(partition.partition()) >= target) {
                targets.remove(partition);
            }
        }
        if (targets.isEmpty() && unrefreshed == 0) {
            freshness.follow();
            state = new SinkState.Following();
        } else if (!(state instanceof SinkState.Following)) {
            state = new SinkState.CatchingUp(behind());
        }
    }

    private long behind() {
        return targets.entrySet().stream()
                .mapToLong(target -> target.getValue()
                        - checkpoint.nextOffset(target.getKey().partition()))
                .sum();
    }

    private void endUnlessRecoverable(Exception failure) {
        var needsOperator = switch (failure) {
            case SinkException e -> e;
            case OffsetOutOfRangeException e ->
                new SinkException(
                        "records of " + source.topic()
                                + " were removed before the index had read them; delete the index directory to build it anew",
                        e);
            case AuthorizationException e ->
                new SinkException("the sink may not read " + source.topic() + ": " + e.getMessage(), e);
            default -> null;
        };
        if (needsOperator != null) {
            state = new SinkState.Stopped(String.valueOf(needsOperator.getMessage()));
            throw needsOperator;
        }
    }

    /** A writer that failed may look healthy and must not be trusted: back to the last commit, and read again from there. */
    private void recover(Exception failure, Duration backoff) {
        state = new SinkState.Recovering(String.valueOf(failure.getMessage()));
        log.warn("the sink failed and goes back to the last commit: retry_ms={}", backoff.toMillis(), failure);
        metrics.rolledBack();
        try {
            if (closing.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            index.rollback();
            checkpoint = index.checkpoint();
            unrefreshed = 0;
            uncommitted = 0;
            freshness.forget();
            seek();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        } catch (IOException | KafkaException e) {
            // The next step fails as well, and comes back here after a longer wait.
            log.warn("the index cannot be reopened yet", e);
        }
    }

    private void seek() {
        source.resume(checkpoint, consumer).forEach(consumer::seek);
    }

    private Duration untilRefresh() {
        long left = pace.refreshEvery().toNanos() - (System.nanoTime() - lastRefresh);
        return Duration.ofNanos(Math.max(0, left));
    }

    private static boolean elapsed(long since, Duration wait) {
        return System.nanoTime() - since >= wait.toNanos();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
