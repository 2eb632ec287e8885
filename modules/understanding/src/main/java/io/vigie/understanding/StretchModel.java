package io.vigie.understanding;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A learned linear classifier of {@link Stretches}. For each label a stretch has a stake, how much it is worth looking
 * at, and a weight; a text is scaled to the length of its stakes. Immutable.
 */
final class StretchModel {
    /** The most stretches that are learned: a file has then some 8 MB for the first label and 4 for each other. */
    static final int STRETCHES_MAX = 1_000_000;

    static final int LABELS_MAX = 8;

    /** From the distance to the border, which is 1 where training is content, to a logarithm of odds. */
    private static final double SLOPE = 3.5;

    /**
     * The numbers, as training made them; of two labels that exclude each other only the second has some.
     *
     * @param bias by label
     * @param stretches in rising order
     * @param stakes by label, then stretch; 16-bit floats
     * @param weights by label, then stretch; each times its stake
     */
    @SuppressWarnings("ArrayRecordComponent") // carries numbers; nobody compares two
    record Numbers(float[] bias, int[] stretches, short[][] stakes, short[][] weights) {}

    /** Knows nothing; what others say stands. */
    static final StretchModel NONE =
            new StretchModel(new Numbers(new float[0], new int[0], new short[0][], new short[0][]));

    private final Numbers numbers;

    StretchModel(Numbers numbers) {
        this.numbers = numbers;
    }

    boolean knows() {
        return numbers.bias().length > 0;
    }

    /**
     * What the stretches of a text say for each label, as a logarithm of odds.
     *
     * @param labels how many there are
     */
    double[] logits(Stretches text, int labels) {
        int[] rows = rows(text);
        var logits = new double[labels];
        int learned = numbers.bias().length;
        for (int label = 0; label < learned; label++) {
            logits[labels - learned + label] = SLOPE * distance(text, rows, label);
        }
        if (learned < labels) {
            logits[0] = -logits[1];
        }
        return logits;
    }

    private double distance(Stretches text, int[] rows, int label) {
        short[] stakes = numbers.stakes()[label];
        short[] weights = numbers.weights()[label];
        double squares = 0;
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] >= 0) {
                double times = text.weight(i);
                double stake = times * Float.float16ToFloat(stakes[rows[i]]);
                squares += stake * stake;
                sum += times * Float.float16ToFloat(weights[rows[i]]);
            }
        }
        return numbers.bias()[label] + (squares > 0 ? sum / Math.sqrt(squares) : 0);
    }

    /** Both are in rising order: each is looked for behind the one before. */
    private int[] rows(Stretches text) {
        var rows = new int[text.hashes().length];
        int from = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.binarySearch(numbers.stretches(), from, numbers.stretches().length, text.hashes()[i]);
            from = rows[i] >= 0 ? rows[i] + 1 : -rows[i] - 1;
        }
        return rows;
    }

    /** Changes with every weight; empty when it knows nothing. */
    String version() {
        int version = Arrays.hashCode(numbers.bias());
        for (short[] weights : numbers.weights()) {
            version = version * 31 + Arrays.hashCode(weights);
        }
        return knows() ? HexFormat.of().toHexDigits(version) : "";
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(numbers.bias().length);
        out.writeInt(numbers.stretches().length);
        for (float bias : numbers.bias()) {
            out.writeFloat(bias);
        }
        for (int stretch : numbers.stretches()) {
            out.writeInt(stretch);
        }
        for (int label = 0; label < numbers.bias().length; label++) {
            write(out, numbers.stakes()[label]);
            write(out, numbers.weights()[label]);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param labels of the classifier that it is a part of
     * @throws IOException when it is something else, or broken
     */
    static StretchModel read(DataInputStream in, int labels) throws IOException {
        int learned = in.readInt();
        int stretches = in.readInt();
        boolean mirrored = labels == 2 && learned == 1;
        if ((learned != labels && !mirrored) || learned > LABELS_MAX || stretches < 0 || stretches > STRETCHES_MAX) {
            throw new IOException("the model is broken: " + stretches + " stretches for " + learned + " labels");
        }
        var bias = new float[learned];
        for (int i = 0; i < learned; i++) {
            bias[i] = in.readFloat();
        }
        var features = new int[stretches];
        for (int i = 0; i < stretches; i++) {
            features[i] = in.readInt();
        }
        var stakes = new short[learned][];
        var weights = new short[learned][];
        for (int label = 0; label < learned; label++) {
            stakes[label] = readShorts(in, stretches);
            weights[label] = readShorts(in, stretches);
        }
        return new StretchModel(new Numbers(bias, features, stakes, weights));
    }

    private static void write(DataOutputStream out, short[] values) throws IOException {
        for (short value : values) {
            out.writeShort(value);
        }
    }

    private static short[] readShorts(DataInputStream in, int count) throws IOException {
        var values = new short[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readShort();
        }
        return values;
    }
}
