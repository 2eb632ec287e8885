package io.vigie.understanding;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;

/**
 * Learns from the {@link Stretches} of labelled texts: a support vector machine whose features are weighed by how unevenly
 * Naive Bayes finds them among the labels (Wang and Manning, ACL 2012), and then scaled to one length, which that paper
 * does not do and which is what makes the difference here. Squared hinge loss, by dual coordinate descent (Hsieh et al.,
 * ICML 2008). The same texts and seed give the same model.
 */
final class StretchTrainer {
    /** So many stretches of all texts are held in memory, at some 12 bytes each: of about 25,000 texts of 80 words. */
    static final long HELD_MAX = 40_000_000;

    private static final int TEXTS_MIN = 4;
    private static final double COST = 1;
    private static final double DIAGONAL = 0.5 / COST;
    private static final int ROUNDS_MAX = 60;
    private static final double PRECISION = 0.05;

    private final int[] chosen;
    private final double[] rarity;
    private final List<Row> rows;
    private final long seed;

    /** What a text has of the chosen stretches: which, and how much each says. */
    @SuppressWarnings("ArrayRecordComponent") // carries numbers; nobody compares two
    private record Row(int[] columns, float[] times) {}

    private StretchTrainer(List<Stretches> texts, long seed) {
        this.seed = seed;
        int[] all = sorted(texts);
        int textsMin = TEXTS_MIN;
        while (different(all, textsMin) > StretchModel.STRETCHES_MAX) {
            textsMin++;
        }
        chosen = new int[different(all, textsMin)];
        rarity = new double[chosen.length];
        choose(all, textsMin, texts.size());
        rows = texts.parallelStream().map(this::row).toList();
    }

    /** {@link StretchModel#NONE} when there are too many texts or labels to learn so closely from. */
    static StretchModel train(List<LabelledText> texts, String head, long seed) {
        SortedSet<String> labels = TextClassifier.labels(texts, head);
        if (labels.size() > StretchModel.LABELS_MAX) {
            return StretchModel.NONE;
        }
        var stretches = texts.parallelStream()
                .map(text -> Stretches.of(
                        Tokenizer.tokenize(Redactor.redact(text.text()).text())))
                .toList();
        if (stretches.stream().mapToLong(one -> one.hashes().length).sum() > HELD_MAX) {
            return StretchModel.NONE;
        }
        boolean mirrored = labels.size() == 2 && TextClassifier.isExclusive(texts, head);
        var learned = mirrored ? List.of(labels.last()) : List.copyOf(labels);
        return new StretchTrainer(stretches, seed).learn(texts, head, learned);
    }

    private StretchModel learn(List<LabelledText> from, String head, List<String> labels) {
        var bias = new float[labels.size()];
        var stakes = new short[labels.size()][];
        var weights = new short[labels.size()][];
        for (int label = 0; label < bias.length; label++) {
            String name = labels.get(label);
            boolean[] has = has(from, head, name);
            double[] stake = stakes(has);
            double[] found = weights(has, vectors(stake));
            bias[label] = (float) found[chosen.length];
            stakes[label] = new short[chosen.length];
            weights[label] = new short[chosen.length];
            for (int column = 0; column < chosen.length; column++) {
                stakes[label][column] = Float.floatToFloat16((float) stake[column]);
                weights[label][column] = Float.floatToFloat16((float) (found[column] * stake[column]));
            }
        }
        return new StretchModel(new StretchModel.Numbers(bias, chosen, stakes, weights));
    }

    private static boolean[] has(List<LabelledText> texts, String head, String label) {
        var has = new boolean[texts.size()];
        for (int i = 0; i < has.length; i++) {
            var labels = texts.get(i).labels().get(head);
            has[i] = labels != null && labels.contains(label);
        }
        return has;
    }

    private static int[] sorted(List<Stretches> texts) {
        var all = texts.stream()
                .flatMapToInt(text -> Arrays.stream(text.hashes()))
                .toArray();
        Arrays.parallelSort(all);
        return all;
    }

    /** How many stretches so many texts have. */
    private static int different(int[] all, int textsMin) {
        int different = 0;
        int first = 0;
        for (int i = 1; i <= all.length; i++) {
            if (i == all.length || all[i] != all[first]) {
                different += i - first >= textsMin ? 1 : 0;
                first = i;
            }
        }
        return different;
    }

    private void choose(int[] all, int textsMin, int texts) {
        int next = 0;
        int first = 0;
        for (int i = 1; i <= all.length; i++) {
            if (i == all.length || all[i] != all[first]) {
                if (i - first >= textsMin) {
                    chosen[next] = all[first];
                    rarity[next++] = 1 + Math.log((1.0 + texts) / (1 + i - first));
                }
                first = i;
            }
        }
    }

    private Row row(Stretches text) {
        var columns = new int[text.hashes().length];
        var times = new float[columns.length];
        int count = 0;
        int from = 0;
        for (int i = 0; i < columns.length; i++) {
            int at = Arrays.binarySearch(chosen, from, chosen.length, text.hashes()[i]);
            if (at >= 0) {
                columns[count] = at;
                times[count++] = text.weight(i);
            }
            from = at >= 0 ? at + 1 : -at - 1;
        }
        return new Row(Arrays.copyOf(columns, count), Arrays.copyOf(times, count));
    }

    /** By column, how unevenly texts with the label and those without show it, times how rare it is. */
    private double[] stakes(boolean[] has) {
        var with = new double[chosen.length];
        var without = new double[chosen.length];
        Arrays.fill(with, 1);
        Arrays.fill(without, 1);
        for (int text = 0; text < has.length; text++) {
            double[] counted = has[text] ? with : without;
            for (int column : rows.get(text).columns()) {
                counted[column]++;
            }
        }
        double odds =
                Math.log(Arrays.stream(without).sum() / Arrays.stream(with).sum());
        for (int column = 0; column < with.length; column++) {
            with[column] = rarity[column] * (odds + Math.log(with[column] / without[column]));
        }
        return with;
    }

    /** Each text as a vector of length 1. */
    private List<Row> vectors(double[] stakes) {
        return rows.parallelStream().map(row -> vector(row, stakes)).toList();
    }

    private static Row vector(Row row, double[] stakes) {
        var values = new float[row.times().length];
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (row.times()[i] * stakes[row.columns()[i]]);
            squares += values[i] * values[i];
        }
        float norm = (float) Math.sqrt(squares);
        for (int i = 0; i < values.length && norm > 0; i++) {
            values[i] /= norm;
        }
        return new Row(row.columns(), values);
    }

    /** The weights by column, and the bias behind them. */
    private double[] weights(boolean[] has, List<Row> vectors) {
        var weights = new double[chosen.length + 1];
        var dual = new double[has.length];
        var order = new int[has.length];
        Arrays.setAll(order, i -> i);
        var random = new Random(seed);
        double slack = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && slack > PRECISION; round++) {
            shuffle(order, random);
            slack = 0;
            for (int text : order) {
                slack = Math.max(slack, step(text, has[text] ? 1 : -1, vectors.get(text), weights, dual));
            }
        }
        return weights;
    }

    /** Moves one text's share in the weights to where it is best, the others given; returns how far from there it was. */
    private static double step(int text, int sign, Row vector, double[] weights, double[] dual) {
        int bias = weights.length - 1;
        double dot = weights[bias];
        double squares = 1 + DIAGONAL;
        for (int i = 0; i < vector.columns().length; i++) {
            dot += weights[vector.columns()[i]] * vector.times()[i];
            squares += vector.times()[i] * vector.times()[i];
        }
        double slope = sign * dot - 1 + DIAGONAL * dual[text];
        double old = dual[text];
        dual[text] = Math.max(old - slope / squares, 0);
        double moved = (dual[text] - old) * sign;
        weights[bias] += moved;
        for (int i = 0; moved != 0 && i < vector.columns().length; i++) {
            weights[vector.columns()[i]] += moved * vector.times()[i];
        }
        return old == 0 && slope > 0 ? 0 : Math.abs(slope);
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
    }
}
