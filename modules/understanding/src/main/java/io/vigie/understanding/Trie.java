package io.vigie.understanding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Words and beginnings of words, walked one char at a time; a step costs the same however many there are.
 *
 * <p>All transitions lie in one open-addressed table keyed by (node, char): a walk touches a few cache lines, and most
 * words of a text leave the trie after three or four chars.
 */
final class Trie {
    static final int ROOT = 0;
    static final int NONE = -1;

    private final long[] keys;
    private final int[] targets;
    private final int[] words;
    private final int[] prefixes;
    private final int shift;

    private Trie(Builder builder) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, builder.edges.size() * 2));
        shift = 64 - bits;
        keys = new long[1 << bits];
        targets = new int[1 << bits];
        Arrays.fill(keys, NONE);
        builder.edges.forEach(this::insert);
        words = Arrays.copyOf(builder.words, builder.nodes);
        prefixes = Arrays.copyOf(builder.prefixes, builder.nodes);
    }

    /** The node behind {@code c}, or {@link #NONE}. */
    int next(int node, char c) {
        long key = key(node, c);
        int slot = slot(key);
        while (keys[slot] != NONE) {
            if (keys[slot] == key) {
                return targets[slot];
            }
            slot = (slot + 1) & (keys.length - 1);
        }
        return NONE;
    }

    /** The node behind a run of chars, or {@link #NONE}. */
    int next(int node, char[] chars, int from, int to) {
        int at = node;
        for (int i = from; i < to && at != NONE; i++) {
            at = next(at, chars[i]);
        }
        return at;
    }

    /** The value of the word that ends exactly here, or {@link #NONE}. */
    int word(int node) {
        return words[node];
    }

    /** The value of the beginning that ends here, or {@link #NONE}. */
    int prefix(int node) {
        return prefixes[node];
    }

    private void insert(long key, int target) {
        int slot = slot(key);
        while (keys[slot] != NONE) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        targets[slot] = target;
    }

    private int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> shift);
    }

    private static long key(int node, char c) {
        return ((long) node << 16) | c;
    }

    /** Collects words; not thread-safe. */
    static final class Builder {
        private final Map<Long, Integer> edges = new HashMap<>();
        private int[] words = {NONE};
        private int[] prefixes = {NONE};
        private int nodes = 1;

        /** Gives a word a value; the last value given wins. */
        Builder word(String word, int value) {
            int node = node(word);
            words[node] = value;
            return this;
        }

        /** Gives a value to everything that begins like this. */
        Builder prefix(String beginning, int value) {
            int node = node(beginning);
            prefixes[node] = value;
            return this;
        }

        Trie build() {
            return new Trie(this);
        }

        private int node(String word) {
            int node = ROOT;
            for (int i = 0; i < word.length(); i++) {
                node = edges.computeIfAbsent(key(node, word.charAt(i)), k -> addNode());
            }
            return node;
        }

        private int addNode() {
            if (nodes == words.length) {
                words = grown(words);
                prefixes = grown(prefixes);
            }
            return nodes++;
        }

        private static int[] grown(int[] values) {
            var grown = Arrays.copyOf(values, values.length * 2);
            Arrays.fill(grown, values.length, grown.length, NONE);
            return grown;
        }
    }
}
