package io.vigie.understanding;

import java.util.Arrays;

/**
 * The stretches of a text: runs of letters across the ends of its words (« s du tou »), and one to three words in a row,
 * each as a hash. They see phrases and endings at once, whatever is misspelt around them.
 *
 * @param hashes of the different stretches, in rising order
 * @param counts how often each occurs, at most {@link Byte#MAX_VALUE}
 */
@SuppressWarnings("ArrayRecordComponent") // carries numbers; nobody compares two
record Stretches(int[] hashes, byte[] counts) {
    private static final int LETTERS_MIN = 4;
    private static final int LETTERS_MAX = 8;
    private static final int WORDS_MAX = 3;

    /** What stands behind is not read: no stretch of a long letter decides, and training holds all of them in memory. */
    private static final int CHARS_MAX = 6_000;

    private static final float[] WEIGHTS = new float[Byte.MAX_VALUE + 1];

    static {
        for (int count = 1; count < WEIGHTS.length; count++) {
            WEIGHTS[count] = (float) (1 + Math.log(count));
        }
    }

    private static final int PRIME = 0x01000193;

    static Stretches of(Tokens tokens) {
        char[] line = line(tokens);
        var found = new int[line.length * (LETTERS_MAX - LETTERS_MIN + 1) + tokens.count() * WORDS_MAX];
        int count = letters(line, found);
        for (Tokens.Sentence sentence : tokens.sentences()) {
            count = words(tokens, sentence, found, count);
        }
        return counted(Arrays.copyOf(found, count));
    }

    private static int letters(char[] line, int[] found) {
        int count = 0;
        for (int from = 0; from + LETTERS_MIN <= line.length; from++) {
            int hash = 1;
            int until = Math.min(line.length, from + LETTERS_MAX);
            for (int at = from; at < until; at++) {
                hash = (hash ^ line[at]) * PRIME;
                hash ^= hash >>> 15;
                if (at - from >= LETTERS_MIN - 1) {
                    found[count++] = TextFeatures.mix(hash);
                }
            }
        }
        return count;
    }

    private static int words(Tokens tokens, Tokens.Sentence sentence, int[] found, int count) {
        int next = count;
        for (int from = sentence.from(); from < sentence.until(); from++) {
            int hash = 2;
            for (int token = from; token < Math.min(sentence.until(), from + WORDS_MAX); token++) {
                for (int at = tokens.from(token, false); at < tokens.until(token); at++) {
                    hash = (hash ^ tokens.chars()[at]) * PRIME;
                    hash ^= hash >>> 15;
                }
                hash = (hash ^ ' ') * PRIME;
                found[next++] = TextFeatures.mix(hash);
            }
        }
        return next;
    }

    /** The words with a space before each, the commas and the ends of sentences among them. */
    private static char[] line(Tokens tokens) {
        var line = new StringBuilder();
        for (Tokens.Sentence sentence : tokens.sentences()) {
            for (int token = sentence.from(); token < sentence.until() && line.length() < CHARS_MAX; token++) {
                line.append(tokens.pausedBefore(token) ? ", " : " ").append(tokens.word(token, false));
            }
            line.append(sentence.mark());
        }
        line.append(' ');
        var chars = new char[Math.min(line.length(), CHARS_MAX)];
        line.getChars(0, chars.length, chars, 0);
        return chars;
    }

    private static Stretches counted(int[] found) {
        Arrays.sort(found);
        var counts = new byte[found.length];
        int different = 0;
        for (int i = 0; i < found.length; i++) {
            if (different > 0 && found[i] == found[different - 1]) {
                counts[different - 1] = (byte) Math.min(counts[different - 1] + 1, Byte.MAX_VALUE);
            } else {
                found[different] = found[i];
                counts[different++] = 1;
            }
        }
        return new Stretches(Arrays.copyOf(found, different), Arrays.copyOf(counts, different));
    }

    /** How much the i-th says: ten times is not ten times as much as once. */
    float weight(int i) {
        return WEIGHTS[counts[i]];
    }
}
