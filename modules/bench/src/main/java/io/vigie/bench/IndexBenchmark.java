package io.vigie.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to put verbatims and make them visible, as the sink does: so many puts, then one refresh. New ids all the
 * time; merges run beside it on threads of their own, so this is time and not processor time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class IndexBenchmark {
    /** At 1,000 events a second and a refresh each 60 ms, one refresh makes 60 visible. */
    @Param({"60", "1000"})
    public int putsPerRefresh = 60;

    private VerbatimIndex index;
    private Path directory;
    private Verbatims verbatims;
    private int next;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        directory = Files.createTempDirectory("vigie-bench-put-");
        index = VerbatimIndex.open(directory, new SimpleMeterRegistry(), Clock.systemUTC());
        verbatims = new Verbatims(7);
    }

    @Benchmark
    public boolean putAndRefresh() throws IOException {
        for (int i = 0; i < putsPerRefresh; i++) {
            index.put(verbatims.verbatim(next++));
        }
        return index.refresh();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        index.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
