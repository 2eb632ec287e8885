package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the model learns from is as varied and as well labelled as it must be. */
final class CorpusTest {
    private static final Path CORPUS = Path.of("src", "corpus");
    private static final int SHINGLE = 5;
    private static final double NEAR_DUPLICATE = 0.5;

    @ParameterizedTest
    @CsvSource({"fr, 80", "en, 40"})
    void everyLeafHasEnoughTexts(String language, int least) throws IOException {
        var counts = new HashMap<String, Integer>();
        for (LabelledText text : Corpus.read(CORPUS)) {
            if (language.equals(text.language())) {
                labels(text, Corpus.THEME).forEach(leaf -> counts.merge(leaf, 1, Integer::sum));
            }
        }

        for (Leaf leaf : Taxonomy.standard().leaves()) {
            assertThat(counts.getOrDefault(leaf.id(), 0)).as(leaf.id()).isGreaterThanOrEqualTo(least);
        }
    }

    @Test
    void everyLabelIsKnown() throws IOException {
        var leaves = Taxonomy.standard().leaves().stream().map(Leaf::id).toList();
        var intents = Arrays.stream(Intent.values()).map(Enum::name).toList();

        assertThat(Corpus.read(CORPUS)).allSatisfy(text -> {
            assertThat(leaves).containsAll(labels(text, Corpus.THEME));
            assertThat(intents).containsAll(labels(text, Corpus.INTENT));
            assertThat(List.of("-1", "0", "1")).containsAll(labels(text, Corpus.POLARITY));
        });
    }

    @Test
    void noTwoTextsOfAFileShareFiveWordsInARow() throws IOException {
        var problems = new ArrayList<String>();
        try (var found = Files.walk(CORPUS)) {
            for (Path file :
                    found.filter(path -> path.toString().endsWith(".tsv")).toList()) {
                var seen = new HashMap<String, Integer>();
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    int here = ++number;
                    for (String shingle : shingles(line.split("\t", -1)[5])) {
                        int before = seen.getOrDefault(shingle, here);
                        if (before != here) {
                            problems.add(file + ", lines " + before + " and " + here + ": " + shingle);
                        }
                        seen.put(shingle, here);
                    }
                }
            }
        }

        assertThat(problems).isEmpty();
    }

    @Test
    void noTextIsNearlyAnother() throws IOException {
        var texts = Corpus.read(CORPUS).stream().map(LabelledText::text).toList();
        var shingles = texts.stream().map(CorpusTest::shingles).toList();
        Map<String, List<Integer>> having = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            for (String shingle : shingles.get(i)) {
                having.computeIfAbsent(shingle, s -> new ArrayList<>()).add(i);
            }
        }

        var problems = new HashSet<String>();
        for (List<Integer> sharing : having.values()) {
            for (int i = 1; i < sharing.size(); i++) {
                Set<String> one = shingles.get(sharing.getFirst());
                Set<String> other = shingles.get(sharing.get(i));
                if (alike(one, other) >= NEAR_DUPLICATE) {
                    problems.add(texts.get(sharing.getFirst()) + " / " + texts.get(sharing.get(i)));
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    /** Jaccard's measure: what both have of what either has. */
    private static double alike(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return both.size() / (double) (one.size() + other.size() - both.size());
    }

    private static Set<String> shingles(String text) {
        Tokens tokens = Tokenizer.words(text);
        var shingles = new HashSet<String>();
        for (int first = 0; first + SHINGLE <= tokens.count(); first++) {
            var shingle = new StringBuilder();
            for (int token = first; token < first + SHINGLE; token++) {
                shingle.append(tokens.word(token, false)).append(' ');
            }
            shingles.add(shingle.toString());
        }
        return shingles;
    }

    private static Set<String> labels(LabelledText text, String head) {
        return text.labels().getOrDefault(head, Set.of());
    }
}
