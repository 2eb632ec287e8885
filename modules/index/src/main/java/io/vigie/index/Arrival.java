package io.vigie.index;

/**
 * Where the record of a verbatim stands in its topic. Positions outlive the index: one that is built anew has the same.
 *
 * @param partition from 0 to {@value #PARTITION_MAX}
 * @param offset from 0 to {@value #OFFSET_MAX}
 */
public record Arrival(int partition, long offset) {
    private static final int OFFSET_BITS = 48;

    static final int PARTITION_MAX = (1 << (Long.SIZE - 1 - OFFSET_BITS)) - 1;
    static final long OFFSET_MAX = (1L << OFFSET_BITS) - 1;

    public Arrival {
        if (partition < 0 || partition > PARTITION_MAX || offset < 0 || offset > OFFSET_MAX) {
            throw new IllegalArgumentException("no arrival at offset " + offset + " of partition " + partition);
        }
    }

    static Arrival of(long position) {
        return new Arrival((int) (position >>> OFFSET_BITS), position & OFFSET_MAX);
    }

    /** As one number: those of a partition are together, and in its order. */
    long position() {
        return ((long) partition << OFFSET_BITS) | offset;
    }
}
