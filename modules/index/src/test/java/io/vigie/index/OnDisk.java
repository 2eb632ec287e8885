package io.vigie.index;

import static io.vigie.index.Verbatims.verbatim;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.store.FSDirectory;

/** Indexes in real directories. */
final class OnDisk {
    private static final int COMMITS_MAX = 500;
    private static final int IDS = 80;

    private OnDisk() {}

    static VerbatimIndex open(Path directory, OnDamage onDamage) throws IOException {
        return VerbatimIndex.open(directory, onDamage, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    static VerbatimIndex open(Path directory) throws IOException {
        return open(directory, OnDamage.REFUSE);
    }

    /** An index with every kind of file: merged segments, small ones in one file, and deletions; gives its texts by id. */
    static Map<String, String> fill(Path directory) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var index = open(directory)) {
            for (int commit = 0; commit < COMMITS_MAX; commit++) {
                String id = "id" + commit % IDS;
                index.put(verbatim(id, "panne numéro " + commit));
                texts.put(id, "panne numéro " + commit);
                String second = "second" + commit % 7;
                index.put(verbatim(second, "lenteur " + commit));
                texts.put(second, "lenteur " + commit);
                index.commit(new Checkpoint("topic", Map.of(0, commit + 1L)));
                if (has(directory, ".fdt") && has(directory, ".cfs") && has(directory, ".liv")) {
                    return texts;
                }
            }
        }
        throw new AssertionError("no index with every kind of file came about");
    }

    static Map<String, String> contents(VerbatimIndex index) throws IOException {
        var found = new TreeMap<String, String>();
        var all = (SearchResult)
                index.search(SearchRequest.of("panne* OR lenteur*").withSize(100));
        all.hits()
                .forEach(hit ->
                        found.put(hit.verbatim().getVerbatimId(), hit.verbatim().getText()));
        return found;
    }

    static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String file : names(from)) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }

    /** Whether the last commit has it: a merge under way may be dropped at the end. */
    private static boolean has(Path path, String extension) throws IOException {
        try (var directory = FSDirectory.open(path);
                var commit = PinnedCommit.of(directory)) {
            return Arrays.stream(commit.listAll()).anyMatch(name -> name.endsWith(extension));
        }
    }
}
