package io.vigie.understanding;

import java.util.Arrays;

/**
 * Where the atoms of the cues stand in one sentence. Owned by one thread and used for one text.
 *
 * <p>Hits of one atom form a list through {@link #previous}; an atom's newest hit counts only when it is younger than
 * the sentence, so that nothing has to be cleared between sentences.
 */
final class Hits {
    private final int[] newest;
    private final long[] evaluatedIn;
    private int[] previous = new int[128];
    private int[] position = new int[128];
    private int[] atom = new int[128];
    private int count;
    private int sentenceStart;
    private long sentence;

    Hits(int atoms, int clauses) {
        newest = new int[atoms];
        evaluatedIn = new long[clauses];
        Arrays.fill(newest, Trie.NONE);
    }

    void beginSentence() {
        sentenceStart = count;
        sentence++;
    }

    void add(int atom, int token) {
        if (count == position.length) {
            previous = Arrays.copyOf(previous, count * 2);
            position = Arrays.copyOf(position, count * 2);
            this.atom = Arrays.copyOf(this.atom, count * 2);
        }
        previous[count] = newest[atom];
        position[count] = token;
        this.atom[count] = atom;
        newest[atom] = count++;
    }

    /** The first hit of this sentence; the following ones have the numbers up to {@link #count()}. */
    int first() {
        return sentenceStart;
    }

    int count() {
        return count;
    }

    int atom(int hit) {
        return atom[hit];
    }

    /** Whether this is the first time that a clause is looked at in this sentence. */
    boolean firstLookAt(int clause) {
        boolean first = evaluatedIn[clause] != sentence;
        evaluatedIn[clause] = sentence;
        return first;
    }

    boolean has(int atom) {
        return newest(atom) != Trie.NONE;
    }

    /** The last hit of an atom in this sentence, or {@link Trie#NONE}. */
    int newest(int atom) {
        int hit = newest[atom];
        return hit >= sentenceStart ? hit : Trie.NONE;
    }

    /** The hit of the same atom before this one, or {@link Trie#NONE}. */
    int previous(int hit) {
        int before = previous[hit];
        return before >= sentenceStart ? before : Trie.NONE;
    }

    int position(int hit) {
        return position[hit];
    }

    boolean isAt(int atom, int token) {
        for (int hit = newest(atom); hit != Trie.NONE && position[hit] >= token; hit = previous(hit)) {
            if (position[hit] == token) {
                return true;
            }
        }
        return false;
    }
}
