package io.vigie.understanding;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A learned linear classifier: for each feature of a text one row of weights, one per label. Immutable.
 *
 * <p>Weights are kept in a byte each, with one factor per label: a hundred thousand features of sixty labels take six
 * megabytes.
 */
final class LinearModel {
    /** The most features, labels and heads that a file may have: it is read into memory. */
    static final int FEATURES_MAX = 4_000_000;

    static final int LABELS_MAX = 2_000;
    static final int HEADS_MAX = 16;

    private static final long FREE = -1;
    private static final int PRESENT_BITS = 21;
    private static final int PRESENT_SHIFT = Integer.SIZE - PRESENT_BITS;
    private static final int MAGIC = 0x56474D31;

    /** How many numbers say what a text shows as a whole, beside its words: see {@link #overall(double, boolean)}. */
    static final int OVERALL = 3;

    /** The numbers of a model, as training made them; {@code rows} hold one byte per label after another. */
    @SuppressWarnings("ArrayRecordComponent") // carries numbers; nobody compares two
    record Weights(float[] bias, float[] factor, float[][] overall, int[] features, byte[] rows) {}

    private final List<Head> heads;
    private final Weights weights;
    private final int labels;
    private final long[] slots;
    private final long[] present;
    private final String version;

    LinearModel(List<Head> heads, Weights weights) {
        this.heads = List.copyOf(heads);
        this.weights = weights;
        this.labels = weights.bias().length;
        this.slots = slots(weights.features());
        this.version = checksum(weights);
        this.present = present(weights.features());
    }

    /** The model that was trained with this module's corpus when it was built. */
    static LinearModel standard() {
        try (InputStream in = Resources.open("model.bin")) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the built-in model", e);
        }
    }

    List<Head> heads() {
        return heads;
    }

    /** The head of that name and the number of its first label, or {@link HeadAt#NONE} when the model has no such head. */
    HeadAt head(String name) {
        int first = 0;
        for (Head head : heads) {
            if (head.name().equals(name)) {
                return new HeadAt(head, first);
            }
            first += head.labels().size();
        }
        return HeadAt.NONE;
    }

    /** Where the labels of a head begin among all labels. */
    record HeadAt(Head head, int first) {
        static final HeadAt NONE = new HeadAt(new Head("", false, List.of(), 0), 0);
    }

    /** Changes with every weight. */
    String version() {
        return version;
    }

    int labels() {
        return labels;
    }

    float bias(int label) {
        return weights.bias()[label];
    }

    float factor(int label) {
        return weights.factor()[label];
    }

    /** What a text shows as a whole: how glad it is, how sad, and whether it asks; each in [0, 1]. */
    static float[] overall(double tone, boolean asks) {
        double squashed = tone / Math.sqrt(tone * tone + 1);
        return new float[] {(float) Math.max(0, squashed), (float) Math.max(0, -squashed), asks ? 1 : 0};
    }

    float overall(int what, int label) {
        return weights.overall()[what][label];
    }

    /** The row of a feature, or -1 when training saw nothing in it. */
    int row(int feature) {
        int bit = feature >>> PRESENT_SHIFT;
        if ((present[bit >>> 6] & 1L << bit) == 0) {
            return -1;
        }
        int mask = slots.length - 1;
        for (int slot = feature & mask; slots[slot] != FREE; slot = (slot + 1) & mask) {
            if ((int) (slots[slot] >>> Integer.SIZE) == feature) {
                return (int) slots[slot];
            }
        }
        return -1;
    }

    /** Adds a row, {@code value} times. */
    void add(int row, float value, float[] sums) {
        byte[] rows = weights.rows();
        int at = row * labels;
        for (int label = 0; label < labels; label++) {
            sums[label] += value * rows[at + label];
        }
    }

    float weight(int row, int label) {
        return weights.rows()[row * labels + label];
    }

    /** One bit for the first bits of each feature: most of what a text has was never learned, and this small table says so. */
    private static long[] present(int[] features) {
        var present = new long[1 << (PRESENT_BITS - 6)];
        for (int feature : features) {
            int bit = feature >>> PRESENT_SHIFT;
            present[bit >>> 6] |= 1L << bit;
        }
        return present;
    }

    /** Feature and row side by side, open-addressed: most lookups touch one cache line. */
    private static long[] slots(int[] features) {
        int size = Integer.highestOneBit(Math.max(2, features.length)) * 4;
        var slots = new long[size];
        Arrays.fill(slots, FREE);
        for (int row = 0; row < features.length; row++) {
            int slot = features[row] & (size - 1);
            while (slots[slot] != FREE) {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = ((long) features[row] << Integer.SIZE) | row;
        }
        return slots;
    }

    private static String checksum(Weights weights) {
        var crc = new CRC32();
        crc.update(weights.rows());
        for (float bias : weights.bias()) {
            crc.update(Float.floatToIntBits(bias));
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Writes a form that {@link #read} understands; the stream stays open. */
    void write(OutputStream to) throws IOException {
        var gzip = new GZIPOutputStream(to);
        var out = new DataOutputStream(new BufferedOutputStream(gzip));
        write(out);
        out.flush();
        gzip.finish();
    }

    /** As {@link #write(OutputStream)}, among other things. */
    void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(heads.size());
        for (Head head : heads) {
            out.writeUTF(head.name());
            out.writeBoolean(head.exclusive());
            out.writeDouble(head.prior());
            out.writeInt(head.labels().size());
            for (String label : head.labels()) {
                out.writeUTF(label);
            }
        }
        write(out, weights.bias());
        write(out, weights.factor());
        for (float[] overall : weights.overall()) {
            write(out, overall);
        }
        out.writeInt(weights.features().length);
        for (int feature : weights.features()) {
            out.writeInt(feature);
        }
        out.write(weights.rows());
    }

    /**
     * Reads what {@link #write} wrote; the stream stays open.
     *
     * @throws IOException when it is something else, or broken
     */
    static LinearModel read(InputStream from) throws IOException {
        return read(new DataInputStream(new BufferedInputStream(new GZIPInputStream(from))));
    }

    /** As {@link #read(InputStream)}, among other things. */
    static LinearModel read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("this is no model of Vigie");
        }
        var heads = new ArrayList<Head>();
        int count = bounded(in.readInt(), HEADS_MAX, "heads");
        for (int i = 0; i < count; i++) {
            heads.add(readHead(in));
        }
        int labels =
                bounded(heads.stream().mapToInt(head -> head.labels().size()).sum(), LABELS_MAX, "labels");
        float[] bias = floats(in, labels);
        float[] factor = floats(in, labels);
        var overall = new float[OVERALL][];
        for (int i = 0; i < overall.length; i++) {
            overall[i] = floats(in, labels);
        }
        var features = new int[bounded(in.readInt(), FEATURES_MAX, "features")];
        for (int i = 0; i < features.length; i++) {
            features[i] = in.readInt();
        }
        var rows = new byte[Math.multiplyExact(features.length, labels)];
        in.readFully(rows);
        return new LinearModel(heads, new Weights(bias, factor, overall, features, rows));
    }

    private static Head readHead(DataInputStream in) throws IOException {
        String name = in.readUTF();
        boolean exclusive = in.readBoolean();
        double prior = in.readDouble();
        var labels = new ArrayList<String>();
        int count = bounded(in.readInt(), LABELS_MAX, "labels");
        for (int i = 0; i < count; i++) {
            labels.add(in.readUTF());
        }
        return new Head(name, exclusive, labels, prior);
    }

    private static int bounded(int count, int max, String what) throws IOException {
        if (count < 0 || count > max) {
            throw new IOException("the model is broken: " + count + " " + what);
        }
        return count;
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
