package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/** The last commit of an index, for reading alone: takes no lock, so that whoever writes the index goes on. One thread. */
public final class IndexSnapshot implements Closeable {
    private final Directory directory;
    private final DirectoryReader reader;

    private IndexSnapshot(Directory directory, DirectoryReader reader) {
        this.directory = directory;
        this.reader = reader;
    }

    /** Takes the verbatims of an index. */
    public interface Taker {
        void take(Verbatim verbatim) throws IOException;
    }

    /**
     * Opens what is committed now; what comes later is not seen.
     *
     * @throws IndexUnusableException when there is no index, or it is damaged, of another version or not permitted
     */
    public static IndexSnapshot open(Path path) throws IOException {
        String place = path.toString();
        Directory directory = directory(path);
        try {
            if (!DirectoryReader.indexExists(directory)) {
                throw new IndexUnusableException("there is no index in " + place);
            }
            var reader = OpenFailure.explained(place, () -> DirectoryReader.open(directory));
            CommitData.check(reader.getIndexCommit().getUserData(), place);
            return new IndexSnapshot(directory, reader);
        } catch (IOException e) {
            IOUtils.closeWhileHandlingException(directory);
            throw e;
        }
    }

    /**
     * The directory of an index, which may be damaged.
     *
     * @throws IndexUnusableException when there is nothing of an index in it
     */
    static Directory directory(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IndexUnusableException("there is no index in " + path);
        }
        Directory directory = OpenFailure.explained(path.toString(), () -> FSDirectory.open(path));
        if (!IndexCheck.any(directory)) {
            directory.close();
            throw new IndexUnusableException("there is no index in " + path);
        }
        return directory;
    }

    public int documents() {
        return reader.numDocs();
    }

    /** Hands over every verbatim, in the order in which they lie in the index. */
    public void forEach(Taker taker) throws IOException {
        for (LeafReaderContext segment : reader.leaves()) {
            var live = segment.reader().getLiveDocs();
            var stored = segment.reader().storedFields();
            for (int document = 0; document < segment.reader().maxDoc(); document++) {
                if (live == null || live.get(document)) {
                    taker.take(VerbatimDocument.verbatim(stored, document));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(reader, directory);
    }
}
