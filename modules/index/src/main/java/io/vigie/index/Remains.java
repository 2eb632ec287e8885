package io.vigie.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.StandardDirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sound segments of a damaged index that was moved aside: searches see them until the one that is built in its place
 * has read as much. A segment with a damaged file is left out whole, so what is found is what was committed, and nothing is
 * read that could be anything.
 *
 * @param upTo how far the topic was read for it
 * @param missing verbatims of the segments that are left out
 */
record Remains(DirectoryReader reader, Checkpoint upTo, Optional<Instant> committedAt, int missing)
        implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(Remains.class);

    /** Empty when nothing of it can be trusted, or nothing is left. */
    static Optional<Remains> of(Path damaged, List<Damage> damages) {
        var files = damages.stream().map(Damage::file).collect(Collectors.toSet());
        try {
            return open(damaged, files);
        } catch (IOException | RuntimeException e) {
            // What Lucene throws for files that are not what they should be is not only what it declares.
            log.warn("nothing of the damaged index can be shown until it is built anew damaged={}", damaged, e);
            return Optional.empty();
        }
    }

    private static Optional<Remains> open(Path damaged, Set<String> files) throws IOException {
        var directory = FSDirectory.open(damaged);
        boolean shown = false;
        try {
            var commit = SegmentInfos.readLatestCommit(directory);
            CommitData.check(commit.getUserData(), damaged.toString());
            int missing = leaveOut(commit, files);
            if (missing < 0 || commit.size() == 0) {
                return Optional.empty();
            }
            var reader = StandardDirectoryReader.open(directory, commit, List.of(), null, null);
            shown = true;
            // Whoever holds the last reference to the reader may be a search, long after everything else is closed.
            return Optional.of(new Remains(
                    reader,
                    CommitData.checkpoint(commit.getUserData()),
                    CommitData.committedAt(commit.getUserData()),
                    missing));
        } finally {
            if (!shown) {
                IOUtils.closeWhileHandlingException(directory);
            }
        }
    }

    /** How many verbatims the segments have that are left out; negative when not all the damage is in segments. */
    private static int leaveOut(SegmentInfos commit, Set<String> files) throws IOException {
        var unexplained = new HashSet<>(files);
        int missing = 0;
        // A copy: the list of the commit shows what is removed from it.
        for (SegmentCommitInfo segment : List.copyOf(commit.asList())) {
            if (unexplained.removeAll(segment.files())) {
                missing += segment.info.maxDoc() - segment.getDelCount();
                commit.remove(segment);
            }
        }
        return unexplained.isEmpty() ? missing : -1;
    }

    /** What a reader of its answers must know. */
    String caveat(Checkpoint read) {
        return "the index was found to be damaged and is built anew ("
                + percent(read) + " %); until then searches see what is left of it"
                + committedAt.map(at -> ", as of " + at).orElse("")
                + ": nothing newer, what was erased since, and not the " + missing
                + " verbatims of its damaged part";
    }

    private long percent(Checkpoint read) {
        long all = sum(upTo);
        return all == 0 ? 0 : Math.min(99, 100 * sum(read) / all);
    }

    private static long sum(Checkpoint checkpoint) {
        return checkpoint.nextOffsets().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
