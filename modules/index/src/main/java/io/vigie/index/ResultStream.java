package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.jspecify.annotations.Nullable;

/**
 * All verbatims of a result, in its order, from one state of the index however long it is read. Memory does not grow
 * with the result: it is found piece by piece, each piece after the last hit of the one before. The state is held until
 * this is closed. One thread.
 */
public final class ResultStream implements StreamOutcome, Closeable {
    /** Longest a result may be read: its state of the index holds disk space, and verbatims erased in the meantime. */
    public static final Duration READING_TIME_MAX = Duration.ofMinutes(30);

    /**
     * Hits found at once, some 3 MB. Each piece is a search of its own, so pieces must be large, or a large result would
     * cost the square of its size.
     */
    static final int PIECE_HITS = 16_384;

    /** Longest a search for one further piece may take; the first one has the time of any search. */
    private static final Duration PIECE_TIME_MAX = Duration.ofSeconds(15);

    private final DirectoryReader state;
    private final IndexSearcher searcher;
    private final Query query;
    private final Sort sort;
    private final RenewedDeadline deadline;
    private final Clock clock;
    private final long endMillis;
    private final long total;
    private final Highlighter highlighter;
    private TopFieldDocs piece;
    private int inPiece = -1;
    private long passed;
    private @Nullable Verbatim verbatim;
    private volatile boolean closed;
    private volatile boolean revoked;

    /** Takes over the caller's reference to the state. */
    private ResultStream(
            DirectoryReader state,
            IndexSearcher searcher,
            Query query,
            Sort sort,
            RenewedDeadline deadline,
            Clock clock,
            TopFieldDocs first)
            throws IOException {
        this.state = state;
        this.searcher = searcher;
        this.query = query;
        this.sort = sort;
        this.deadline = deadline;
        this.clock = clock;
        this.endMillis = clock.millis() + READING_TIME_MAX.toMillis();
        this.total = first.totalHits.value();
        this.highlighter = new Highlighter(searcher, query);
        this.piece = first;
    }

    /** Finds the first piece and counts the whole; the searcher reads the state within the deadline. */
    static ResultStream open(
            DirectoryReader state,
            IndexSearcher searcher,
            Query query,
            Sort sort,
            RenewedDeadline deadline,
            Clock clock)
            throws IOException {
        return new ResultStream(
                state, searcher, query, sort, deadline, clock, piece(searcher, query, sort, null, Integer.MAX_VALUE));
    }

    /** How many verbatims there are, as a search counts them. */
    public long total() {
        return total;
    }

    /**
     * Goes to the next verbatim, at first to the first one; false when {@link #total} verbatims were passed.
     *
     * @throws IOException when the index cannot be read, or not in time; what was read so far is then not the whole
     */
    public boolean next() throws IOException {
        if (passed == total) {
            verbatim = null;
            return false;
        }
        if (revoked) {
            throw new IOException("a verbatim of the index was erased while a result was read, " + passed + " of "
                    + total + " verbatims; it must be read again");
        }
        if (clock.millis() >= endMillis) {
            throw new IOException("a result was read for more than " + READING_TIME_MAX.toMinutes() + " minutes, "
                    + passed + " of " + total + " verbatims");
        }
        deadline.renew(PIECE_TIME_MAX);
        try {
            verbatim = advanced();
        } catch (ExitableDirectoryReader.ExitingReaderException e) {
            throw new IOException("the index could not be read in time", e);
        }
        passed++;
        return true;
    }

    /** Where {@link #next} has gone. */
    public Verbatim verbatim() {
        if (verbatim == null) {
            throw new IllegalStateException("there is no verbatim before the first next, nor after the last");
        }
        return verbatim;
    }

    /** As of a {@link Hit}. */
    public double score() {
        return HitOrder.score(sort, here());
    }

    /** With its highlights, which take longer to find than the verbatim itself. */
    public Hit hit() throws IOException {
        var found = verbatim();
        try {
            return new Hit(found, score(), highlighter.highlights(here().doc, found.getText()));
        } catch (ExitableDirectoryReader.ExitingReaderException e) {
            throw new IOException("the index could not be read in time", e);
        }
    }

    /** What was erased is in its state of the index: {@link #next} fails from now on. Any thread. */
    void revoke() {
        revoked = true;
    }

    boolean isClosed() {
        return closed;
    }

    DirectoryReader state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            state.decRef();
        }
    }

    private Verbatim advanced() throws IOException {
        inPiece++;
        if (inPiece == piece.scoreDocs.length) {
            var last = piece.scoreDocs.length == 0 ? null : (FieldDoc) piece.scoreDocs[inPiece - 1];
            // Where scores matter, all must be computed in the same way for each piece, so nothing is skipped.
            piece = piece(searcher, query, sort, last, sort == Sort.NEWEST ? 1 : Integer.MAX_VALUE);
            inPiece = 0;
        }
        if (searcher.timedOut()) {
            throw new IOException("the index could not be searched in time");
        }
        if (piece.scoreDocs.length == 0) {
            throw new IOException("a result of " + total + " verbatims ended after " + passed);
        }
        return VerbatimDocument.verbatim(searcher.storedFields(), here().doc);
    }

    private FieldDoc here() {
        return (FieldDoc) piece.scoreDocs[inPiece];
    }

    private static TopFieldDocs piece(
            IndexSearcher searcher, Query query, Sort sort, @Nullable FieldDoc after, int countedAtLeast)
            throws IOException {
        int hits = Math.clamp(searcher.getIndexReader().maxDoc(), 1, PIECE_HITS);
        return searcher.search(query, new TopFieldCollectorManager(HitOrder.of(sort), hits, after, countedAtLeast));
    }
}
