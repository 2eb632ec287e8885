package io.vigie.understanding;

/** Numbers of which most are zero: the others, each with its column. */
final class SparseRow {
    private final int[] columns;
    private final double[] values;

    /**
     * Keeps the arrays, which are the caller's no more.
     *
     * @param values as many as columns
     */
    SparseRow(int[] columns, double[] values) {
        this.columns = columns;
        this.values = values;
    }

    /** The product with weights by column. */
    double dot(double[] weights) {
        double sum = 0;
        for (int i = 0; i < columns.length; i++) {
            sum += weights[columns[i]] * values[i];
        }
        return sum;
    }

    /** Adds so many times this row to the weights. */
    void addTo(double[] weights, double times) {
        for (int i = 0; i < columns.length; i++) {
            weights[columns[i]] += times * values[i];
        }
    }

    /** The product with itself. */
    double square() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
