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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
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
    private final OnGap onGap;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable Succession> succession = new AtomicReference<>();

    private final Map<TopicPartition, Long> targets = new HashMap<>();
    private Checkpoint checkpoint = Checkpoint.NONE;
    private Duration backoff = BACKOFF_FIRST;
    /** What searches see was read up to here; a successor that has read less is not shown yet. */
    private Checkpoint shown = Checkpoint.NONE;

    private boolean unshown;
    private int unrefreshed;
    private int uncommitted;
    private long lastRefresh;
    private long lastCommit;
    private volatile OptionalLong lag = OptionalLong.empty();
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
            OnGap onGap,
            InstantSource clock,
            MeterRegistry meters) {
        this(consumer, source, decoder, index, deadLetters, pace, onGap, clock, System::nanoTime, meters);
    }

    /** What to do when the index and the topic do not belong together, or the index is found to be damaged. */
    public enum OnGap {
        /** It ends with a {@link SinkException}. */
        END,
        /** It waits for a successor, while searches see what there is. */
        AWAIT_SUCCESSOR
    }

    private record Succession(Path next, CompletableFuture<Void> done) {}

    /** The clock may be set back and measures ages only; {@code nanoTime} tells when something is due. */
    IndexSink(
            Consumer<byte[], byte[]> consumer,
            Source source,
            AvroDecoder<Verbatim> decoder,
            VerbatimIndex index,
            DeadLetters deadLetters,
            Pace pace,
            OnGap onGap,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.consumer = consumer;
        this.source = source;
        this.decoder = decoder;
        this.index = index;
        this.deadLetters = deadLetters;
        this.pace = pace;
        this.onGap = onGap;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.metrics = new SinkMetrics(meters, source.topicPartitions());
        this.freshness = new Freshness(metrics);
        this.lastRefresh = nanoTime.getAsLong();
        this.lastCommit = lastRefresh;
        consumer.assign(source.topicPartitions());
        this.state = resumed();
    }

    private SinkState resumed() {
        try {
            resume();
            return new SinkState.CatchingUp(behind());
        } catch (SinkException e) {
            if (isStranding(e)) {
                return stranded(e);
            }
            throw e;
        }
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
                    takeOver();
                    if (state instanceof SinkState.Stranded) {
                        Thread.sleep(IDLE_POLL);
                    } else {
                        step();
                    }
                } catch (WakeupException e) {
                    log.debug("woken up to close", e);
                } catch (IOException | RuntimeException e) {
                    failed = !endUnlessRecoverable(e);
                    if (failed) {
                        pause(e);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    closing.countDown();
                }
            }
            if (!failed && !(state instanceof SinkState.Stranded)) {
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
        tidy();
        reportProgress();
    }

    /**
     * Goes back to the last commit, where everything is read again from. A writer that failed may look healthy and must
     * not be trusted. When this fails it is tried again before the next step: the consumer stands behind records that
     * the index has lost.
     */
    void recover() throws IOException {
        index.rollback();
        unshown = false;
        shown = Checkpoint.NONE;
        resume();
    }

    public SinkState state() {
        return state;
    }

    /** How many records are written and not yet read; empty when nothing was read yet. Any thread. */
    public OptionalLong lag() {
        return lag;
    }

    /**
     * Goes on with an index that was built elsewhere from the same topic, in the place of its own, which is deleted.
     * Searches see the new one as soon as it has read as much as they have seen. Any thread.
     *
     * @return done when the new index has taken over, or has failed to; never when this sink ends before
     */
    public CompletableFuture<Void> succeed(Path next) {
        var done = new CompletableFuture<Void>();
        succession.set(new Succession(next, done));
        return done;
    }

    private void takeOver() throws IOException {
        var due = succession.getAndSet(null);
        if (due == null) {
            return;
        }
        boolean stranded = state instanceof SinkState.Stranded;
        var seen = stranded ? Checkpoint.NONE : checkpoint;
        boolean done = false;
        try {
            index.replaceBy(due.next());
            shown = seen;
            unshown = true;
            if (stranded) {
                state = new SinkState.CatchingUp(0);
            }
            resume();
            done = true;
            due.done().complete(null);
        } catch (SinkException e) {
            // The topic is another one than at our start; the successor is of the new one already.
            throw new SinkException(
                    "the index that was built anew has taken over, but not its topic (" + e.getMessage()
                            + "); restart Vigie, which goes on with it",
                    e);
        } finally {
            if (!done) {
                due.done().completeExceptionally(new SinkException("the sink could not take over; its log says why"));
            }
        }
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
        if (!unshown) {
            index.reached(checkpoint);
        }
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
        if ((unrefreshed > 0 || unshown) && hasReached(shown) && elapsed(lastRefresh, refreshEvery())) {
            lastRefresh = nanoTime.getAsLong();
            index.refresh(checkpoint);
            unrefreshed = 0;
            unshown = false;
            shown = Checkpoint.NONE;
            freshness.visible(clock.millis());
        } else if (unrefreshed == 0 && !unshown) {
            // Behind the last record stand the markers of transactions, and who waits for the end waits for those too.
            index.reached(checkpoint);
        }
    }

    private boolean hasReached(Checkpoint other) {
        return other.nextOffsets().entrySet().stream()
                .allMatch(entry -> checkpoint.nextOffset(entry.getKey()) >= entry.getValue());
    }

    private void commitWhenDue() throws IOException {
        if (uncommitted >= pace.commitRecords() || elapsed(lastCommit, pace.commitEvery())) {
            commit();
        }
    }

    private void commit() throws IOException {
        if (uncommitted > 0) {
            commitAll();
        }
    }

    private void tidy() throws IOException {
        if (index.tidy()) {
            commitAll();
        }
    }

    private void commitAll() throws IOException {
        lastCommit = nanoTime.getAsLong();
        index.commit(checkpoint);
        uncommitted = 0;
        // Steps between two failures may have had nothing to write; a commit proves that writing works again.
        backoff = BACKOFF_FIRST;
    }

    private void reportProgress() {
        long all = 0;
        for (TopicPartition partition : source.topicPartitions()) {
            var records = consumer.currentLag(partition);
            records.ifPresent(known -> metrics.lag(partition, known));
            // Unknown before its first answer.
            all += records.orElse(0);
        }
        lag = OptionalLong.of(all);
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

    /** True when there is nothing to recover: it waits for a successor. */
    private boolean endUnlessRecoverable(Exception failure) {
        var needsOperator = switch (failure) {
            case SinkException e -> e;
            case IndexDamagedException e -> SinkException.needingRebuild(String.valueOf(e.getMessage()), e);
            case OffsetOutOfRangeException e ->
                SinkException.needingRebuild(
                        "Kafka has no records where the index would go on reading (" + e.offsetOutOfRangePartitions()
                                + "): they were removed before the index had read them, or lost;"
                                + " build it anew: vigie index rebuild --yes",
                        e);
            case AuthorizationException e ->
                new SinkException("the sink may not read " + source.topic() + ": " + e.getMessage(), e);
            default -> null;
        };
        if (needsOperator == null) {
            return false;
        }
        if (isStranding(needsOperator)) {
            state = stranded(needsOperator);
            return true;
        }
        state = new SinkState.Stopped(String.valueOf(needsOperator.getMessage()));
        throw needsOperator;
    }

    private boolean isStranding(SinkException failure) {
        return onGap == OnGap.AWAIT_SUCCESSOR && failure.isMendedByRebuild();
    }

    private static SinkState stranded(SinkException failure) {
        log.error("the index cannot go on and is built anew from Kafka; searches see what it has until then", failure);
        return new SinkState.Stranded(String.valueOf(failure.getMessage()));
    }

    private void pause(Exception failure) {
        state = new SinkState.Recovering(DiskFull.reason(failure));
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
        return longer(wait, BACKOFF_MAX);
    }

    static Duration longer(Duration wait, Duration max) {
        return min(wait.multipliedBy(2), max);
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
