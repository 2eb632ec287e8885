package io.vigie.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Vectors of words learned from the texts they are in, and of texts as their sum: M. Sahlgren, "An Introduction to Random
 * Indexing" (2005). Words of the same texts lie close together though no text has both. Each pair of words counts by its
 * positive pointwise mutual information, which says more than its frequency; a word's share in a text by its rarity.
 */
final class RandomIndexing {
    static final int DIMENSIONS = 512;
    private static final int ONES = 8;
    private static final int TEXTS_OF_WORD_MIN = 2;
    private static final int WORDS_OF_TEXT_MAX = 60;

    private final Map<String, float[]> vectors = new HashMap<>();
    private final Map<String, Integer> frequencies = new HashMap<>();
    private final float[] middle = new float[DIMENSIONS];
    private final int texts;

    private RandomIndexing(List<List<String>> texts) {
        this.texts = texts.size();
    }

    static RandomIndexing learned(List<List<String>> texts, long seed) {
        var indexing = new RandomIndexing(texts);
        indexing.learn(texts, new SplittableRandom(seed));
        for (var text : texts) {
            add(indexing.middle, indexing.vector(text), 1f / texts.size());
        }
        return indexing;
    }

    private void learn(List<List<String>> corpus, SplittableRandom random) {
        corpus.forEach(text -> new LinkedHashSet<>(text).forEach(word -> frequencies.merge(word, 1, Integer::sum)));
        frequencies.values().removeIf(count -> count < TEXTS_OF_WORD_MIN);
        var marks = new HashMap<String, int[]>();
        var pairs = new HashMap<String, Map<String, Integer>>();
        for (var text : corpus) {
            var words = known(text);
            for (String word : words) {
                marks.computeIfAbsent(word, _ -> mark(random));
                var others = pairs.computeIfAbsent(word, _ -> new HashMap<>());
                words.forEach(other -> others.merge(other, 1, Integer::sum));
            }
        }
        pairs.forEach((word, others) -> vectors.put(word, vector(word, others, marks)));
    }

    private float[] vector(String word, Map<String, Integer> others, Map<String, int[]> marks) {
        var vector = new float[DIMENSIONS];
        others.forEach((other, together) -> {
            double expected = (double) frequency(word) * frequency(other) / texts;
            float information = (float) Math.max(0, Math.log(together / expected));
            for (int place : marks.getOrDefault(other, new int[0])) {
                vector[Math.abs(place) - 1] += Math.signum(place) * information;
            }
        });
        return normal(vector);
    }

    /** Places with a one or, when negative, with minus one; from 1. */
    private static int[] mark(SplittableRandom random) {
        return random.ints(ONES, 1, DIMENSIONS + 1)
                .map(place -> random.nextBoolean() ? place : -place)
                .toArray();
    }

    private List<String> known(List<String> text) {
        var known = new ArrayList<String>();
        for (String word : new LinkedHashSet<>(text)) {
            if (frequencies.containsKey(word) && known.size() < WORDS_OF_TEXT_MAX) {
                known.add(word);
            }
        }
        return known;
    }

    private int frequency(String word) {
        return frequencies.getOrDefault(word, 0);
    }

    /** Of length 1, or 0 when no word of the text is known; less what all texts have in common. */
    float[] of(List<String> text) {
        var vector = vector(text);
        add(vector, middle, -1);
        return normal(vector);
    }

    private float[] vector(List<String> text) {
        var vector = new float[DIMENSIONS];
        for (String word : known(text)) {
            float rarity = (float) Math.log((double) texts / frequency(word));
            add(vector, vectors.getOrDefault(word, middle), rarity);
        }
        return normal(vector);
    }

    static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(float[] to, float[] vector, float times) {
        for (int i = 0; i < DIMENSIONS; i++) {
            to[i] += vector[i] * times;
        }
    }

    private static float[] normal(float[] vector) {
        double length = Math.sqrt(cosine(vector, vector));
        if (length > 0) {
            for (int i = 0; i < DIMENSIONS; i++) {
                vector[i] /= (float) length;
            }
        }
        return vector;
    }
}
