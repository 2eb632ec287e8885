package io.vigie.understanding;

/** Draws lots among texts: which go into a test is chance, but the same chance wherever and whenever it is drawn. */
public final class TextDraw {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int FRACTION_BITS = 53;

    private TextDraw() {}

    /** A number in [0, 1), evenly spread over texts; equal texts draw the same, so that none is on both sides of a split. */
    public static double of(long seed, String text) {
        long hash = OFFSET_BASIS ^ mix(seed);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return (mix(hash) >>> (Long.SIZE - FRACTION_BITS)) * 0x1p-53;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
