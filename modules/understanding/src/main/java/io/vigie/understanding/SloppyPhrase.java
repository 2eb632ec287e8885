package io.vigie.understanding;

import java.util.Arrays;
import java.util.List;

/**
 * A phrase whose words may be moved: it matches where every word can be given a position of its own such that
 * {@code max(position - place) - min(position - place) <= slop} (the semantics of Lucene's sloppy phrase scorer).
 */
final class SloppyPhrase {
    private final int[] atoms;
    private final int slop;

    SloppyPhrase(List<Integer> atoms, int slop) {
        this.atoms = atoms.stream().mapToInt(Integer::intValue).toArray();
        this.slop = slop;
    }

    List<Integer> atoms() {
        return Arrays.stream(atoms).boxed().toList();
    }

    /** Whether it is there; the words found are reported once. */
    boolean find(Hits hits, Clause.Evidence evidence) {
        for (int atom : atoms) {
            if (!hits.has(atom)) {
                return false;
            }
        }
        for (int place = 0; place < atoms.length; place++) {
            for (int hit = hits.newest(atoms[place]); hit != Trie.NONE; hit = hits.previous(hit)) {
                if (fits(hits, hits.position(hit) - place, evidence)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether all words can stand within the slop of a phrase that begins at {@code start}. */
    private boolean fits(Hits hits, int start, Clause.Evidence evidence) {
        int width = atoms.length + slop;
        var taken = new int[width];
        Arrays.fill(taken, Trie.NONE);
        for (int place = 0; place < atoms.length; place++) {
            if (!seat(hits, start, place, taken, new boolean[width])) {
                return false;
            }
        }
        evidence.words(start + firstSeat(taken), start + lastSeat(taken));
        return true;
    }

    /** Gives a word a position, moving others where they can be moved (augmenting paths, Kuhn 1955). */
    private boolean seat(Hits hits, int start, int place, int[] taken, boolean[] tried) {
        for (int seat = place; seat <= place + slop; seat++) {
            if (tried[seat] || !hits.isAt(atoms[place], start + seat)) {
                continue;
            }
            tried[seat] = true;
            if (taken[seat] == Trie.NONE || seat(hits, start, taken[seat], taken, tried)) {
                taken[seat] = place;
                return true;
            }
        }
        return false;
    }

    private static int firstSeat(int[] taken) {
        int seat = 0;
        while (taken[seat] == Trie.NONE) {
            seat++;
        }
        return seat;
    }

    private static int lastSeat(int[] taken) {
        int seat = taken.length - 1;
        while (taken[seat] == Trie.NONE) {
            seat--;
        }
        return seat;
    }
}
