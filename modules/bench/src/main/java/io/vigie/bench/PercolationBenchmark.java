package io.vigie.bench;

import io.vigie.events.Verbatim;
import io.vigie.index.Percolation;
import io.vigie.index.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a verbatim costs when so many saved searches watch, in batches as they come under load. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class PercolationBenchmark {
    private static final int BATCH = 500;
    private static final int BATCHES = 20;

    @Param({"0", "50", "300", "2000"})
    public int searches;

    private final List<List<Verbatim>> batches = new ArrayList<>();
    private final Map<String, SearchRequest> saved = new HashMap<>();
    private int next;

    @Setup
    public void prepare() {
        var verbatims = new Verbatims(7);
        for (int i = 0; i < BATCHES; i++) {
            var batch = new ArrayList<Verbatim>();
            for (int j = 0; j < BATCH; j++) {
                batch.add(verbatims.verbatim(i * BATCH + j));
            }
            batches.add(batch);
        }
        var random = new SplittableRandom(11);
        for (int i = 0; i < searches; i++) {
            saved.put("s" + i, SearchRequest.of(query(random)));
        }
        if (searches == 0) {
            // One that is answered at once: what remains is making the batch an index.
            saved.put("none", SearchRequest.of("id:none"));
        }
    }

    /** Words, two words, alternatives, phrases, prefixes, misspelt words and fields, as people save them. */
    private static String query(SplittableRandom random) {
        String a = word(random);
        String b = word(random);
        return switch (random.nextInt(8)) {
            case 0 -> a;
            case 1 -> a + " " + b;
            case 2 -> a + " OU " + b;
            case 3 -> a + " -" + b;
            case 4 -> '"' + a + " " + b + '"';
            case 5 -> a.substring(0, Math.min(4, a.length())) + "*";
            case 6 -> a + "~";
            default -> a + " gravité:>=" + random.nextInt(1, 4);
        };
    }

    private static String word(SplittableRandom random) {
        String[] words = {
            "box",
            "fibre",
            "facture",
            "panne",
            "remboursement",
            "technicien",
            "débit",
            "coupure",
            "résiliation",
            "contrat",
            "mobile",
            "antenne",
            "connexion",
            "wifi",
            "service",
            "client",
            "retard",
            "livraison",
            "prix",
            "augmentation",
            "internet",
            "téléphone",
            "attente",
            "conseiller",
            "rendez-vous",
            "installation",
            "offre",
            "promesse",
            "email",
            "appel"
        };
        return words[random.nextInt(words.length)];
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Percolation.Matches match() throws IOException {
        return Percolation.match(batches.get(next++ % BATCHES), saved, Verbatims.FIRST);
    }
}
