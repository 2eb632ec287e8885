package io.vigie.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Verbatim;
import io.vigie.index.Arrival;
import io.vigie.index.Checkpoint;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;

/**
 * Fills two indexes with the same verbatims, ours and one of Lucene alone, as a sink does: upserts, a refresh every 100 ms, a
 * commit with offsets every ten seconds. What making the verbatims takes is measured by itself and left out of both.
 */
final class ScaleIndexing {
    private static final Duration REFRESH_EVERY = Duration.ofMillis(100);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(10);
    private static final long SEED = 42;
    private static final int WARM_UP = 40_000;
    private static final int MADE = 100_000;

    private final Path directory;
    private final int count;
    private final ScaleVerbatims verbatims;

    ScaleIndexing(Path directory, int count) {
        this.directory = directory;
        this.count = count;
        this.verbatims = new ScaleVerbatims(SEED, count);
    }

    Path ours() {
        return directory.resolve("ours");
    }

    Path bare() {
        return directory.resolve("bare");
    }

    boolean isDone() {
        return Files.exists(done());
    }

    private Path done() {
        return directory.resolve("done");
    }

    /** CPU of this process with all threads of merging and compiling, after a warm-up of each. */
    Figures fill() throws IOException {
        Vigie.deleteAll(directory);
        Files.createDirectories(directory);
        fillOurs(directory.resolve("warm-ours"), WARM_UP);
        fillBare(directory.resolve("warm-bare"), new FrenchAnalyzer(), WARM_UP);
        fillBare(directory.resolve("warm-alike"), new WrittenAndStems(), WARM_UP);
        double making = makingMicros();
        Usage start = Usage.now(ProcessHandle.current().pid(), -1);
        fillBare(bare(), new FrenchAnalyzer(), count);
        Usage afterBare = Usage.now(ProcessHandle.current().pid(), -1);
        Path alike = directory.resolve("alike");
        fillBare(alike, new WrittenAndStems(), count);
        Usage afterAlike = Usage.now(ProcessHandle.current().pid(), -1);
        fillOurs(ours(), count);
        Usage afterOurs = Usage.now(ProcessHandle.current().pid(), -1);
        Files.createFile(done());
        double bare = micros(afterBare.since(start)) - making;
        double sameWords = micros(afterAlike.since(afterBare)) - making;
        double ours = micros(afterOurs.since(afterAlike)) - making;
        return new Figures("indexing")
                .add("verbatims", count)
                .add("making_cpu_us_each", making)
                .add("bare_lucene_cpu_us_each", bare)
                .add("same_words_cpu_us_each", sameWords)
                .add("ours_cpu_us_each", ours)
                .add("ours_per_cpu_second_to_bare", bare / ours)
                .add("ours_per_cpu_second_to_same_words", sameWords / ours)
                .add("bare_per_second", count / afterBare.since(start).seconds())
                .add("ours_per_second", count / afterOurs.since(afterAlike).seconds())
                .add("bare_mib", mebibytes(bare()))
                .add("same_words_mib", mebibytes(alike))
                .add("ours_mib", mebibytes(ours()))
                .add("bare_others_percent", afterBare.since(start).othersPercent())
                .add("ours_others_percent", afterOurs.since(afterAlike).othersPercent());
    }

    private double micros(Usage used) {
        return used.bench() * 1e6 / count;
    }

    private double makingMicros() throws IOException {
        Usage start = Usage.now(ProcessHandle.current().pid(), -1);
        long letters = 0;
        for (int i = 0; i < MADE; i++) {
            letters += verbatims.verbatim(i).getText().length();
        }
        if (letters == 0) {
            throw new IllegalStateException("verbatims without text");
        }
        return Usage.now(ProcessHandle.current().pid(), -1).since(start).bench() * 1e6 / MADE;
    }

    private interface Target {
        void put(Verbatim verbatim, int number) throws IOException;

        void refresh() throws IOException;

        void commit(Map<Integer, Long> offsets) throws IOException;
    }

    private void fillOurs(Path place, int documents) throws IOException {
        try (var index = VerbatimIndex.open(place, new SimpleMeterRegistry(), Clock.systemUTC())) {
            fill(documents, new Target() {
                @Override
                public void put(Verbatim verbatim, int number) throws IOException {
                    index.put(verbatim, new Arrival(0, number));
                }

                @Override
                public void refresh() throws IOException {
                    index.refresh();
                }

                @Override
                public void commit(Map<Integer, Long> offsets) throws IOException {
                    index.commit(new Checkpoint("bench", offsets));
                }
            });
        }
    }

    private void fillBare(Path place, Analyzer words, int documents) throws IOException {
        try (words;
                var lucene = new BareLucene(place, words)) {
            fill(documents, new Target() {
                @Override
                public void put(Verbatim verbatim, int number) throws IOException {
                    lucene.put(verbatim, number);
                }

                @Override
                public void refresh() throws IOException {
                    lucene.refresh();
                }

                @Override
                public void commit(Map<Integer, Long> offsets) throws IOException {
                    lucene.commit(offsets);
                }
            });
        }
    }

    private void fill(int documents, Target target) throws IOException {
        long refreshed = System.nanoTime();
        long committed = refreshed;
        for (int i = 0; i < documents; i++) {
            target.put(verbatims.verbatim(i), i);
            long now = System.nanoTime();
            if (now - refreshed > REFRESH_EVERY.toNanos()) {
                target.refresh();
                refreshed = System.nanoTime();
            }
            if (now - committed > COMMIT_EVERY.toNanos()) {
                target.commit(Map.of(0, i + 1L));
                committed = System.nanoTime();
            }
        }
        target.refresh();
        target.commit(Map.of(0, (long) documents));
    }

    private static double mebibytes(Path place) throws IOException {
        try (var files = Files.list(place)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes / 1024.0 / 1024;
        }
    }
}
