package io.vigie.understanding;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What each word with all its pieces adds to every label. Most words of a text are among the few thousand that everybody
 * uses: they are summed up once. Safe for all threads; of the words that share two slots, the last two stay.
 */
final class WordSums {
    /** At 64 labels some 25 MB when full. */
    private static final int SLOTS = 1 << 16;

    /**
     * One word.
     *
     * @param word as its neighbours see it
     * @param sums per label, in units of the label's factor
     * @param norm the sum of the squares of its features
     */
    @SuppressWarnings("ArrayRecordComponent") // carries numbers; nobody compares two
    record Sum(char[] chars, TextFeatures.Word word, float[] sums, float norm) {
        boolean is(int hash, char[] others, int from, int until) {
            return word.hash() == hash && Arrays.equals(chars, 0, chars.length, others, from, until);
        }

        float of(int label) {
            return sums[label];
        }

        void addTo(float[] total) {
            for (int label = 0; label < total.length; label++) {
                total[label] += sums[label];
            }
        }
    }

    private final LinearModel model;
    private final Concepts concepts;
    private final AtomicReferenceArray<@Nullable Sum> slots = new AtomicReferenceArray<>(SLOTS);

    WordSums(LinearModel model, Concepts concepts) {
        this.model = model;
        this.concepts = concepts;
    }

    Sum of(char[] chars, int from, int until) {
        int hash = TextFeatures.hash(chars, from, until);
        int slot = hash & (SLOTS - 1);
        Sum known = slots.get(slot);
        if (known != null && known.is(hash, chars, from, until)) {
            return known;
        }
        Sum other = slots.get(slot ^ 1);
        if (other != null && other.is(hash, chars, from, until)) {
            return other;
        }
        Sum sum = sum(hash, chars, from, until);
        if (known != null) {
            slots.set(slot ^ 1, known);
        }
        slots.set(slot, sum);
        return sum;
    }

    private Sum sum(int hash, char[] chars, int from, int until) {
        var sums = new float[model.labels()];
        var norm = new float[1];
        Concepts.Start start = concepts.start(chars, from, until);
        TextFeatures.ofWord(chars, from, until, start, (feature, value) -> {
            norm[0] += value * value;
            int row = model.row(feature);
            if (row >= 0) {
                model.add(row, value, sums);
            }
        });
        var word = new TextFeatures.Word(hash, start);
        return new Sum(Arrays.copyOfRange(chars, from, until), word, sums, norm[0]);
    }
}
