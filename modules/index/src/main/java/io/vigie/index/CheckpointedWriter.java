package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lucene's writer, reduced to what cannot go wrong twice: each commit has a checkpoint, and after any failure the writer
 * can only be dropped. A commit that failed in its fsync looks healthy and could be tried again, but the system may have
 * thrown away the pages it could not write. Owned by the sink's thread.
 */
final class CheckpointedWriter implements Closeable {
    /** Memory of writes that are in no segment yet; larger gave no more documents a second. */
    private static final double RAM_BUFFER_MEGABYTES = 64;
    /** Segments up to this size are merged as if they had it: with Lucene's 16 the slowest refreshes take twice as long. */
    private static final double FLOOR_SEGMENT_MEGABYTES = 2;

    private static final Logger log = LoggerFactory.getLogger(CheckpointedWriter.class);

    private final Directory directory;
    private final String place;
    private final PurgeMerges merges = merges();
    private IndexWriter writer;
    private volatile Checkpoint checkpoint;
    private volatile Optional<Instant> committedAt;
    private boolean failed;

    CheckpointedWriter(Directory directory, String place) throws IOException {
        this.directory = directory;
        this.place = place;
        this.writer = OpenFailure.explained(place, this::open);
        this.checkpoint = CommitData.checkpoint(commitData(writer));
        this.committedAt = CommitData.committedAt(commitData(writer));
    }

    private IndexWriter open() throws IOException {
        boolean exists = DirectoryReader.indexExists(directory);
        var writer = new IndexWriter(directory, config());
        try {
            if (exists) {
                CommitData.check(commitData(writer), place);
            }
            return writer;
        } catch (IOException e) {
            writer.rollback();
            throw e;
        }
    }

    private static PurgeMerges merges() {
        var merges = new TieredMergePolicy();
        merges.setFloorSegmentMB(FLOOR_SEGMENT_MEGABYTES);
        return new PurgeMerges(merges);
    }

    private IndexWriterConfig config() {
        return new IndexWriterConfig(TextAnalyzer.FRENCH)
                .setSimilarity(Search.SIMILARITY)
                .setRAMBufferSizeMB(RAM_BUFFER_MEGABYTES)
                .setMergePolicy(merges)
                // Lucene's half second of waiting for merges would be in every refresh and every commit.
                .setMaxFullFlushMergeWaitMillis(0)
                // Closing would commit documents beyond the checkpoint.
                .setCommitOnClose(false);
    }

    private static Map<String, String> commitData(IndexWriter writer) {
        var data = new HashMap<String, String>();
        var entries = writer.getLiveCommitData();
        if (entries != null) {
            entries.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    void put(Verbatim verbatim) throws IOException {
        put(verbatim, VerbatimDocument.of(verbatim));
    }

    void put(Verbatim verbatim, Arrival arrival) throws IOException {
        put(verbatim, VerbatimDocument.of(verbatim, arrival));
    }

    private void put(Verbatim verbatim, Document document) throws IOException {
        write(() -> writer.updateDocument(VerbatimDocument.id(verbatim.getVerbatimId()), document));
    }

    void delete(String verbatimId) throws IOException {
        write(() -> writer.deleteDocuments(VerbatimDocument.id(verbatimId)));
    }

    /** Removes what was said before an instant. */
    void deleteBefore(Instant end) throws IOException {
        write(() -> writer.deleteDocuments(VerbatimDocument.before(end)));
    }

    void commit(Checkpoint next, Instant at, UpkeepState upkeep) throws IOException {
        write(() -> {
            writer.setLiveCommitData(CommitData.of(next, at, upkeep).entrySet());
            return writer.commit();
        });
        checkpoint = next;
        committedAt = Optional.of(at);
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Of the last commit; empty when there is none, or it was made by a version that did not say. */
    Optional<Instant> committedAt() {
        return committedAt;
    }

    /** As the last commit says. */
    UpkeepState upkeep() {
        return CommitData.upkeep(commitData(writer));
    }

    /** Has some of these segments rewritten without what is deleted in them; does not wait for it. */
    void rewrite(Set<String> segments) throws IOException {
        merges.aimAt(segments);
        write(() -> writer.forceMergeDeletes(false));
    }

    Set<String> mergingSegments() {
        return writer.getMergingSegments().stream()
                .map(segment -> segment.info.name)
                .collect(Collectors.toSet());
    }

    DirectoryReader openReader() throws IOException {
        return write(() -> DirectoryReader.open(writer));
    }

    /** A reader of everything written, empty when the given one already sees it. */
    Optional<DirectoryReader> reopened(DirectoryReader reader) throws IOException {
        return write(() -> Optional.ofNullable(DirectoryReader.openIfChanged(reader, writer)));
    }

    void rollback() throws IOException {
        failed = true;
        drop();
        writer = OpenFailure.explained(place, this::open);
        checkpoint = CommitData.checkpoint(commitData(writer));
        committedAt = CommitData.committedAt(commitData(writer));
        failed = false;
    }

    @Override
    public void close() {
        drop();
    }

    /** Nothing of the old writer is needed any more, so that it failed to clean up is no failure of ours. */
    private void drop() {
        try {
            writer.rollback();
        } catch (IOException | AlreadyClosedException e) {
            log.warn("dropped a writer that could not clean up index={}", place, e);
        }
    }

    private <T> T write(Action<T> action) throws IOException {
        if (failed) {
            throw new IOException("the index in " + place + " has failed and was not rolled back");
        }
        boolean done = false;
        try {
            T result = action.run();
            done = true;
            return result;
        } catch (CorruptIndexException e) {
            throw damaged(e);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof CorruptIndexException cause) {
                throw damaged(cause);
            }
            // So Lucene says that it has closed itself, or will not commit, after a failure in a thread of its own.
            throw new IOException("the writer of the index in " + place + " has failed", e);
        } finally {
            failed = !done;
        }
    }

    /** Going back to the last commit does not mend its files; only the next start looks them over. */
    private IndexDamagedException damaged(CorruptIndexException cause) {
        return new IndexDamagedException(
                "the index in " + place + " was found to be damaged while it ran (" + cause.getMessage()
                        + "); restart Vigie, which looks it over and builds it anew",
                cause);
    }

    private interface Action<T> {
        T run() throws IOException;
    }
}
