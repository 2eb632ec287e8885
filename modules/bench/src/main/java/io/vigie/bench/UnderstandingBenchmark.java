package io.vigie.bench;

import io.vigie.understanding.Engine;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to understand one text, beside holding the same taxonomy's cues against it as Lucene queries, one by one.
 * The engine does more in its time (redaction, language, sentiment, severity), so the ratio is a lower bound.
 *
 * <p>Sampled, as its median is hardly moved by other work on the machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UnderstandingBenchmark {
    private static final int TEXTS = 256;

    @Param({"fr", "en"})
    public String language = "fr";

    /** One sentence is a short text, three are an ordinary one, six make some sixty words, twelve a long text. */
    @Param({"1", "3", "6", "12"})
    public int sentences = 3;

    /** A file of texts, one a line, to be understood instead: made-up ones have fewer different words than real ones. */
    @Param("")
    public String file = "";

    private Engine engine;
    private LuceneCues cues;
    private List<String> texts;
    private int next;

    @Setup
    public void prepare() throws IOException {
        engine = Engine.standard();
        cues = LuceneCues.ofTaxonomy(language);
        texts = file.isEmpty() ? madeUp() : Files.readAllLines(Path.of(file));
    }

    private List<String> madeUp() {
        var speech = new Speech(new SplittableRandom(42));
        var madeUp = new ArrayList<String>();
        for (int i = 0; i < TEXTS; i++) {
            madeUp.add(speech.say(language, sentences));
        }
        return madeUp;
    }

    /** The whole of it, the language not told. */
    @Benchmark
    public Understood understand() {
        return engine.understand(Utterance.of(text()));
    }

    /** The cues of the text's own language alone. */
    @Benchmark
    public int luceneOneByOne() {
        return cues.matching(text());
    }

    private String text() {
        next = (next + 1) % texts.size();
        return texts.get(next);
    }
}
