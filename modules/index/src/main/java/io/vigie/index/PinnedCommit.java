package io.vigie.index;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.NoLockFactory;
import org.apache.lucene.util.IOUtils;

/**
 * The files of the last commit, all held open: they can be read whole also after the writer, which goes on, has made
 * another commit and removed them. Takes no lock and writes nothing, neither in the index nor beside it.
 */
final class PinnedCommit extends Directory {
    private final SegmentInfos commit;
    private final Map<String, IndexInput> files;
    private final List<Damage> missing;

    private PinnedCommit(SegmentInfos commit, Map<String, IndexInput> files, List<Damage> missing) {
        this.commit = commit;
        this.files = files;
        this.missing = missing;
    }

    /**
     * Pins what is committed now.
     *
     * @throws IOException also when the commit itself cannot be read; a file it names may be missing
     */
    static PinnedCommit of(Directory directory) throws IOException {
        return new SegmentInfos.FindSegmentsFile<PinnedCommit>(directory) {
            @Override
            protected PinnedCommit doBody(String segmentsFile) throws IOException {
                // Before it is believed: what it says decides how much is read.
                checksum(directory, segmentsFile);
                return pinned(directory, SegmentInfos.readCommit(directory, segmentsFile));
            }
        }.run();
    }

    private static void checksum(Directory directory, String file) throws IOException {
        try (var input = directory.openInput(file, IOContext.DEFAULT)) {
            CodecUtil.checksumEntireFile(input);
        }
    }

    private static PinnedCommit pinned(Directory directory, SegmentInfos commit) throws IOException {
        var files = new TreeMap<String, IndexInput>();
        var missing = new ArrayList<Damage>();
        boolean done = false;
        try {
            for (String file : commit.files(true)) {
                try {
                    files.put(file, directory.openInput(file, IOContext.DEFAULT));
                } catch (NoSuchFileException | FileNotFoundException e) {
                    // A writer removes files only after its next commit is there: then that one is pinned instead.
                    if (SegmentInfos.getLastCommitGeneration(directory) != commit.getGeneration()) {
                        throw e;
                    }
                    missing.add(new Damage(file, "is missing"));
                }
            }
            done = true;
            return new PinnedCommit(commit, files, missing);
        } finally {
            if (!done) {
                IOUtils.closeWhileHandlingException(files.values());
            }
        }
    }

    SegmentInfos commit() {
        return commit;
    }

    /** Files that the commit names and that are not there. */
    List<Damage> missing() {
        return List.copyOf(missing);
    }

    long bytes() {
        return files.values().stream().mapToLong(IndexInput::length).sum();
    }

    @Override
    public String[] listAll() {
        return files.keySet().toArray(String[]::new);
    }

    @Override
    public long fileLength(String name) throws IOException {
        return input(name).length();
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        return input(name).clone();
    }

    private IndexInput input(String name) throws IOException {
        var input = files.get(name);
        if (input == null) {
            throw new NoSuchFileException(name);
        }
        return input;
    }

    @Override
    public Lock obtainLock(String name) throws IOException {
        return NoLockFactory.INSTANCE.obtainLock(this, name);
    }

    @Override
    public Set<String> getPendingDeletions() {
        return Set.of();
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(files.values());
    }

    @Override
    public void deleteFile(String name) {
        throw readOnly();
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) {
        throw readOnly();
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) {
        throw readOnly();
    }

    @Override
    public void sync(Collection<String> names) {
        throw readOnly();
    }

    @Override
    public void syncMetaData() {
        throw readOnly();
    }

    @Override
    public void rename(String source, String destination) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("a pinned commit is only read");
    }
}
