package io.vigie.sink;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.IndexDamagedException;
import io.vigie.index.IndexOutdatedException;
import io.vigie.index.NextIndex;
import io.vigie.index.OnDamage;
import io.vigie.index.Upkeep;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds an index anew beside the one that answers, from the start of its topic, and has the sink put it in its place
 * once it has caught up. It begins when {@link NextIndex#request} asks for it, also in another process, and when the sink
 * cannot go on with the index it has, or that is found to be damaged. What was built so far outlives the process: the next one goes on with it.
 */
public final class IndexRebuild implements AutoCloseable {
    /** The successor takes over when so few records are left: the sink applies them in a fraction of a second. */
    private static final long LEFT_MAX = 2_000;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);
    private static final Duration BACKOFF_MAX = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(IndexRebuild.class);

    private final Path index;
    private final IndexSink sink;
    private final Builder builder;
    private final Upkeep upkeep;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<Progress> progress = Optional.empty();

    private IndexRebuild(
            Path index, IndexSink sink, Builder builder, Upkeep upkeep, MeterRegistry meters, Clock clock) {
        this.index = index;
        this.sink = sink;
        this.builder = builder;
        this.upkeep = upkeep;
        this.clock = clock;
        Gauge.builder("vigie.index.rebuild.ratio", this, IndexRebuild::ratio)
                .description("how much of a rebuild of the index is done, from 0 to 1; no number when there is none")
                .register(meters);
        this.thread = Thread.ofVirtual().name("index-rebuild").unstarted(this::run);
    }

    /**
     * Starts watching; {@link #close} ends it.
     *
     * @param index the directory that the sink's index is in
     * @param builder makes the sink that fills the successor, with a consumer of its own
     */
    public static IndexRebuild watching(
            Path index, IndexSink sink, Builder builder, Upkeep upkeep, MeterRegistry meters, Clock clock) {
        var rebuild = new IndexRebuild(index, sink, builder, upkeep, meters, clock);
        rebuild.thread.start();
        return rebuild;
    }

    /** Makes the sink of a successor. */
    public interface Builder {
        /**
         * The sink that fills a successor; it ends when the two do not belong together.
         *
         * @param meters are not shown to anyone: the numbers of a successor would be mixed up with those of the index
         */
        IndexSink sinkOf(VerbatimIndex successor, MeterRegistry meters);
    }

    /**
     * How far a rebuild is.
     *
     * @param done records of the topic that it has read or passed over
     * @param left records that it has still to read, as of now
     * @param ending when it will have caught up if it goes on as fast; empty when it has only begun
     */
    public record Progress(long done, long left, Optional<Duration> ending) {
        /** From 0 to 100; 100 only when nothing is left. */
        public int percent() {
            return left == 0 ? 100 : (int) Math.min(99, 100 * done / (done + left));
        }
    }

    /** Empty when there is no rebuild. Any thread. */
    public Optional<Progress> progress() {
        return progress;
    }

    private double ratio() {
        return progress.map(now -> now.left() == 0 ? 1 : (double) now.done() / (now.done() + now.left()))
                .orElse(Double.NaN);
    }

    private void run() {
        var backoff = BACKOFF_FIRST;
        try {
            while (!closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                if (isWanted()) {
                    backoff = attempt() ? BACKOFF_FIRST : waited(backoff);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration waited(Duration backoff) throws InterruptedException {
        boolean closed = closing.await(backoff.toMillis(), TimeUnit.MILLISECONDS);
        return closed ? backoff : IndexSink.longer(backoff, BACKOFF_MAX);
    }

    private boolean isWanted() {
        try {
            return sink.wantsSuccessor() || NextIndex.isRequested(index);
        } catch (IOException e) {
            log.debug("the index is being exchanged at this moment", e);
            return false;
        }
    }

    /** False when it failed and should be tried again. */
    private boolean attempt() throws InterruptedException {
        try {
            Path next = NextIndex.of(index);
            log.info("the index is built anew from Kafka beside the one that answers next={}", next);
            if (built(next)) {
                handOver(next);
            }
            return true;
        } catch (IOException | RuntimeException | ExecutionException e) {
            log.warn("building the index anew failed and is tried again index={}", index, e);
            if (isBeyondMending(e)) {
                startOver();
            }
            return false;
        } finally {
            progress = Optional.empty();
        }
    }

    /** Whether what was built so far can never be gone on with. */
    private static boolean isBeyondMending(Exception failure) {
        return switch (failure) {
            case IndexDamagedException _, IndexOutdatedException _ -> true;
            case SinkException e -> e.isMendedByRebuild();
            default -> false;
        };
    }

    private void startOver() {
        try {
            NextIndex.startOver(index);
        } catch (IOException e) {
            log.warn("cannot delete what was built of an index so far; delete it by hand: {}.next", index, e);
        }
    }

    /** Waits as long as there is somebody to hand over to: a sink that recovers may take its time. */
    private void handOver(Path next) throws InterruptedException, ExecutionException {
        var done = sink.succeed(next);
        while (!done.isDone() && !(sink.state() instanceof SinkState.Stopped)) {
            if (closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        if (done.isDone()) {
            done.get();
            log.info("the index that was built anew has taken over index={}", index);
        }
    }

    /** False when this is closed before the successor has caught up. */
    private boolean built(Path next) throws IOException, InterruptedException {
        var meters = new SimpleMeterRegistry();
        try (var successor = VerbatimIndex.open(next, OnDamage.REFUSE, upkeep, meters, clock)) {
            long before = successor.checkpoint().nextOffsets().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            var filling = builder.sinkOf(successor, meters);
            var running = Thread.ofPlatform()
                    .name("index-rebuild-sink")
                    .uncaughtExceptionHandler((_, e) -> log.debug("told by the state of the sink", e))
                    .start(filling);
            try {
                return caughtUp(filling, before);
            } finally {
                filling.close();
                running.join();
            }
        }
    }

    private boolean caughtUp(IndexSink filling, long before) throws InterruptedException {
        long startNanos = System.nanoTime();
        long first = -1;
        while (!closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (filling.state() instanceof SinkState.Stopped(String reason)) {
                throw SinkException.needingRebuild(reason, null);
            }
            var lag = filling.lag();
            if (lag.isPresent()) {
                long left = lag.getAsLong();
                first = Math.max(first, left);
                long done = first - left;
                progress = Optional.of(new Progress(before + done, left, ending(done, left, startNanos)));
                if (left <= LEFT_MAX && filling.state() instanceof SinkState.Following) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<Duration> ending(long done, long left, long startNanos) {
        double perRecord = (System.nanoTime() - startNanos) / (double) done;
        return done == 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) (perRecord * left)));
    }

    /** What was built so far is kept and gone on with at the next start. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
