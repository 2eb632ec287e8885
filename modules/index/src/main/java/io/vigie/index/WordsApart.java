package io.vigie.index;

import java.util.function.LongConsumer;

/**
 * Tells which short texts are one word apart: one word is another, in another place, missing or added. Two such texts are
 * equal once a word is taken out of one of them or of both, so each is known by what is left of it without each of its
 * words, and none is compared with another. (The deletion neighbourhood of T. Bocek, E. Hunt and B. Stiller, "Fast
 * similarity search in large dictionaries", 2007, of words instead of letters.)
 *
 * <p>A word that denies (« pas », "never") is never the one.
 */
final class WordsApart {
    /** Shortest text in which a word may differ: in a shorter one it mostly is the point. */
    static final int WORDS_MIN = 6;

    private static final int DENIES = 0x8000;
    private static final int HASH = 0x7fff;

    private WordsApart() {}

    /** What is kept of a word, in 16 bits. */
    static int kept(long word) {
        int hash = (int) (word >>> 48) & HASH;
        return PassingWords.DENIALS.has(word) ? hash | DENIES : hash;
    }

    /**
     * Gives the keys of a text. Of two texts that are one word apart and of a kind, at least one key is the same.
     *
     * @param words as {@link TextSignature.Signed} has them; those of a longer or shorter text give no key
     * @param kind what else must be the same
     */
    static void keys(byte[] words, long kind, LongConsumer keys) {
        int length = words.length / 2;
        if (length < WORDS_MIN) {
            return;
        }
        keys.accept(without(words, -1, kind));
        for (int i = 0; i < length; i++) {
            if ((words[2 * i] & (DENIES >> Byte.SIZE)) == 0) {
                keys.accept(without(words, i, kind));
            }
        }
    }

    private static long without(byte[] words, int left, long kind) {
        long hash = kind;
        for (int i = 0; i < words.length / 2; i++) {
            if (i != left) {
                int word = (words[2 * i] & 0xff) << Byte.SIZE | (words[2 * i + 1] & 0xff);
                hash = TextSignature.mixed(hash + word);
            }
        }
        return hash;
    }
}
