package io.vigie.index;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * How much two texts resemble each other: which part of their pairs of neighbouring words they share (Jaccard). Kept as the
 * smallest hashes of the pairs, which are a fair sample of them all: the bottom-k sketch of A. Z. Broder, "On the
 * resemblance and containment of documents", 1997. For texts with fewer pairs than the sketch has room for it is no
 * estimate but exact.
 */
final class Sketch {
    /** Most hashes kept: exact for nearly all verbatims; of a long transcript the error is about 3 points of 100. */
    static final int HASHES_MAX = 256;

    /**
     * From here on two texts are the same but for a few words: one word changed in the middle of ten leaves 7 of 11 pairs.
     */
    static final double NEAR_DUPLICATE_MIN = 0.6;

    private final long[] hashes;

    private Sketch(long[] hashes) {
        this.hashes = hashes;
    }

    static Sketch of(List<TextAnalyzer.Word> words) {
        var smallest = new TreeSet<Long>();
        // A text of one word has no pair, and is itself.
        for (int i = 0; i < Math.max(1, words.size() - 1) && !words.isEmpty(); i++) {
            var second = i + 1 < words.size() ? words.get(i + 1).text() : "";
            smallest.add(hash(words.get(i).text() + ' ' + second));
            if (smallest.size() > HASHES_MAX) {
                smallest.pollLast();
            }
        }
        return of(smallest);
    }

    private static Sketch of(Collection<Long> hashes) {
        return new Sketch(hashes.stream().mapToLong(Long::longValue).toArray());
    }

    private static long hash(String pair) {
        return StringHelper.murmurhash3_x64_128(new BytesRef(pair))[0];
    }

    /** From 0, nothing in common, to 1, the same words in the same order; 0 when one has no words. */
    double resemblance(Sketch other) {
        if (hashes.length == 0 || other.hashes.length == 0) {
            return 0;
        }
        boolean sampled = hashes.length == HASHES_MAX || other.hashes.length == HASHES_MAX;
        int unionMax = sampled ? HASHES_MAX : Integer.MAX_VALUE;
        int shared = 0;
        int union = 0;
        int mine = 0;
        int theirs = 0;
        while (union < unionMax && (mine < hashes.length || theirs < other.hashes.length)) {
            int order = order(hashes, mine, other.hashes, theirs);
            shared += order == 0 ? 1 : 0;
            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
            union++;
        }
        return (double) shared / union;
    }

    private static int order(long[] mine, int i, long[] theirs, int j) {
        if (i == mine.length) {
            return 1;
        }
        return j == theirs.length ? -1 : Long.compare(mine[i], theirs[j]);
    }

    boolean isNearDuplicateOf(Sketch other) {
        return resemblance(other) >= NEAR_DUPLICATE_MIN;
    }
}
