package io.vigie.understanding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Words and beginnings of words, walked one char at a time; a step costs the same however many there are.
 *
 * <p>All transitions lie in one open-addressed table keyed by (node, char): a walk touches a cache line a step, and most
 * words of a text leave the trie after three or four chars.
 */
final class Trie {
    static final int ROOT = 0;
    static final int NONE = -1;

    private static final int CHAR_BITS = 16;
    private static final int NODE_BITS = 24;
    private static final long FREE = -1;

    /** Enough of a char to tell the letters apart. */
    private static final int LETTER_BITS = 5;

    private static final int LETTER = (1 << LETTER_BITS) - 1;
    private static final int BEGINNING = 3;

    /** A node's number, and beside it whether a word or a beginning ends there: most do not, and need no look. */
    private static final int NUMBER = (1 << 22) - 1;

    private static final int ENDS_WORD = 1 << 22;
    private static final int ENDS_BEGINNING = 1 << 23;

    /** Node, char and target side by side: a step reads one cache line. */
    private final long[] edges;

    private final int[] words;
    private final int[] prefixes;
    private final long[] beginnings;
    private final int shift;

    private Trie(Builder builder) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, builder.edges.size() * 2));
        shift = 64 - bits;
        edges = new long[1 << bits];
        Arrays.fill(edges, FREE);
        words = Arrays.copyOf(builder.words, builder.nodes);
        prefixes = Arrays.copyOf(builder.prefixes, builder.nodes);
        builder.edges.forEach(this::insert);
        beginnings = builder.beginnings;
    }

    /**
     * Whether something here may begin with this word, judged by its first three letters: most words of a text need no
     * walk. May be true for too many words, never false for one too many.
     */
    boolean mayBegin(char[] chars, int from, int until) {
        int length = until - from;
        int bit = beginning(chars[from], length > 1 ? chars[from + 1] : 0, length > 2 ? chars[from + 2] : 0);
        return (beginnings[bit >>> 6] & 1L << bit) != 0;
    }

    private static int beginning(int first, int second, int third) {
        return (first & LETTER) << (2 * LETTER_BITS) | (second & LETTER) << LETTER_BITS | (third & LETTER);
    }

    /** The node behind {@code c}, or {@link #NONE}. */
    int next(int node, char c) {
        long key = key(node, c);
        for (int slot = slot(key); edges[slot] != FREE; slot = (slot + 1) & (edges.length - 1)) {
            if (edges[slot] >>> NODE_BITS == key) {
                return (int) edges[slot] & ((1 << NODE_BITS) - 1);
            }
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
        return (node & ENDS_WORD) == 0 ? NONE : words[node & NUMBER];
    }

    /** The value of the beginning that ends here, or {@link #NONE}. */
    int prefix(int node) {
        return (node & ENDS_BEGINNING) == 0 ? NONE : prefixes[node & NUMBER];
    }

    private void insert(long key, int target) {
        int slot = slot(key);
        while (edges[slot] != FREE) {
            slot = (slot + 1) & (edges.length - 1);
        }
        int ends = (words[target] == NONE ? 0 : ENDS_WORD) | (prefixes[target] == NONE ? 0 : ENDS_BEGINNING);
        edges[slot] = key << NODE_BITS | target | ends;
    }

    private int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> shift);
    }

    private static long key(int node, char c) {
        return ((long) (node & NUMBER) << CHAR_BITS) | c;
    }

    /** Collects words; not thread-safe. */
    static final class Builder {
        private final Map<Long, Integer> edges = new HashMap<>();
        private final long[] beginnings = new long[1 << (BEGINNING * LETTER_BITS - 6)];
        private int[] words = {NONE};
        private int[] prefixes = {NONE};
        private int nodes = 1;

        /** Gives a word a value; the last value given wins. */
        Builder word(String word, int value) {
            begin(word, false);
            int node = node(word);
            words[node] = value;
            return this;
        }

        /** Gives a value to everything that begins like this. */
        Builder prefix(String beginning, int value) {
            begin(beginning, true);
            int node = node(beginning);
            prefixes[node] = value;
            return this;
        }

        Trie build() {
            return new Trie(this);
        }

        /** @param open whether more letters may follow */
        private void begin(String expression, boolean open) {
            int space = expression.indexOf(' ');
            String word = space < 0 ? expression : expression.substring(0, space);
            int unknown = Math.max(0, BEGINNING - word.length()) * LETTER_BITS;
            int known = beginning(letter(word, 0), letter(word, 1), letter(word, 2));
            for (int rest = 0; rest < (open && space < 0 ? 1 << unknown : 1); rest++) {
                int bit = known | rest;
                beginnings[bit >>> 6] |= 1L << bit;
            }
        }

        private static int letter(String word, int at) {
            return at < word.length() ? word.charAt(at) : 0;
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
            if (nodes == NUMBER) {
                throw new IllegalStateException("more than " + NUMBER + " nodes");
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
