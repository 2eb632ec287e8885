package io.vigie.understanding;

/**
 * What the learned part sees in a text: words, pieces of words, neighbouring words, concepts and the ends of sentences,
 * each as a hash. Training and reading share this class, so that they see the same.
 *
 * <p>Hashing instead of a dictionary is the "hashing trick" (Weinberger et al., ICML 2009); pieces of words with their
 * boundaries marked, so that typos and endings cost little, follow Bojanowski et al. (TACL 2017).
 */
final class TextFeatures {
    /** Receives what a word is made of. */
    interface WordSink {
        void feature(int hash, float value);
    }

    /** Receives what stands between words, and which words show it. */
    interface TextSink {
        void feature(int hash, float value, int firstToken, int lastToken);
    }

    private static final int PIECE_MIN = 3;
    private static final int PIECE_MAX = 5;

    /** Pieces of a longer word end here: nobody's vocabulary, and time stays linear with a small factor. */
    private static final int PIECED_CHARS_MAX = 40;

    private static final float WORD = 1;
    private static final float PIECE = 0.5f;
    private static final float NEIGHBOURS = 1;
    private static final float NEAR = 0.7f;
    private static final float CONCEPT = 1;

    private static final int WORD_SEED = 1;
    private static final int SHAPE_SEED = 2;
    private static final int PIECE_SEED = 3;
    private static final int MARK_SEED = 4;
    private static final int CONCEPT_SEED = 5;
    private static final int NEIGHBOURS_SEED = 101;
    private static final int CONCEPTS_SEED = 307;

    private static final int START = mix(MARK_SEED);
    private static final int NE = hash(new char[] {'n', 'e'}, 0, 2, WORD_SEED);

    /** Concepts further apart say nothing together. */
    private static final int CONCEPTS_REACH = 8;

    private TextFeatures() {}

    /** A word as its neighbours see it. */
    record Word(int hash, Concepts.Start start) {}

    static int hash(char[] chars, int from, int until) {
        return hash(chars, from, until, WORD_SEED);
    }

    /** What a word is made of: itself, its shape when it has digits, what it means, and its pieces. */
    static void ofWord(char[] chars, int from, int until, Concepts.Start start, WordSink sink) {
        sink.feature(hash(chars, from, until), WORD);
        for (int concept : start.concepts()) {
            sink.feature(concept(concept), CONCEPT);
        }
        if (hasDigit(chars, from, until)) {
            sink.feature(shape(chars, from, until), WORD);
        }
        int length = Math.min(until - from, PIECED_CHARS_MAX);
        var bounded = new char[length + 2];
        bounded[0] = '^';
        System.arraycopy(chars, from, bounded, 1, length);
        bounded[length + 1] = '$';
        for (int size = PIECE_MIN; size <= Math.min(PIECE_MAX, bounded.length - 1); size++) {
            for (int at = 0; at + size <= bounded.length; at++) {
                sink.feature(hash(bounded, at, at + size, PIECE_SEED), PIECE);
            }
        }
    }

    /** What the words of a text, as many as it has tokens, say together. */
    static void between(Tokens tokens, Word[] words, Concepts concepts, TextSink sink) {
        for (Tokens.Sentence sentence : tokens.sentences()) {
            neighbours(tokens, sentence, words, sink);
            concepts(tokens, sentence, words, concepts, sink);
        }
    }

    private static void neighbours(Tokens tokens, Tokens.Sentence sentence, Word[] words, TextSink sink) {
        int before = START;
        for (int token = sentence.from(); token < sentence.until(); token++) {
            if (tokens.from(token, true) > tokens.from(token, false) && tokens.saysNe(token)) {
                sink.feature(NE, WORD, token, token);
            }
            int word = words[token].hash();
            sink.feature(pair(before, word, NEIGHBOURS_SEED), NEIGHBOURS, Math.max(sentence.from(), token - 1), token);
            before = word;
        }
        int last = sentence.until() - 1;
        int mark = mix(MARK_SEED + sentence.mark());
        sink.feature(mark, WORD, last, last);
        sink.feature(pair(before, mark, NEIGHBOURS_SEED), NEIGHBOURS, last, last);
    }

    private static void concepts(
            Tokens tokens, Tokens.Sentence sentence, Word[] words, Concepts concepts, TextSink sink) {
        var sequence = new ConceptSequence(sink);
        for (int token = sentence.from(); token < sentence.until(); token++) {
            Concepts.Start start = words[token].start();
            for (int concept : start.concepts()) {
                sequence.add(concept, token, token);
            }
            if (start.node() != Trie.NONE) {
                concepts.goOn(start, tokens, token, sentence.until(), sequence);
            }
        }
    }

    /** Pairs each concept of a sentence with the one before it. */
    private static final class ConceptSequence implements Concepts.Sink {
        private final TextSink sink;
        private int before;
        private int beforeFirst = Integer.MIN_VALUE / 2;

        ConceptSequence(TextSink sink) {
            this.sink = sink;
        }

        @Override
        public void found(int concept, int first, int last) {
            sink.feature(concept(concept), CONCEPT, first, last);
            add(concept, first, last);
        }

        void add(int concept, int first, int last) {
            if (before != concept && first - beforeFirst <= CONCEPTS_REACH) {
                sink.feature(pair(before, concept, CONCEPTS_SEED), NEAR, beforeFirst, last);
            }
            before = concept;
            beforeFirst = first;
        }
    }

    private static int concept(int name) {
        return mix(CONCEPT_SEED * 65_537 + name);
    }

    private static boolean hasDigit(char[] chars, int from, int until) {
        for (int i = from; i < until; i++) {
            if (chars[i] >= '0' && chars[i] <= '9') {
                return true;
            }
        }
        return false;
    }

    /** « 12,50 » and « 39,90 » have the same shape. */
    private static int shape(char[] chars, int from, int until) {
        int hash = SHAPE_SEED;
        for (int i = from; i < until; i++) {
            hash = step(hash, chars[i] >= '0' && chars[i] <= '9' ? '0' : chars[i]);
        }
        return mix(hash);
    }

    /** FNV-1a with a final mix, so that the low bits of similar words differ. */
    private static int hash(char[] chars, int from, int until, int seed) {
        int hash = seed;
        for (int i = from; i < until; i++) {
            hash = step(hash, chars[i]);
        }
        return mix(hash);
    }

    private static int step(int hash, char c) {
        int next = (hash ^ c) * 0x01000193;
        return next ^ (next >>> 15);
    }

    private static int pair(int first, int second, int seed) {
        return mix(first * 31 + Integer.rotateLeft(second, 13) * 0x9E3779B1 + seed);
    }

    /** The finalizer of MurmurHash3. */
    static int mix(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
