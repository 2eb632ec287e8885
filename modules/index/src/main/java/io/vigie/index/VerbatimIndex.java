package io.vigie.index;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Verbatim;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
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
    private final IndexMetrics metrics;
    private final CheckpointedWriter writer;
    private final Snapshots snapshots;
    private volatile DirectoryReader visible;
    private volatile boolean closed;

    /** As {@link #open(Path, OnDamage, MeterRegistry, Clock)}; a damaged index is refused. */
    public static VerbatimIndex open(Path directory, MeterRegistry meters, Clock clock) throws IOException {
        return open(directory, OnDamage.REFUSE, meters, clock);
    }

    /**
     * Opens the index of a directory, which is made when it does not exist, after its files were held against their
     * checksums (the first 8 GB of them: about half a second for each GB that the system has in memory, else as fast as the disk).
     *
     * @throws IndexUnusableException when it is locked, damaged, of another version or not permitted; the message says
     *     what to do
     */
    public static VerbatimIndex open(Path directory, OnDamage onDamage, MeterRegistry meters, Clock clock)
            throws IOException {
        String place = directory.toString();
        Screening.screen(directory, onDamage, clock);
        var disk = OpenFailure.explained(place, () -> FSDirectory.open(directory));
        return open(disk, place, meters, clock);
    }

    /** Closes the directory when it cannot be used. */
    static VerbatimIndex open(Directory directory, String place, MeterRegistry meters, Clock clock) throws IOException {
        try {
            return new VerbatimIndex(directory, place, meters, clock);
        } catch (IOException e) {
            IOUtils.closeWhileHandlingException(directory);
            throw e;
        }
    }

    private VerbatimIndex(Directory directory, String place, MeterRegistry meters, Clock clock) throws IOException {
        this.directory = directory;
        this.clock = clock;
        this.writer = new CheckpointedWriter(directory, place);
        this.visible = writer.openReader();
        this.snapshots = new Snapshots(clock, () -> visible);
        this.metrics = new IndexMetrics(meters, this);
    }

    /** Adds a verbatim, or replaces the one with the same id. Only the sink's thread writes. */
    public void put(Verbatim verbatim) throws IOException {
        writer.put(verbatim);
    }

    /** Removes a verbatim; nothing happens when there is none. */
    public void delete(String verbatimId) throws IOException {
        writer.delete(verbatimId);
    }

    /** Makes everything put and deleted so far visible to searches; false when there was nothing. */
    public boolean refresh() throws IOException {
        var started = metrics.start();
        snapshots.expire();
        var fresh = writer.reopened(visible);
        if (fresh.isEmpty()) {
            return false;
        }
        show(fresh.get());
        metrics.refreshed(started);
        return true;
    }

    /** Makes everything put and deleted so far durable, together with how far the topic was read. */
    public void commit(Checkpoint checkpoint) throws IOException {
        var started = metrics.start();
        writer.commit(checkpoint, clock.instant());
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
        show(writer.openReader());
    }

    /**
     * Answers a request, or says why not; bad input is never an exception. Any thread may search. A next page is taken
     * from the same state of the index as the page before, as long as {@link Snapshots} keeps it.
     */
    public SearchOutcome search(SearchRequest request) throws IOException {
        var ofCursor = request.cursor().flatMap(Cursor::decode).flatMap(cursor -> snapshots.acquire(cursor.snapshot()));
        var reader = ofCursor.isPresent() ? ofCursor.get() : acquire();
        try {
            var state = new Search.State(reader, ofCursor.isPresent(), Optional.of(snapshots));
            return Search.run(state, request, Deadline.ofSearch(clock));
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
            open = outcome instanceof ResultStream;
            return outcome;
        } finally {
            if (!open) {
                reader.decRef();
            }
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
        return visible.numDocs();
    }

    /** How many states of the index are kept for next pages. */
    int snapshots() {
        return snapshots.size();
    }

    int segments() {
        return visible.leaves().size();
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
        IOUtils.close(snapshots, writer, visible, directory);
    }

    private void show(DirectoryReader fresh) throws IOException {
        var old = visible;
        visible = fresh;
        old.decRef();
    }

    private DirectoryReader acquire() throws IOException {
        while (!closed) {
            var reader = visible;
            // Fails only when a newer reader has just taken its place.
            if (reader.tryIncRef()) {
                return reader;
            }
        }
        throw new IOException("the index is closed");
    }
}
