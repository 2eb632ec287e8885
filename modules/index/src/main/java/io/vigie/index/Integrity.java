package io.vigie.index;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back, in the background, the files of the segments that searches see, and holds them against their checksums:
 * Lucene itself reads most bytes only when a search happens to need them, and checks them only when it merges. A thread
 * of its own runs it; one look at a time.
 */
final class Integrity implements Closeable {
    /** What is sound now may not be so for ever. */
    static final Duration AGAIN_AFTER = Duration.ofDays(7);

    /** Far below what a disk gives, and a fortieth of a processor. */
    private static final long BYTES_PER_SECOND_MAX = 32L << 20;

    private static final int STEP_BYTES = 256 << 10;

    private static final Logger log = LoggerFactory.getLogger(Integrity.class);

    private final Directory directory;
    private final Visible visible;
    private final IndexMetrics metrics;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();

    /** When each segment was last read, owned by whoever looks. */
    private final Map<String, Instant> read = new HashMap<>();

    private Set<String> before = Set.of();
    /** Of which {@link #read} and {@link #before} tell. */
    private long readGeneration;

    private Optional<Damage> damage = Optional.empty();
    private boolean paused;
    /** Which index the directory has; a look that began with another one finds nothing. */
    private long generation;

    Integrity(Directory directory, Visible visible, IndexMetrics metrics, Clock clock) {
        this.directory = directory;
        this.visible = visible;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Looks so often until it is closed, beginning after the first wait. */
    void start(Duration every) {
        thread =
                Optional.of(Thread.ofPlatform().name("index-integrity").daemon().start(() -> run(every)));
    }

    private void run(Duration every) {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (IOException e) {
                    log.debug("the index is closed, or its disk cannot be read, which whoever writes will say", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads what is due: segments that were there at the look before too and were not read yet, or not for long. Younger ones
     * are about to be merged, by which Lucene reads and checks them itself.
     */
    void look() throws IOException, InterruptedException {
        long ofGeneration = generation();
        if (ofGeneration < 0) {
            return;
        }
        if (readGeneration != ofGeneration) {
            // Another index gives the names of segments anew.
            readGeneration = ofGeneration;
            read.clear();
            before = Set.of();
        }
        var reader = visible.acquire().reader();
        try {
            var names = Purge.names(reader);
            read.keySet().retainAll(names);
            for (var leaf : reader.leaves()) {
                var segment = (SegmentReader) FilterLeafReader.unwrap(leaf.reader());
                if (before.contains(segment.getSegmentName()) && isDue(segment.getSegmentName())) {
                    read(segment, ofGeneration);
                }
            }
            before = names;
        } finally {
            reader.decRef();
        }
    }

    private boolean isDue(String segment) {
        var last = read.get(segment);
        return last == null || !clock.instant().isBefore(last.plus(AGAIN_AFTER));
    }

    private void read(SegmentReader segment, long ofGeneration) throws IOException, InterruptedException {
        for (String file : new HashSet<>(segment.getSegmentInfo().files())) {
            try {
                read(file);
            } catch (CorruptIndexException e) {
                report(new Damage(file, e.getOriginalMessage()), ofGeneration);
            } catch (EOFException e) {
                report(new Damage(file, "is cut off"), ofGeneration);
            } catch (FileNotFoundException | NoSuchFileException e) {
                report(new Damage(file, "is missing"), ofGeneration);
            }
        }
        read.put(segment.getSegmentName(), clock.instant());
    }

    private void read(String file) throws IOException, InterruptedException {
        try (var input = directory.openChecksumInput(file)) {
            long end = input.length() - CodecUtil.footerLength();
            long started = System.nanoTime();
            for (long at = Math.min(STEP_BYTES, end); at < end; at = Math.min(at + STEP_BYTES, end)) {
                input.seek(at);
                rest(at, started);
            }
            if (end > input.getFilePointer()) {
                input.seek(end);
            }
            CodecUtil.checkFooter(input);
            metrics.readBack(input.length());
        }
    }

    /** Also what hurries it out when the index is closed. */
    private void rest(long bytes, long startedNanos) throws IOException, InterruptedException {
        long due = startedNanos + bytes * 1_000_000_000L / BYTES_PER_SECOND_MAX;
        if (closing.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the index is closed");
        }
    }

    private synchronized long generation() {
        return paused ? -1 : generation;
    }

    private synchronized void report(Damage found, long ofGeneration) {
        if (paused || generation != ofGeneration) {
            // The files that were looked for are another index's by now.
            return;
        }
        if (damage.isEmpty()) {
            damage = Optional.of(found);
            log.error(
                    "a file of the index is damaged; find out what damaged it: vigie index check, and the disk's own"
                            + " report; file={} what={}",
                    found.file(),
                    found.what());
        }
    }

    /** The first damage that was found in the index; any thread. */
    synchronized Optional<Damage> damage() {
        return damage;
    }

    /** What searches see is not what the directory has from now on. */
    synchronized void pause() {
        paused = true;
        generation++;
    }

    /** The directory has what searches see. */
    synchronized void resume() {
        paused = false;
    }

    /** The damaged index, if it was that, has been replaced. */
    synchronized void forgetDamage() {
        damage = Optional.empty();
    }

    /** Ends a look under way soon, and waits for it. */
    @Override
    public void close() {
        closing.countDown();
        thread.ifPresent(Integrity::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
