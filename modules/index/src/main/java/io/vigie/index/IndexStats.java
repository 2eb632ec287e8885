package io.vigie.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.store.Directory;

/**
 * What is in the last commit of an index.
 *
 * @param documents that searches would see
 * @param deleted that are still on disk until they are merged away
 * @param bytes of the files of the commit; more lies in the directory while it is written
 * @param bytesOf the same by what they are for: {@code stored}, {@code words}, {@code values}, {@code points},
 *     {@code norms}, {@code deletions}, {@code other}
 * @param format version of the fields, {@code schema} of the stored verbatims
 * @param committedAt by the clock of whoever committed
 * @param upkeep of what was erased and what has grown too old
 */
public record IndexStats(
        int documents,
        int deleted,
        int segments,
        int files,
        long bytes,
        Map<String, Long> bytesOf,
        String format,
        String schema,
        Checkpoint checkpoint,
        Instant committedAt,
        UpkeepState upkeep,
        String lucene) {
    public IndexStats {
        bytesOf = Map.copyOf(bytesOf);
    }

    /**
     * Reads what the commit says of itself; the documents are not looked at. Takes no lock.
     *
     * @throws IndexUnusableException when there is no index, or it is damaged or not permitted
     */
    public static IndexStats of(Path index) throws IOException {
        try (var directory = IndexSnapshot.directory(index)) {
            return OpenFailure.explained(index.toString(), () -> {
                try (var commit = PinnedCommit.of(directory)) {
                    if (!commit.missing().isEmpty()) {
                        throw new NoSuchFileException(
                                commit.missing().getFirst().file());
                    }
                    return of(commit, index);
                }
            });
        }
    }

    static IndexStats of(PinnedCommit pinned, Path index) throws IOException {
        var commit = pinned.commit();
        int deleted = 0;
        var bytesOf = new TreeMap<String, Long>();
        for (var segment : commit) {
            deleted += segment.getDelCount() + segment.getSoftDelCount();
            addBytes(bytesOf, pinned, segment);
        }
        var data = commit.getUserData();
        return new IndexStats(
                commit.totalMaxDoc() - deleted,
                deleted,
                commit.size(),
                pinned.listAll().length,
                pinned.bytes(),
                bytesOf,
                CommitData.format(data),
                CommitData.schema(data),
                CommitData.checkpoint(data),
                CommitData.committedAt(data).orElseGet(() -> modified(index.resolve(commit.getSegmentsFileName()))),
                CommitData.upkeep(data),
                String.valueOf(commit.getCommitLuceneVersion()));
    }

    /** Of an index whose commits did not say when they were made. */
    private static Instant modified(Path segmentsFile) {
        try {
            return Files.getLastModifiedTime(segmentsFile).toInstant();
        } catch (IOException e) {
            // A newer commit has removed it, so it is old.
            return Instant.EPOCH;
        }
    }

    private static void addBytes(Map<String, Long> bytesOf, Directory commit, SegmentCommitInfo segment)
            throws IOException {
        for (String file : segment.files()) {
            if (!IndexFileNames.matchesExtension(file, "cfs")) {
                bytesOf.merge(purpose(file), commit.fileLength(file), Long::sum);
            }
        }
        if (segment.info.getUseCompoundFile()) {
            var format = segment.info.getCodec().compoundFormat();
            try (var parts = format.getCompoundReader(commit, segment.info)) {
                for (String part : parts.listAll()) {
                    bytesOf.merge(purpose(part), parts.fileLength(part), Long::sum);
                }
            }
        }
    }

    private static String purpose(String file) {
        String extension = IndexFileNames.getExtension(file);
        return switch (extension == null ? "" : extension) {
            case "fdt", "fdx", "fdm" -> "stored";
            case "tim", "tip", "tmd", "doc", "pos", "pay", "psm" -> "words";
            case "dvd", "dvm" -> "values";
            case "kdd", "kdi", "kdm" -> "points";
            case "nvd", "nvm" -> "norms";
            case "liv" -> "deletions";
            default -> "other";
        };
    }
}
