package io.vigie.index;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Verbatim;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of verbatims: one writer (the sink's thread), many searchers (any thread), near real time.
 *
 * <p>A write is visible to searches after {@link #refresh()} and survives a crash after {@link #commit(Checkpoint)}.
 * After any failure of a write only {@link #rollback()} and {@link #close()} are possible.
 */
public final class VerbatimIndex implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(VerbatimIndex.class);

    private final Directory directory;
    private final Clock clock;
    private final IndexMetrics metrics;
    private final CheckpointedWriter writer;
    private final Visible visible;
    private final Snapshots snapshots;
    private final Searches searches;
    private final Housekeeping housekeeping;
    private final Integrity integrity;
    private final Erased erased = new Erased();
    /** What searches see of an index that was damaged when this one was opened in its place. */
    private volatile Optional<Remains> remains;
    /** Whether searches see an index still though another one has taken its place. */
    private boolean isReplaced;
    /** Where that one is, when it is to be deleted. */
    private Optional<Path> replaced = Optional.empty();

    /** As {@link #open(Path, OnDamage, MeterRegistry, Clock)}; a damaged index is refused. */
    public static VerbatimIndex open(Path directory, MeterRegistry meters, Clock clock) throws IOException {
        return open(directory, OnDamage.REFUSE, meters, clock);
    }

    /** As {@link #open(Path, OnDamage, Upkeep, MeterRegistry, Clock)} with the standard upkeep. */
    public static VerbatimIndex open(Path directory, OnDamage onDamage, MeterRegistry meters, Clock clock)
            throws IOException {
        return open(directory, onDamage, Upkeep.standard(), meters, clock);
    }

    /**
     * Opens the index of a directory, which is made when it does not exist, after its files were held against their
     * checksums (the first 8 GB of them: about half a second for each GB that the system has in memory, else as fast as the disk).
     *
     * @throws IndexUnusableException when it is locked, damaged, of another version or not permitted; the message says
     *     what to do
     */
    public static VerbatimIndex open(
            Path directory, OnDamage onDamage, Upkeep upkeep, MeterRegistry meters, Clock clock) throws IOException {
        String place = directory.toString();
        var remains = Optional.<Remains>empty();
        do {
            // Those of the index itself, also when it is one that was being built anew which takes its place.
            var found = Screening.screen(directory, onDamage, clock);
            remains = found.isPresent() ? found : remains;
        } while (OpenFailure.explained(place, () -> NextIndex.moveIn(directory)));
        var disk = OpenFailure.explained(place, () -> FSDirectory.open(directory));
        var index = open(disk, place, remains, upkeep, meters, clock);
        index.integrity.start(upkeep.checkEvery());
        return index;
    }

    static VerbatimIndex open(Directory directory, String place, MeterRegistry meters, Clock clock) throws IOException {
        return open(directory, place, Optional.empty(), Upkeep.standard(), meters, clock);
    }

    static VerbatimIndex open(Directory directory, String place, Upkeep upkeep, MeterRegistry meters, Clock clock)
            throws IOException {
        return open(directory, place, Optional.empty(), upkeep, meters, clock);
    }

    /** Closes the directory when it cannot be used. */
    private static VerbatimIndex open(
            Directory directory,
            String place,
            Optional<Remains> remains,
            Upkeep upkeep,
            MeterRegistry meters,
            Clock clock)
            throws IOException {
        try {
            return new VerbatimIndex(directory, place, remains, upkeep, meters, clock);
        } catch (IOException e) {
            IOUtils.closeWhileHandlingException(remains.orElse(null), directory);
            throw e;
        }
    }

    private VerbatimIndex(
            Directory directory,
            String place,
            Optional<Remains> remains,
            Upkeep upkeep,
            MeterRegistry meters,
            Clock clock)
            throws IOException {
        this.directory = directory;
        this.clock = clock;
        this.metrics = new IndexMetrics(meters);
        this.writer = new CheckpointedWriter(directory, place);
        this.remains = remains;
        this.visible = remains.isPresent()
                ? new Visible(remains.get().reader(), remains.get().upTo())
                : new Visible(writer.openReader(), writer.checkpoint());
        this.snapshots = new Snapshots(clock, visible::reader);
        this.searches = new Searches(visible, snapshots, clock);
        this.housekeeping = new Housekeeping(clock, upkeep, writer, metrics);
        this.integrity = new Integrity(directory, visible, metrics, clock);
        metrics.show(this);
        if (remains.isPresent()) {
            integrity.pause();
        }
    }

    /**
     * Adds a verbatim, or replaces the one with the same id. One beyond the age that is kept is left out, and so is its
     * former version. Only the sink's thread writes.
     */
    public void put(Verbatim verbatim) throws IOException {
        if (housekeeping.keeps(verbatim)) {
            writer.put(verbatim);
        }
    }

    /** As {@link #put(Verbatim)}, of a verbatim that {@link #arrived} is to find. */
    public void put(Verbatim verbatim, Arrival arrival) throws IOException {
        if (housekeeping.keeps(verbatim)) {
            writer.put(verbatim, arrival);
        }
    }

    /**
     * Erases a verbatim; nothing happens when there is none. With the next refresh no search, no page and no export
     * gives it any more; {@link #tidy} takes its words off the disk.
     */
    public void delete(String verbatimId) throws IOException {
        writer.delete(verbatimId);
        erased.add(verbatimId);
        housekeeping.erased();
    }

    /** Makes everything put and deleted so far visible to searches; false when there was nothing. */
    public boolean refresh() throws IOException {
        return refresh(visible.upTo());
    }

    /**
     * As {@link #refresh()}, and says how far the topic was read for it; {@link #searchable} is that afterwards.
     *
     * @param upTo everything before it was put or deleted, and nothing behind it
     */
    public boolean refresh(Checkpoint upTo) throws IOException {
        var started = metrics.start();
        snapshots.expire();
        var fresh = writer.reopened(visible.reader());
        if (fresh.isPresent()) {
            visible.show(fresh.get(), upTo);
            metrics.refreshed(started);
            if (isReplaced || remains.isPresent()) {
                dropFormer();
            }
        } else {
            reached(upTo);
        }
        if (erased.any()) {
            searches.hide(erased);
            erased.clear();
        }
        return fresh.isPresent();
    }

    /**
     * Does the next bit of the work that is due in the background: removes what has grown too old, and takes what is
     * erased off the disk. Cheap when nothing is due; only the sink's thread calls it, again and again.
     *
     * @return whether what it did needs a commit before it can go on
     */
    public boolean tidy() throws IOException {
        if (isReplaced || remains.isPresent()) {
            return false;
        }
        return housekeeping.tidy(this::refreshed, snapshots, directory);
    }

    private DirectoryReader refreshed() throws IOException {
        refresh();
        return visible.reader();
    }

    /** Says that the topic was read further without anything to put or delete; there must be nothing to refresh. */
    public void reached(Checkpoint upTo) {
        visible.reached(upTo);
    }

    /** How far the topic was read for what searches see. */
    public Checkpoint searchable() {
        return visible.upTo();
    }

    /** Calls one more, from the thread that writes, whenever searches see something else than before; it must be quick. */
    public void onChange(Runnable listener) {
        visible.onChange(listener);
    }

    /** Makes everything put and deleted so far durable, together with how far the topic was read. */
    public void commit(Checkpoint checkpoint) throws IOException {
        var started = metrics.start();
        writer.commit(checkpoint, clock.instant(), housekeeping.state());
        metrics.committed(started);
    }

    /** Of the last commit; {@link Checkpoint#NONE} for a new index. */
    public Checkpoint checkpoint() {
        return writer.checkpoint();
    }

    /** When the last commit was made; empty for a new index. Any thread. */
    public Optional<Instant> committedAt() {
        return writer.committedAt();
    }

    /**
     * Goes back to the last commit, after any failure. Searches go on meanwhile with what they see; afterwards they see
     * exactly the last commit, or still what {@link #showsRemains}. May be tried again when it fails.
     */
    public void rollback() throws IOException {
        // The new writer removes files that searches see, and gives their names to others.
        integrity.pause();
        writer.rollback();
        housekeeping.rolledBack();
        snapshots.restartVersions();
        if (remains.isPresent()) {
            return;
        }
        // The checkpoint of an index that was never committed names no topic, and it is still of the same one.
        visible.show(
                writer.openReader(),
                new Checkpoint(visible.upTo().topicId(), writer.checkpoint().nextOffsets()));
        dropFormer();
    }

    /**
     * Puts an index that was built at {@link NextIndex#of} in the place of this one: what is written from now on goes
     * there, and {@link #checkpoint} is its. Searches see what they saw until the next {@link #refresh}, which deletes the
     * former index. What was not committed is lost. After a failure, {@link #rollback} goes back to whichever of the two
     * is there.
     */
    public void replaceBy(Path successor) throws IOException {
        if (!(directory instanceof FSDirectory disk)) {
            throw new IllegalStateException("an index in memory has no successor");
        }
        integrity.pause();
        writer.close();
        exchange(disk.getDirectory(), successor);
        integrity.forgetDamage();
        writer.rollback();
        housekeeping.replaced();
        snapshots.restartVersions();
    }

    private void exchange(Path index, Path successor) throws IOException {
        var kept = damage().isEmpty() ? Optional.<Path>empty() : HeldIndex.besideDamaged(index, clock.instant());
        var old = kept.orElseGet(() -> HeldIndex.besideOld(index, clock.instant()));
        NextIndex.exchange(index, successor, old);
        isReplaced = true;
        if (kept.isEmpty()) {
            replaced = Optional.of(old);
        } else {
            log.warn(
                    "the damaged index is kept; find out what damaged it, then delete it, because it still holds what"
                            + " is erased from now on: damaged={}",
                    old);
        }
    }

    private void dropFormer() {
        integrity.resume();
        isReplaced = false;
        remains = Optional.empty();
        if (replaced.isPresent()) {
            try {
                // Searches, pages and exports under way have its files open and read on.
                IOUtils.rm(replaced.get());
            } catch (IOException e) {
                log.warn(
                        "cannot delete the former index, which still holds what is erased from now on;"
                                + " the next start tries again old={}",
                        replaced.get(),
                        e);
            }
            replaced = Optional.empty();
        }
    }

    /**
     * Answers a request, or says why not; bad input is never an exception. Any thread may search. A next page is taken
     * from the same state of the index as the page before, as long as {@link Snapshots} keeps it.
     */
    public SearchOutcome search(SearchRequest request) throws IOException {
        return searches.search(request);
    }

    /**
     * Answers a request as {@link #search} does, with verbatims of nearly the same text as one; totals and counts remain
     * those of verbatims. A next page is taken from the same state of the index as the page before, or refused.
     */
    public GroupedOutcome grouped(SearchRequest request) throws IOException {
        return searches.grouped(request);
    }

    /**
     * What two searches find, held against each other: of which themes, channels and words the first has more, and how
     * surely. They must have nothing in common by their times or by one of their filters.
     *
     * @param words most words on each list, from 0 to {@value Comparison#WORDS_MAX}
     */
    public ComparisonOutcome compare(SearchRequest first, SearchRequest second, int words) throws IOException {
        return searches.compare(first, second, words);
    }

    /**
     * The whole result of a request, exactly what {@link #search} counts, or why not. Its size, cursor, facets and
     * interval do not matter. The caller closes what he gets.
     */
    public StreamOutcome stream(SearchRequest request) throws IOException {
        return searches.stream(request);
    }

    /**
     * What has become searchable since a position and matches a request, in the order of its arrival; a verbatim that was
     * put again counts as of then. The request's sort, size, cursor, facets, interval and stats do not matter.
     *
     * @param since of the same topic as {@link #searchable}
     * @param max most hits, 1 or more
     */
    public ArrivalOutcome arrived(SearchRequest request, Checkpoint since, int max) throws IOException {
        return searches.arrived(request, since, max);
    }

    /** The visible verbatim with an id. */
    public Optional<Verbatim> find(String verbatimId) throws IOException {
        return searches.find(verbatimId);
    }

    /** What was said in the same conversation as a verbatim, before and after it. */
    public Lookup<Conversation> conversation(String verbatimId) throws IOException {
        return searches.ask(verbatimId, new ConversationQuestion());
    }

    /**
     * Verbatims like one.
     *
     * @param size most hits, from 0 to {@value Similar#SIZE_MAX}; beyond, as many as that
     */
    public Lookup<Similar> similar(String verbatimId, int size) throws IOException {
        return searches.ask(verbatimId, new SimilarQuestion(Math.clamp(size, 0, Similar.SIZE_MAX)));
    }

    /**
     * What was found to be wrong with a file of the index while it ran; empty when nothing was. What searches find is right
     * but for what is in the damaged part, which may be missing, wrong or fail to be read. Any thread.
     */
    public Optional<Damage> damage() {
        return integrity.damage();
    }

    /**
     * Whether searches see what is left of an index that was damaged when it was opened: up to {@link #searchable}, without
     * its damaged part. The next {@link #refresh} shows instead what was put since. Any thread.
     */
    public boolean showsRemains() {
        return remains.isPresent();
    }

    /** What somebody who reads an answer must know of it, in words; mostly nothing. Any thread. */
    public Optional<String> caveat() {
        var left = remains;
        return left.isPresent()
                ? left.map(shown -> shown.caveat(writer.checkpoint()))
                : damage().map(found -> "a part of the index is damaged (" + found
                        + ") and it is built anew: what is in that part may be missing");
    }

    /** Looks for damage now; where nobody looks in the background. */
    void checkIntegrity() throws IOException, InterruptedException {
        integrity.look();
    }

    /** How many verbatims searches see. */
    public int documents() {
        return visible.reader().numDocs();
    }

    /** How many states of the index are kept for next pages. */
    int snapshots() {
        return snapshots.size();
    }

    /** The oldest erasure of which words may still be on disk; empty when there is none. Any thread. */
    public Optional<Instant> erasedSince() {
        return housekeeping.erasedSince();
    }

    /** How long ago the oldest erasure was of which words may still be on disk; zero when there is none. */
    Duration oldestErasure() {
        return housekeeping.oldestErasure();
    }

    int segments() {
        return visible.reader().leaves().size();
    }

    /** Of all files on disk; merges add and remove some at any time. */
    long bytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            try {
                bytes += directory.fileLength(file);
            } catch (NoSuchFileException | FileNotFoundException e) {
                log.debug("a merge removed a file while it was counted file={}", file, e);
            }
        }
        return bytes;
    }

    /** Forgets what was not committed: a commit without its checkpoint would double what is read again. */
    @Override
    public void close() throws IOException {
        metrics.close();
        IOUtils.close(integrity, snapshots, writer, visible, directory);
    }
}
