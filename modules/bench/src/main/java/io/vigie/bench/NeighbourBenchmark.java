package io.vigie.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Verbatim;
import io.vigie.index.Lookup;
import io.vigie.index.Similar;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Which finds better neighbours of a verbatim: the words that it shares with others, as {@code /similar} does, or vectors
 * that are learned from the texts themselves? Judged by the themes that people gave to both: a neighbour is right when they
 * share one. Asked for are texts that nothing was learned from.
 */
final class NeighbourBenchmark {
    private static final Path LABELLED = Path.of("modules/understanding/src/corpus");
    private static final Path HELD_OUT =
            Path.of("modules/understanding/src/test/resources/io/vigie/understanding/judged");
    private static final String QUESTION = "asked-";
    private static final int SIZE = 10;
    private static final int CANDIDATES = 50;
    /** G. Cormack, C. Clarke, S. Buettcher, "Reciprocal Rank Fusion outperforms Condorcet" (2009). */
    private static final int FUSION = 60;

    private static final int SEEDS = 3;
    private static final int RESAMPLES = 2_000;

    private final List<Labelled> texts;
    private final List<Labelled> questions;
    private final Map<String, Labelled> byId = new HashMap<>();

    private NeighbourBenchmark(List<Labelled> texts, List<Labelled> questions) {
        this.texts = texts;
        this.questions = questions;
        texts.forEach(text -> byId.put(text.id, text));
    }

    private record Labelled(String id, String language, Set<String> themes, String text, List<String> words) {
        boolean sharesTheme(Labelled other) {
            return !Collections.disjoint(themes, other.themes);
        }
    }

    public static void main(String[] args) throws IOException {
        var texts = read(LABELLED, "text-", "");
        var questions = read(HELD_OUT, QUESTION, "heldout").stream()
                .filter(text -> !text.themes.isEmpty())
                .toList();
        new NeighbourBenchmark(texts, questions).run();
    }

    private void run() throws IOException {
        System.out.printf(
                Locale.ROOT, "%d texts, %d held-out questions with a theme%n", texts.size(), questions.size());
        var shared = similar();
        var systems = new LinkedHashMap<String, Map<String, List<String>>>();
        systems.put("similar", shared);
        for (int seed = 1; seed <= SEEDS; seed++) {
            long started = System.nanoTime();
            var near = nearest(
                    RandomIndexing.learned(texts.stream().map(Labelled::words).toList(), seed));
            System.out.printf(Locale.ROOT, "seed %d: %.1f s%n", seed, (System.nanoTime() - started) / 1e9);
            systems.put("vectors, seed " + seed, near);
            systems.put("fused, seed " + seed, fused(shared, near));
        }
        systems.forEach((name, found) -> report(name, found, shared));
    }

    private Map<String, List<String>> similar() throws IOException {
        var directory = Files.createTempDirectory("vigie-neighbours");
        var found = new HashMap<String, List<String>>();
        try (var index = VerbatimIndex.open(directory, new SimpleMeterRegistry(), Clock.systemUTC())) {
            for (var text : texts) {
                index.put(verbatim(text));
            }
            for (var question : questions) {
                index.put(verbatim(question));
            }
            index.refresh();
            for (var question : questions) {
                found.put(question.id, answers(index.similar(question.id, Similar.SIZE_MAX)));
            }
        }
        return found;
    }

    private static List<String> answers(Lookup<Similar> outcome) {
        var ids = new ArrayList<String>();
        if (outcome instanceof Lookup.Found<Similar>(Similar similar)) {
            similar.nearDuplicates().forEach(hit -> ids.add(hit.verbatim().getVerbatimId()));
            similar.hits().forEach(hit -> ids.add(hit.verbatim().getVerbatimId()));
        }
        ids.removeIf(id -> id.startsWith(QUESTION));
        return ids;
    }

    private Map<String, List<String>> nearest(RandomIndexing indexing) {
        var vectors = new HashMap<String, float[]>();
        texts.forEach(text -> vectors.put(text.id, indexing.of(text.words)));
        var found = new HashMap<String, List<String>>();
        for (var question : questions) {
            float[] asked = indexing.of(question.words);
            found.put(
                    question.id,
                    texts.stream()
                            .filter(text -> text.language.equals(question.language))
                            .map(text -> Map.entry(
                                    text.id, RandomIndexing.cosine(asked, vectors.getOrDefault(text.id, asked))))
                            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                            .limit(CANDIDATES)
                            .map(Map.Entry::getKey)
                            .toList());
        }
        return found;
    }

    private Map<String, List<String>> fused(Map<String, List<String>> one, Map<String, List<String>> other) {
        var found = new HashMap<String, List<String>>();
        for (var question : questions) {
            var scores = new HashMap<String, Double>();
            for (var ranking : List.of(of(one, question), of(other, question))) {
                for (int rank = 0; rank < ranking.size(); rank++) {
                    scores.merge(ranking.get(rank), 1.0 / (FUSION + rank + 1), Double::sum);
                }
            }
            found.put(
                    question.id,
                    scores.entrySet().stream()
                            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .map(Map.Entry::getKey)
                            .toList());
        }
        return found;
    }

    private static List<String> of(Map<String, List<String>> found, Labelled question) {
        return found.getOrDefault(question.id, List.of());
    }

    /** Places that are left empty are wrong; then as many places as {@code similar} fills, which leaves out what is far. */
    private void report(String name, Map<String, List<String>> found, Map<String, List<String>> base) {
        double at5 = 0;
        double at10 = 0;
        int right = 0;
        int places = 0;
        var differences = new ArrayList<Double>();
        for (var question : questions) {
            var answer = of(found, question);
            var shared = of(base, question);
            int given = Math.min(SIZE, shared.size());
            at5 += right(question, answer, 5) / 5.0;
            at10 += right(question, answer, SIZE) / (double) SIZE;
            right += right(question, answer, given);
            places += given;
            differences.add((right(question, answer, 5) - right(question, shared, 5)) / 5.0);
        }
        double[] bounds = bounds(differences);
        System.out.printf(
                Locale.ROOT,
                "%-16s P@5 %.3f (%+.3f to %+.3f)  P@10 %.3f  of the places that similar fills %.3f%n",
                name,
                at5 / questions.size(),
                bounds[0],
                bounds[1],
                at10 / questions.size(),
                right / (double) places);
    }

    private int right(Labelled question, List<String> answer, int places) {
        return (int) answer.stream()
                .limit(places)
                .map(byId::get)
                .filter(text -> text != null && question.sharesTheme(text))
                .count();
    }

    /** Of the 95 % confidence interval of the mean, by resampling. */
    private static double[] bounds(List<Double> values) {
        var random = new SplittableRandom(1);
        var means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < values.size(); j++) {
                sum += values.get(random.nextInt(values.size()));
            }
            means[i] = sum / values.size();
        }
        Arrays.sort(means);
        return new double[] {means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]};
    }

    private static List<Labelled> read(Path directory, String idPrefix, String namePrefix) throws IOException {
        var texts = new ArrayList<Labelled>();
        try (var files = Files.walk(directory);
                var french = new FrenchAnalyzer();
                var english = new EnglishAnalyzer()) {
            for (Path file : files.filter(path -> path.toString().endsWith(".tsv"))
                    .filter(path -> path.getFileName().toString().startsWith(namePrefix))
                    .sorted()
                    .toList()) {
                String language = file.toString().endsWith(".fr.tsv") ? "fr" : "en";
                for (String line : Files.readAllLines(file)) {
                    String[] columns = line.split("\t", -1);
                    Set<String> themes = columns[0].equals("-") ? Set.of() : Set.of(columns[0].split(",", -1));
                    var words = words(language.equals("fr") ? french : english, columns[5]);
                    texts.add(new Labelled(idPrefix + texts.size(), language, themes, columns[5], words));
                }
            }
        }
        return texts;
    }

    private static List<String> words(Analyzer analyzer, String text) throws IOException {
        var words = new ArrayList<String>();
        try (var stream = analyzer.tokenStream("text", text.replace('’', '\''))) {
            var word = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(word.toString());
            }
            stream.end();
        }
        return words;
    }

    private static Verbatim verbatim(Labelled text) {
        return Verbatim.newBuilder()
                .setVerbatimId(text.id)
                .setEventId(text.id)
                .setKind(Kind.TICKET)
                .setConversationId(text.id)
                .setSource(Events.SOURCE)
                .setOccurredAt(Verbatims.FIRST)
                .setClassifiedAt(Verbatims.FIRST)
                .setOfferId("unassigned")
                .setChannel(Channel.EMAIL)
                .setLanguage(text.language)
                .setText(text.text)
                .setRedactions(Map.of())
                .setIntent(Intent.OTHER)
                .setThemes(List.of())
                .setSentiment(0.0)
                .setSeverity(0)
                .setChurnRisk(0.0)
                .setChannelMismatch(false)
                .setClassifier("none")
                .setSuperseded(List.of())
                .build();
    }
}
