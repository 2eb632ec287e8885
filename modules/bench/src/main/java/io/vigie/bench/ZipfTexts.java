package io.vigie.bench;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Texts of invented words that are as frequent as those of a language: the word of rank r comes with a probability of
 * 1 / (r + 2.7)^1.05 (Mandelbrot's form of Zipf's law), between French stop words. An index of a million of them has lists as
 * long and as short as a real one, which sentences of a stock do not give.
 */
final class ZipfTexts {
    /** Phrases that come in one text of three, always the same words in a row. */
    static final int PHRASES = 10;

    private static final int WORDS = 40_000;
    private static final double EXPONENT = 1.05;
    private static final double SHIFT = 2.7;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 120;
    private static final double STOP_WORDS = 0.45;
    private static final int PHRASE_WORDS = 3;
    private static final int PHRASE_RANK = 300;
    private static final List<String> STOPS = List.of(
            "de", "la", "le", "et", "les", "à", "un", "une", "des", "en", "est", "je", "que", "pas", "pour", "qui",
            "ne", "dans", "ce", "il", "sur", "au", "du", "mon", "vous", "avec", "se", "plus", "par", "mais", "on", "ma",
            "nous");
    private static final String CONSONANTS = "bcdfgjlmnprstv";
    private static final List<String> VOWELS = List.of("a", "i", "o", "u", "ou", "an", "on");
    private static final int SYLLABLES = CONSONANTS.length() * VOWELS.size();
    /** Without a common factor with the number of words of two syllables: neighbours in rank share no beginning. */
    private static final int STRIDE = 5_003;

    private static final double[] CUMULATED = cumulated();

    private final RandomGenerator random;

    ZipfTexts(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        int length = random.nextInt(SHORTEST, LONGEST + 1);
        int phraseAt = random.nextInt(3) == 0 ? random.nextInt(length - PHRASE_WORDS) : -1;
        var text = new StringBuilder(length * 6);
        for (int i = 0; i < length; i++) {
            text.append(i == 0 ? "" : i % 12 == 0 ? ". " : " ");
            if (i == phraseAt) {
                text.append(phrase(random.nextInt(PHRASES)));
                i += PHRASE_WORDS - 1;
            } else {
                text.append(
                        random.nextDouble() < STOP_WORDS ? STOPS.get(random.nextInt(STOPS.size())) : word(anyRank()));
            }
        }
        return text.toString();
    }

    /** Rank 0 is the most frequent one. */
    static String word(int rank) {
        int pairs = SYLLABLES * SYLLABLES;
        int code = (int) ((long) rank * STRIDE % pairs);
        String word = syllable(code / SYLLABLES) + syllable(code % SYLLABLES);
        return rank < pairs ? word : word + syllable(rank / pairs);
    }

    static String phrase(int number) {
        int rank = PHRASE_RANK + number * PHRASE_WORDS;
        return word(rank) + " " + word(rank + 1) + " " + word(rank + 2);
    }

    private int anyRank() {
        int found = Arrays.binarySearch(CUMULATED, random.nextDouble());
        return Math.min(WORDS - 1, found < 0 ? -found - 1 : found);
    }

    private static String syllable(int code) {
        return CONSONANTS.charAt(code / VOWELS.size()) + VOWELS.get(code % VOWELS.size());
    }

    private static double[] cumulated() {
        var sums = new double[WORDS];
        double sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += 1 / Math.pow(i + SHIFT, EXPONENT);
            sums[i] = sum;
        }
        for (int i = 0; i < WORDS; i++) {
            sums[i] /= sum;
        }
        return sums;
    }
}
