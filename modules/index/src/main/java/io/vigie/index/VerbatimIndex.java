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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
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
    private final Upkeep upkeep;
    private final IndexMetrics metrics;
    private final Snapshots snapshots;
    private final Retention retention;
    private final Erased erased = new Erased();
    private final Set<ResultStream> streams = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CheckpointedWriter writer;
    private volatile Purge purge;
    private long expired;
    /** An index that searches see still, though another one has taken its place. */
    private Optional<Path> replaced = Optional.empty();

    private volatile Shown shown;
    private volatile boolean closed;

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
        do {
            Screening.screen(directory, onDamage, clock);
        } while (OpenFailure.explained(place, () -> NextIndex.moveIn(directory)));
        var disk = OpenFailure.explained(place, () -> FSDirectory.open(directory));
        return open(disk, place, upkeep, meters, clock);
    }

    static VerbatimIndex open(Directory directory, String place, MeterRegistry meters, Clock clock) throws IOException {
        return open(directory, place, Upkeep.standard(), meters, clock);
    }

    /** Closes the directory when it cannot be used. */
    static VerbatimIndex open(Directory directory, String place, Upkeep upkeep, MeterRegistry meters, Clock clock)
            throws IOException {
        try {
            return new VerbatimIndex(directory, place, upkeep, meters, clock);
        } catch (IOException e) {
            IOUtils.closeWhileHandlingException(directory);
            throw e;
        }
    }

    private VerbatimIndex(Directory directory, String place, Upkeep upkeep, MeterRegistry meters, Clock clock)
            throws IOException {
        this.directory = directory;
        this.clock = clock;
        this.upkeep = upkeep;
        this.retention = new Retention(clock, upkeep.retention());
        this.writer = new CheckpointedWriter(directory, place);
        this.expired = writer.upkeep().expired();
        this.purge = purge();
        this.shown = new Shown(writer.openReader(), writer.checkpoint());
        this.snapshots = new Snapshots(clock, () -> shown.reader());
        this.metrics = new IndexMetrics(meters, this);
    }

    private Purge purge() {
        return new Purge(clock, upkeep.purgeAfter(), writer.upkeep().erasedSince());
    }

    /**
     * Adds a verbatim, or replaces the one with the same id. One beyond the age that is kept is left out, and so is its
     * former version. Only the sink's thread writes.
     */
    public void put(Verbatim verbatim) throws IOException {
        if (isKept(verbatim)) {
            writer.put(verbatim);
        }
    }

    /** As {@link #put(Verbatim)}, of a verbatim that {@link #arrived} is to find. */
    public void put(Verbatim verbatim, Arrival arrival) throws IOException {
        if (isKept(verbatim)) {
            writer.put(verbatim, arrival);
        }
    }

    private boolean isKept(Verbatim verbatim) throws IOException {
        if (retention.excludes(verbatim)) {
            writer.delete(verbatim.getVerbatimId());
            expired(1);
            return false;
        }
        return true;
    }

    /**
     * Erases a verbatim; nothing happens when there is none. With the next refresh no search, no page and no export
     * gives it any more; {@link #tidy} takes its words off the disk.
     */
    public void delete(String verbatimId) throws IOException {
        writer.delete(verbatimId);
        erased.add(verbatimId);
        purge.erased();
    }

    /** Makes everything put and deleted so far visible to searches; false when there was nothing. */
    public boolean refresh() throws IOException {
        return refresh(shown.upTo());
    }

    /**
     * As {@link #refresh()}, and says how far the topic was read for it; {@link #searchable} is that afterwards.
     *
     * @param upTo everything before it was put or deleted, and nothing behind it
     */
    public boolean refresh(Checkpoint upTo) throws IOException {
        var started = metrics.start();
        snapshots.expire();
        var fresh = writer.reopened(shown.reader());
        if (fresh.isPresent()) {
            show(fresh.get(), upTo);
            metrics.refreshed(started);
            dropReplaced();
        } else {
            reached(upTo);
        }
        if (erased.any()) {
            hideErased();
        }
        return fresh.isPresent();
    }

    private void hideErased() throws IOException {
        snapshots.erase(erased);
        for (var stream : streams) {
            if (!stream.isClosed() && erased.isShownBy(stream.state())) {
                stream.revoke();
            }
        }
        erased.clear();
    }

    /**
     * Does the next bit of the work that is due in the background: removes what has grown too old, and takes what is
     * erased off the disk. Cheap when nothing is due; only the sink's thread calls it, again and again.
     *
     * @return whether what it did needs a commit before it can go on
     */
    public boolean tidy() throws IOException {
        if (replaced.isPresent()) {
            return false;
        }
        boolean commit = false;
        if (retention.due()) {
            refresh();
            int removed = retention.expire(shown.reader(), writer);
            if (removed > 0) {
                expired(removed);
                purge.erased();
                commit = true;
            }
        }
        if (purge.due()) {
            refresh();
            commit |= purge.step(shown.reader(), writer, snapshots, directory) == Purge.Wish.COMMIT;
        }
        return commit;
    }

    private void expired(int verbatims) {
        expired += verbatims;
        metrics.expired(verbatims);
    }

    /** Says that the topic was read further without anything to put or delete; there must be nothing to refresh. */
    public void reached(Checkpoint upTo) {
        if (!upTo.equals(shown.upTo())) {
            shown = new Shown(shown.reader(), upTo);
        }
    }

    /** How far the topic was read for what searches see. */
    public Checkpoint searchable() {
        return shown.upTo();
    }

    /** Calls one more, from the thread that writes, whenever searches see something else than before; it must be quick. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Makes everything put and deleted so far durable, together with how far the topic was read. */
    public void commit(Checkpoint checkpoint) throws IOException {
        var started = metrics.start();
        writer.commit(checkpoint, clock.instant(), new UpkeepState(purge.pendingSince(), upkeep.retention(), expired));
        metrics.committed(started);
    }

    /** Of the last commit; {@link Checkpoint#NONE} for a new index. */
    public Checkpoint checkpoint() {
        return writer.checkpoint();
    }

    /**
     * Goes back to the last commit, after any failure. Searches go on meanwhile with what they see; afterwards they see
     * exactly the last commit. May be tried again when it fails.
     */
    public void rollback() throws IOException {
        writer.rollback();
        purge.restart();
        expired = writer.upkeep().expired();
        snapshots.restartVersions();
        // The checkpoint of an index that was never committed names no topic, and it is still of the same one.
        show(
                writer.openReader(),
                new Checkpoint(shown.upTo().topicId(), writer.checkpoint().nextOffsets()));
        dropReplaced();
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
        writer.close();
        replaced = Optional.of(NextIndex.exchange(disk.getDirectory(), successor, clock.instant()));
        writer.rollback();
        expired = writer.upkeep().expired();
        purge = purge();
        snapshots.restartVersions();
    }

    private void dropReplaced() {
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
        return paged(request, (state, deadline) -> Search.run(state, request, deadline));
    }

    private interface Paging<T> {
        T page(Search.State state, Deadline deadline) throws IOException;
    }

    private <T> T paged(SearchRequest request, Paging<T> paging) throws IOException {
        var ofCursor = request.cursor().flatMap(Cursor::decode).flatMap(cursor -> snapshots.acquire(cursor.snapshot()));
        var reader = ofCursor.isPresent() ? ofCursor.get() : acquire();
        try {
            var state = new Search.State(reader, ofCursor.isPresent(), Optional.of(snapshots));
            return paging.page(state, Deadline.ofSearch(clock));
        } finally {
            reader.decRef();
        }
    }

    /**
     * Answers a request as {@link #search} does, with verbatims of nearly the same text as one; totals and counts remain
     * those of verbatims. A next page is taken from the same state of the index as the page before, or refused.
     */
    public GroupedOutcome grouped(SearchRequest request) throws IOException {
        return paged(request, (state, deadline) -> GroupedSearch.run(state, request, deadline));
    }

    /**
     * What two searches find, held against each other: of which themes, channels and words the first has more, and how
     * surely. They must have nothing in common by their times or by one of their filters.
     *
     * @param words most words on each list, from 0 to {@value Comparison#WORDS_MAX}
     */
    public ComparisonOutcome compare(SearchRequest first, SearchRequest second, int words) throws IOException {
        var reader = acquire();
        try {
            return ComparisonSearch.run(reader, first, second, words, Deadline.ofSearch(clock));
        } finally {
            reader.decRef();
        }
    }

    /**
     * The whole result of a request, exactly what {@link #search} counts, or why not. Its size, cursor, facets and
     * interval do not matter. The caller closes what he gets.
     */
    public StreamOutcome stream(SearchRequest request) throws IOException {
        var reader = acquire();
        boolean open = false;
        try {
            var outcome = Search.stream(reader, request, clock);
            if (outcome instanceof ResultStream stream) {
                open = true;
                remember(stream);
            }
            return outcome;
        } finally {
            if (!open) {
                reader.decRef();
            }
        }
    }

    private void remember(ResultStream stream) {
        streams.removeIf(ResultStream::isClosed);
        streams.add(stream);
        // It may have been opened before an erasure and be remembered only after it.
        if (snapshots.isBeforeErasure(stream.state())) {
            stream.revoke();
        }
    }

    /**
     * What has become searchable since a position and matches a request, in the order of its arrival; a verbatim that was
     * put again counts as of then. The request's sort, size, cursor, facets, interval and stats do not matter.
     *
     * @param since of the same topic as {@link #searchable}
     * @param max most hits, 1 or more
     */
    public ArrivalOutcome arrived(SearchRequest request, Checkpoint since, int max) throws IOException {
        var state = acquireShown();
        try {
            var wanted = new ArrivalSearch(since, state.upTo(), max);
            return Search.arrived(state.reader(), request, wanted, Deadline.ofSearch(clock));
        } finally {
            state.reader().decRef();
        }
    }

    /** The visible verbatim with an id. */
    public Optional<Verbatim> find(String verbatimId) throws IOException {
        var reader = acquire();
        try {
            var searcher = new IndexSearcher(reader);
            var found = searcher.search(new TermQuery(VerbatimDocument.id(verbatimId)), 1).scoreDocs;
            return found.length == 0
                    ? Optional.empty()
                    : Optional.of(VerbatimDocument.verbatim(searcher.storedFields(), found[0].doc));
        } finally {
            reader.decRef();
        }
    }

    /** What was said in the same conversation as a verbatim, before and after it. */
    public Lookup<Conversation> conversation(String verbatimId) throws IOException {
        return ask(verbatimId, new ConversationQuestion());
    }

    /**
     * Verbatims like one.
     *
     * @param size most hits, from 0 to {@value Similar#SIZE_MAX}; beyond, as many as that
     */
    public Lookup<Similar> similar(String verbatimId, int size) throws IOException {
        return ask(verbatimId, new SimilarQuestion(Math.clamp(size, 0, Similar.SIZE_MAX)));
    }

    private <T> Lookup<T> ask(String verbatimId, Question<T> question) throws IOException {
        var reader = acquire();
        try {
            return Question.ask(reader, verbatimId, Deadline.ofSearch(clock), question);
        } finally {
            reader.decRef();
        }
    }

    /** How many verbatims searches see. */
    public int documents() {
        return shown.reader().numDocs();
    }

    /** How many states of the index are kept for next pages. */
    int snapshots() {
        return snapshots.size();
    }

    /** How long ago the oldest erasure was of which words may still be on disk; zero when there is none. */
    Duration oldestErasure() {
        return purge.pendingSince()
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
    }

    int segments() {
        return shown.reader().leaves().size();
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
        closed = true;
        metrics.close();
        IOUtils.close(snapshots, writer, shown.reader(), directory);
    }

    /** What searches see, and how far the topic was read for it; both change together. */
    private record Shown(DirectoryReader reader, Checkpoint upTo) {}

    private void show(DirectoryReader fresh, Checkpoint upTo) throws IOException {
        var old = shown.reader();
        shown = new Shown(fresh, upTo);
        old.decRef();
        listeners.forEach(Runnable::run);
    }

    private DirectoryReader acquire() throws IOException {
        return acquireShown().reader();
    }

    private Shown acquireShown() throws IOException {
        while (!closed) {
            var state = shown;
            // Fails only when a newer reader has just taken its place.
            if (state.reader().tryIncRef()) {
                return state;
            }
        }
        throw new IOException("the index is closed");
    }
}
