package io.vigie.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.DeadLetter;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.index.Arrival;
import io.vigie.index.Checkpoint;
import io.vigie.index.IndexDamagedException;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies each record of the verbatims topic to the index. One thread runs it; {@link #state} and {@link #close} are for others. */
public final class IndexSink implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IndexSink.class);

    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    /** A backlog is never fresh, and each refresh leaves small segments to merge. */
    private static final Duration CATCHING_UP_REFRESH = Duration.ofSeconds(1);

    private static final Duration BACKOFF_FIRST = Duration.ofMillis(200);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final Source source;
    private final AvroDecoder<Verbatim> decoder;
    private final VerbatimIndex index;
    private final DeadLetters deadLetters;
    private final Pace pace;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final SinkMetrics metrics;
    private final Freshness freshness;
    private final CountDownLatch closing = new CountDownLatch(1);

    private final Map<TopicPartition, Long> targets = new HashMap<>();
    private Checkpoint checkpoint = Checkpoint.NONE;
    private Duration backoff = BACKOFF_FIRST;
    private int unrefreshed;
    private int uncommitted;
    private long lastRefresh;
    private long lastCommit;
    private volatile SinkState state;

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
        this(consumer, source, decoder, index, deadLetters, pace, clock, System::nanoTime, meters);
    }

    /** The clock may be set back and measures ages only; {@code nanoTime} tells when something is due. */
    IndexSink(
            Consumer<byte[], byte[]> consumer,
            Source source,
            AvroDecoder<Verbatim> decoder,
            VerbatimIndex index,
            DeadLetters deadLetters,
            Pace pace,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.consumer = consumer;
        this.source = source;
        this.decoder = decoder;
        this.index = index;
        this.deadLetters = deadLetters;
        this.pace = pace;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.metrics = new SinkMetrics(meters, source.topicPartitions());
        this.freshness = new Freshness(metrics);
        this.lastRefresh = nanoTime.getAsLong();
        this.lastCommit = lastRefresh;
        consumer.assign(source.topicPartitions());
        resume();
        this.state = new SinkState.CatchingUp(behind());
    }

    /** Reads until {@link #close()}, or until an operator is needed: then it throws {@link SinkException}. */
    @Override
    public void run() {
        try (consumer) {
            boolean failed = false;
            while (closing.getCount() > 0) {
                try {
                    if (failed) {
                        recover();
                        failed = false;
                    }
                    step();
                } catch (WakeupException e) {
                    log.debug("woken up to close", e);
                } catch (IOException | RuntimeException e) {
                    failed = true;
                    endUnlessRecoverable(e);
                    pause(e);
                }
            }
            if (!failed) {
                commit();
            }
            state = new SinkState.Stopped("closed");
        } catch (IOException e) {
            // The last commit failed: the next start goes on from the one before.
            state = new SinkState.Stopped("closed without a last commit");
            log.warn("the last commit of the index failed; its records are read again at the next start", e);
        }
    }

    /** Polls once, applies what came, and makes it visible and durable when that is due. */
    void step() throws IOException {
        var records = consumer.poll(unrefreshed == 0 ? IDLE_POLL : min(IDLE_POLL, untilRefresh()));
        int puts = 0;
        int deletes = 0;
        for (var record : records) {
            if (record.value() == null) {
                deletes += delete(record);
            } else {
                puts += put(record);
            }
        }
        // Not the offset of the last record: transaction markers and compaction leave holes behind it.
        records.nextOffsets()
                .forEach((partition, next) -> checkpoint = checkpoint.advancedTo(partition.partition(), next.offset()));
        metrics.applied(puts, deletes);
        unrefreshed += records.count();
        uncommitted += records.count();
        refreshWhenDue();
        commitWhenDue();
        reportProgress();
    }

    /**
     * Goes back to the last commit, where everything is read again from. A writer that failed may look healthy and must
     * not be trusted. When this fails it is tried again before the next step: the consumer stands behind records that
     * the index has lost.
     */
    void recover() throws IOException {
        index.rollback();
        resume();
    }

    public SinkState state() {
        return state;
    }

    /** Asks {@link #run} to end; it commits what it has applied and returns. */
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
    }

    private void resume() {
        unrefreshed = 0;
        uncommitted = 0;
        freshness.forget();
        checkpoint = source.resume(index.checkpoint(), consumer);
        for (TopicPartition partition : source.topicPartitions()) {
            consumer.seek(partition, checkpoint.nextOffset(partition.partition()));
        }
        index.reached(checkpoint);
        targets.putAll(consumer.endOffsets(source.topicPartitions()));
    }

    private int put(ConsumerRecord<byte[], byte[]> record) throws IOException {
        return switch (decoder.decode(record.value())) {
            case Decoding.Decoded<Verbatim>(Verbatim verbatim)
            when keyed(record, verbatim) -> {
                index.put(verbatim, new Arrival(record.partition(), record.offset()));
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

    private void refreshWhenDue() throws IOException {
        if (unrefreshed > 0 && elapsed(lastRefresh, refreshEvery())) {
            lastRefresh = nanoTime.getAsLong();
            index.refresh(checkpoint);
            unrefreshed = 0;
            freshness.visible(clock.millis());
        } else if (unrefreshed == 0) {
            // Behind the last record stand the markers of transactions, and who waits for the end waits for those too.
            index.reached(checkpoint);
        }
    }

    private void commitWhenDue() throws IOException {
        if (uncommitted >= pace.commitRecords() || elapsed(lastCommit, pace.commitEvery())) {
            commit();
        }
    }

    private void commit() throws IOException {
        if (uncommitted > 0) {
            lastCommit = nanoTime.getAsLong();
            index.commit(checkpoint);
            uncommitted = 0;
            // Steps between two failures may have had nothing to write; a commit proves that writing works again.
            backoff = BACKOFF_FIRST;
        }
    }

    private void reportProgress() {
        for (TopicPartition partition : source.topicPartitions()) {
            consumer.currentLag(partition).ifPresent(lag -> metrics.lag(partition, lag));
        }
        targets.entrySet()
                .removeIf(target -> checkpoint.nextOffset(target.getKey().partition()) >= target.getValue());
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
            case IndexDamagedException e -> new SinkException(String.valueOf(e.getMessage()), e);
            case OffsetOutOfRangeException e ->
                new SinkException(
                        "Kafka has no records where the index would go on reading (" + e.offsetOutOfRangePartitions()
                                + "): they were removed before the index had read them, or lost;"
                                + " delete the index directory to build it anew",
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

    private void pause(Exception failure) {
        state = new SinkState.Recovering(String.valueOf(failure.getMessage()));
        log.warn("the sink failed and goes back to the last commit: retry_ms={}", backoff.toMillis(), failure);
        metrics.rolledBack();
        try {
            if (!closing.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                backoff = longer(backoff);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    static Duration longer(Duration wait) {
        return min(wait.multipliedBy(2), BACKOFF_MAX);
    }

    private Duration refreshEvery() {
        boolean behind = targets.entrySet().stream()
                .anyMatch(target -> checkpoint.nextOffset(target.getKey().partition()) < target.getValue());
        return behind && pace.refreshEvery().compareTo(CATCHING_UP_REFRESH) < 0
                ? CATCHING_UP_REFRESH
                : pace.refreshEvery();
    }

    private Duration untilRefresh() {
        long left = refreshEvery().toNanos() - (nanoTime.getAsLong() - lastRefresh);
        return Duration.ofNanos(Math.max(0, left));
    }

    private boolean elapsed(long since, Duration wait) {
        return nanoTime.getAsLong() - since >= wait.toNanos();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
