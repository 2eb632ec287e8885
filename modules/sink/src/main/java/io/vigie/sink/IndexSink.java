package io.vigie.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.index.Checkpoint;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
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
    /** What is late already may be later by this part of it: so much less is done where the processor is short. */
    private static final int LATER_BY = 8;

    private static final Duration BACKOFF_FIRST = Duration.ofMillis(200);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final TopicPosition position;
    private final RecordWriter writer;
    private final VerbatimIndex index;
    private final Pace pace;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final SinkMetrics metrics;
    private final Freshness freshness;
    private final OnGap onGap;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable Succession> succession = new AtomicReference<>();

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
        this.topic = source.topic();
        this.index = index;
        this.pace = pace;
        this.onGap = onGap;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.metrics = new SinkMetrics(meters, source.topicPartitions());
        this.freshness = new Freshness(metrics);
        this.writer = new RecordWriter(decoder, index, deadLetters, metrics, freshness);
        this.position = new TopicPosition(consumer, source);
        this.lastRefresh = nanoTime.getAsLong();
        this.lastCommit = lastRefresh;
        this.state = resumed();
    }

    private SinkState resumed() {
        try {
            keepRemains();
            resume();
            return new SinkState.CatchingUp(position.behind());
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
        writer.write(records);
        position.passed(records);
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
        keepRemains();
        resume();
    }

    /** What is left of a damaged index is seen until as much is read again; of another topic, only until anything is. */
    private void keepRemains() {
        unshown = index.showsRemains();
        boolean ofTopic = unshown && index.searchable().topicId().equals(position.topicId());
        shown = ofTopic ? index.searchable() : Checkpoint.NONE;
    }

    public SinkState state() {
        return state;
    }

    /** Whether it waits for an index that is built anew, or goes on only until there is one. Any thread. */
    boolean wantsSuccessor() {
        return state instanceof SinkState.Stranded
                || (onGap == OnGap.AWAIT_SUCCESSOR && index.damage().isPresent());
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
        var seen = stranded ? Checkpoint.NONE : unshown ? shown : position.checkpoint();
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
        position.resume(index.checkpoint());
        if (!unshown) {
            index.reached(position.checkpoint());
        }
    }

    private void refreshWhenDue() throws IOException {
        if ((unrefreshed > 0 || unshown) && mayShow() && elapsed(lastRefresh, refreshEvery())) {
            lastRefresh = nanoTime.getAsLong();
            index.refresh(position.checkpoint());
            unrefreshed = 0;
            unshown = false;
            shown = Checkpoint.NONE;
            freshness.visible(clock.millis());
        } else if (unrefreshed == 0 && !unshown) {
            // Behind the last record stand the markers of transactions, and who waits for the end waits for those too.
            index.reached(position.checkpoint());
        }
    }

    /** A topic that has lost records never gets as far as searches have seen. */
    private boolean mayShow() {
        return position.hasReached(shown) || position.isCaughtUp();
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
        var damage = index.damage();
        if (damage.isPresent() && onGap == OnGap.END) {
            throw SinkException.needingRebuild(
                    "the index was found to be damaged while it ran (" + damage.get()
                            + "); build it anew: vigie index rebuild --yes",
                    null);
        }
        if (index.tidy()) {
            commitAll();
        }
    }

    private void commitAll() throws IOException {
        lastCommit = nanoTime.getAsLong();
        index.commit(position.checkpoint());
        uncommitted = 0;
        // Steps between two failures may have had nothing to write; a commit proves that writing works again.
        backoff = BACKOFF_FIRST;
    }

    private void reportProgress() {
        lag = OptionalLong.of(position.lag(metrics));
        if (position.isCaughtUp() && unrefreshed == 0) {
            freshness.follow();
            state = new SinkState.Following();
        } else if (!(state instanceof SinkState.Following)) {
            state = new SinkState.CatchingUp(position.behind());
        }
    }

    /** True when there is nothing to recover: it waits for a successor. */
    private boolean endUnlessRecoverable(Exception failure) {
        var needsOperator = SinkException.needingOperator(failure, topic);
        if (needsOperator.isEmpty()) {
            return false;
        }
        if (isStranding(needsOperator.get())) {
            state = stranded(needsOperator.get());
            return true;
        }
        state = new SinkState.Stopped(String.valueOf(needsOperator.get().getMessage()));
        throw needsOperator.get();
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
        Duration late = freshness.age(clock.millis()).dividedBy(LATER_BY);
        Duration atLeast = position.isBehind() ? CATCHING_UP_REFRESH : min(late, CATCHING_UP_REFRESH);
        return atLeast.compareTo(pace.refreshEvery()) < 0 ? pace.refreshEvery() : atLeast;
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
