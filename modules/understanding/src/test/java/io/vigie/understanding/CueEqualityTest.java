package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The compiled cues say what Lucene says of the same clauses. */
final class CueEqualityTest {
    private static final int SENTENCES = 800;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @ParameterizedTest
    @EnumSource(Language.class)
    void theExamplesMatchTheSameCuesAsInLucene(Language language) throws IOException, CueSyntaxException {
        CueComparison both = CueComparison.of(language);

        for (Taxonomy.LeafCues leaf : Taxonomy.standard().contents().leaves()) {
            leaf.examples().forEach(example -> both.compare(example.text()));
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void randomSentencesOfCueWordsMatchTheSameCuesAsInLucene(Language language) throws IOException, CueSyntaxException {
        System.out.println("seed " + seed);
        var random = new Random(seed);
        CueComparison both = CueComparison.of(language);

        for (int i = 0; i < SENTENCES; i++) {
            both.compare(sentence(both.cues(), random));
        }

        assertThat(both.matches()).as("cues that matched").isGreaterThan(SENTENCES);
    }

    /** Pieces of cues, in and out of order, with words between them. */
    private static String sentence(List<String> cues, Random random) {
        var words = new ArrayList<String>();
        int pieces = 1 + random.nextInt(4);
        for (int i = 0; i < pieces; i++) {
            for (String word : cues.get(random.nextInt(cues.size())).split("[\\s()\"]+", -1)) {
                addWord(words, word, random);
            }
        }
        return String.join(" ", words);
    }

    private static void addWord(List<String> words, String cueWord, Random random) {
        String word = cueWord.replaceAll("~\\d+", "").replace("*", random.nextBoolean() ? "" : "s");
        if (word.isEmpty() || (word.matches("AND|OR|NOT") && random.nextInt(8) > 0)) {
            return;
        }
        int at = random.nextInt(8) == 0 ? random.nextInt(words.size() + 1) : words.size();
        words.add(at, random.nextInt(6) == 0 ? word.toUpperCase(java.util.Locale.ROOT) : word);
        switch (random.nextInt(24)) {
            case 0 -> words.add("donc");
            case 1 -> words.add("très");
            case 2 -> words.add("l’" + word);
            case 3 -> words.removeLast();
            case 4 -> words.add(word);
            case 5 -> words.add(", 3,5 x");
            default -> {}
        }
    }
}
