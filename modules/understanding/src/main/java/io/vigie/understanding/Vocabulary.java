package io.vigie.understanding;

import java.util.HashMap;
import java.util.Map;

/**
 * The words that matter to those who look for personal data, with their senses. A word is looked up where it stands in
 * a text, by a hash of its folded letters, without making a string of it.
 */
final class Vocabulary {
    private static final int FOLDED_END = 0x250;
    private static final int SLOTS_PER_WORD = 4;

    /** The folded form of each letter, and 0 for what is no letter. */
    private static final char[] FOLDED = folded();

    private static final Map<String, Long> WORDS = words();
    private static final int SLOTS = Integer.highestOneBit(WORDS.size() * SLOTS_PER_WORD);
    private static final int[] HASHES = new int[SLOTS];
    private static final long[] SENSES = new long[SLOTS];
    private static final String[] WRITTEN = new String[SLOTS];

    static {
        WORDS.forEach(Vocabulary::insert);
    }

    private Vocabulary() {}

    /** The senses of the word that lies between two offsets, as bits of {@link Sense}; a placeholder has none. */
    static long senses(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = step(hash, folded(text.charAt(i)));
        }
        int slot = slot(hash);
        while (SENSES[slot] != 0) {
            if (HASHES[slot] == hash && isWritten(WRITTEN[slot], text, from, to)) {
                return isPlaceholder(text, from, to) ? 0 : SENSES[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return 0;
    }

    /** The senses of a word with this hash: perhaps too many, as other words have the same, but never too few. */
    static long mayMean(int hash) {
        long senses = 0;
        for (int slot = slot(hash); SENSES[slot] != 0; slot = (slot + 1) & (SLOTS - 1)) {
            senses |= HASHES[slot] == hash ? SENSES[slot] : 0;
        }
        return senses;
    }

    /** The folded form of a letter, and 0 for what is no letter. */
    static char folded(char c) {
        if (c < FOLDED_END) {
            return FOLDED[c];
        }
        return Character.isLetter(c) ? c : 0;
    }

    /** The hash of a word with one letter more; combining accents, which fold to 0, leave no trace. */
    static int step(int hash, char folded) {
        return folded == 0 ? hash : hash * 31 + folded;
    }

    private static boolean isWritten(String word, String text, int from, int to) {
        int at = 0;
        for (int i = from; i < to; i++) {
            char folded = folded(text.charAt(i));
            if (folded != 0 && (at == word.length() || word.charAt(at++) != folded)) {
                return false;
            }
        }
        return at == word.length();
    }

    private static boolean isPlaceholder(String text, int from, int to) {
        return from > 0 && text.charAt(from - 1) == '[' && Placeholder.end(text, from - 1) == to + 1;
    }

    private static int slot(int hash) {
        return ((hash * 0x9E3779B9) >>> 8) & (SLOTS - 1);
    }

    private static void insert(String word, long senses) {
        int hash = 0;
        for (int i = 0; i < word.length(); i++) {
            hash = step(hash, word.charAt(i));
        }
        int slot = slot(hash);
        while (SENSES[slot] != 0) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        HASHES[slot] = hash;
        SENSES[slot] = senses;
        WRITTEN[slot] = word;
    }

    private static Map<String, Long> words() {
        var words = new HashMap<String, Long>();
        for (String line : Resources.lines("personal-data.txt")) {
            String[] fields = line.split(" ", -1);
            add(words, fields, 1, Sense.named(fields[0]));
        }
        for (String line : Resources.lines("first-names.txt")) {
            add(words, line.split(" ", -1), 0, Sense.FIRST_NAME);
        }
        return words;
    }

    private static void add(Map<String, Long> words, String[] fields, int from, Sense sense) {
        for (int i = from; i < fields.length; i++) {
            words.merge(Folding.fold(fields[i]), sense.bit(), (one, other) -> one | other);
        }
    }

    /** Ligatures fold to two letters and stay what they are; no word of ours has one. */
    private static char[] folded() {
        var folded = new char[FOLDED_END];
        for (char c = 0; c < FOLDED_END; c++) {
            if (Character.isLetter(c)) {
                String letters = Folding.fold(Character.toString(c));
                folded[c] = letters.length() == 1 ? letters.charAt(0) : c;
            }
        }
        return folded;
    }
}
