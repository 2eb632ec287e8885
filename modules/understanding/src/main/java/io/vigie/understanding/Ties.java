package io.vigie.understanding;

import java.util.Arrays;

/**
 * What the words of one text say together, of all that was learned: kept, so that the text is walked through once.
 * Looked up in one go, since the model is larger than the processor's caches, and lookups side by side wait together.
 */
final class Ties {
    /** Features, and from {@link #sum} on their rows. */
    private int[] keys = new int[128];

    private int[] first = new int[128];
    private int[] last = new int[128];
    private float[] values = new float[128];
    private int count;

    /** @param feature what the words from {@code first} to {@code last} show */
    void add(int feature, float value, int first, int last) {
        if (count == keys.length) {
            grow();
        }
        this.keys[count] = feature;
        this.values[count] = value;
        this.first[count] = first;
        this.last[count++] = last;
    }

    /** Keeps what the model has learned, and adds it up; to be called once, when all is added. */
    void sum(LinearModel model, float[] sums) {
        int known = 0;
        for (int tie = 0; tie < count; tie++) {
            int row = model.row(keys[tie]);
            if (row >= 0) {
                keys[known] = row;
                values[known] = values[tie];
                first[known] = first[tie];
                last[known++] = last[tie];
            }
        }
        count = known;
        for (int tie = 0; tie < count; tie++) {
            model.add(keys[tie], values[tie], sums);
        }
    }

    /** Adds to each word its part of what it says for a label with others. */
    void share(LinearModel model, int label, double[] shares) {
        for (int tie = 0; tie < count; tie++) {
            double each = values[tie] * model.weight(keys[tie], label) / (last[tie] - first[tie] + 1);
            for (int token = first[tie]; token <= last[tie]; token++) {
                shares[token] += each;
            }
        }
    }

    private void grow() {
        int size = count * 2;
        keys = Arrays.copyOf(keys, size);
        first = Arrays.copyOf(first, size);
        last = Arrays.copyOf(last, size);
        values = Arrays.copyOf(values, size);
    }
}
