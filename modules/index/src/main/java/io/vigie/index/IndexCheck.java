package io.vigie.index;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;

/**
 * What is wrong with the last commit of an index.
 *
 * @param damages all that was found; none for a sound index
 * @param files of the commit
 * @param bytes of those files
 * @param unread bytes that were left out because of the limit that was given
 * @param documents of the commit, without the deleted ones; 0 when it cannot be read
 */
public record IndexCheck(List<Damage> damages, int files, long bytes, long unread, int documents) {
    public IndexCheck {
        damages = List.copyOf(damages);
    }

    /**
     * Reads every byte of the last commit and holds them against each other: every file against its checksum, then the
     * terms, values and documents of every segment by Lucene's own check. Takes no lock, so that whoever writes the index
     * goes on; what it commits meanwhile is not looked at.
     *
     * @throws IndexUnusableException when there is no index at all, or it is not permitted
     */
    public static IndexCheck of(Path index) throws IOException {
        String place = index.toString();
        try (var directory = IndexSnapshot.directory(index)) {
            return OpenFailure.explained(place, () -> full(directory, place));
        }
    }

    private static IndexCheck full(Directory directory, String place) throws IOException {
        try (var commit = PinnedCommit.of(directory)) {
            var check = of(commit, Long.MAX_VALUE);
            return check.damages.isEmpty() ? check.with(deepDamages(commit, place)) : check;
        } catch (IOException e) {
            return unreadable(e);
        }
    }

    /**
     * Reads files against their checksums, up to that many bytes, and opens them together, which finds a file that is
     * sound but of another segment. The smallest files come first: they are the many that were written since the last large
     * merge, and those without which nothing can be read; a large one was read whole when it was merged.
     */
    static IndexCheck quick(Directory directory, long bytesMax) throws IOException {
        try (var commit = PinnedCommit.of(directory)) {
            var check = of(commit, bytesMax);
            return check.damages.isEmpty() ? check.with(openDamages(commit)) : check;
        } catch (IOException e) {
            return unreadable(e);
        }
    }

    /** Whether any file of an index is there, also when the others are not. */
    static boolean any(Directory directory) throws IOException {
        return Arrays.stream(directory.listAll())
                .anyMatch(file -> file.startsWith(IndexFileNames.SEGMENTS)
                        || IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches());
    }

    private static IndexCheck of(PinnedCommit commit, long bytesMax) throws IOException {
        var damages = new ArrayList<>(commit.missing());
        long left = bytesMax;
        long unread = 0;
        for (String file : smallestFirst(commit)) {
            long length = commit.fileLength(file);
            if (length > left) {
                unread += length;
            } else {
                left -= length;
                checksum(commit, file).ifPresent(damages::add);
            }
        }
        return new IndexCheck(damages, commit.listAll().length, commit.bytes(), unread, documents(commit.commit()));
    }

    private static List<String> smallestFirst(PinnedCommit commit) throws IOException {
        record Sized(String file, long bytes) {}
        var sized = new ArrayList<Sized>();
        for (String file : commit.listAll()) {
            sized.add(new Sized(file, commit.fileLength(file)));
        }
        sized.sort(Comparator.comparingLong(Sized::bytes));
        return sized.stream().map(Sized::file).toList();
    }

    /** The damage of one file, when its bytes are not those that were written. */
    static Optional<Damage> checksum(Directory directory, String file) throws IOException {
        try (var input = directory.openInput(file, IOContext.DEFAULT)) {
            CodecUtil.checksumEntireFile(input);
            return Optional.empty();
        } catch (CorruptIndexException e) {
            return Optional.of(new Damage(file, e.getOriginalMessage()));
        } catch (EOFException e) {
            return Optional.of(new Damage(file, "is cut off"));
        }
    }

    private static List<Damage> openDamages(PinnedCommit commit) throws IOException {
        try (var reader = DirectoryReader.open(commit)) {
            return reader.numDocs() == documents(commit.commit())
                    ? List.of()
                    : List.of(
                            new Damage(commit.commit().getSegmentsFileName(), "counts other documents than there are"));
        } catch (CorruptIndexException | EOFException | FileNotFoundException | NoSuchFileException e) {
            return List.of(damage(e));
        }
    }

    private static List<Damage> deepDamages(PinnedCommit commit, String place) throws IOException {
        var damages = new ArrayList<Damage>();
        try {
            CommitData.check(commit.commit().getUserData(), place);
        } catch (IndexUnusableException e) {
            damages.add(new Damage(commit.commit().getSegmentsFileName(), String.valueOf(e.getMessage())));
        }
        try (var check = new CheckIndex(commit)) {
            check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_INTEGRITY_CHECKS);
            check.setThreadCount(1);
            var status = check.checkIndex();
            for (var segment : status.segmentInfos) {
                if (segment.error != null) {
                    damages.add(new Damage("segment " + segment.name, reason(segment.error)));
                }
            }
            if (!status.clean && damages.isEmpty()) {
                damages.add(new Damage(commit.commit().getSegmentsFileName(), "Lucene's check says it is not clean"));
            }
        }
        return damages;
    }

    private static String reason(Throwable error) {
        return error.getCause() == null ? error.toString() : error + " because of " + error.getCause();
    }

    private static int documents(SegmentInfos commit) {
        int documents = 0;
        for (var segment : commit) {
            documents += segment.info.maxDoc() - segment.getDelCount() - segment.getSoftDelCount();
        }
        return documents;
    }

    private IndexCheck with(List<Damage> more) {
        return new IndexCheck(more, files, bytes, unread, documents);
    }

    /** Of a commit that cannot even be read; what is no damage is thrown on. */
    private static IndexCheck unreadable(IOException failure) throws IOException {
        return switch (failure) {
            case CorruptIndexException _, EOFException _, FileNotFoundException _, NoSuchFileException _ ->
                new IndexCheck(List.of(damage(failure)), 0, 0, 0, 0);
            // Also what another version wrote: its checksum is sound, or it would not have got so far.
            default -> throw failure;
        };
    }

    private static Damage damage(IOException failure) {
        return switch (failure) {
            case CorruptIndexException corrupt ->
                new Damage(fileName(corrupt.getResourceDescription()), corrupt.getOriginalMessage());
            case NoSuchFileException gone -> new Damage(fileName(gone.getFile()), "is missing");
            case FileNotFoundException _ ->
                new Damage("segments_N", "is missing, though other files of an index are there");
            default -> new Damage("a file of the index", "is cut off: " + failure.getMessage());
        };
    }

    /** Lucene describes a resource by its whole path, in words of its own. */
    private static String fileName(String description) {
        int quote = description.indexOf("path=\"");
        String path = quote < 0 ? description : description.substring(quote + 6).replaceAll("\".*", "");
        return path.substring(path.lastIndexOf('/') + 1).replaceAll("\\)+$", "");
    }
}
