package io.vigie.app;

import java.util.Arrays;

/**
 * The offset of the last record of each key of one partition, in 16 bytes a slot: keys are told apart by 64 bits of a hash,
 * which mixes up one pair in ten million with a chance of one in a hundred thousand.
 */
final class LastOffsets {
    private static final int SLOTS_FIRST = 1 << 10;
    private static final long FREE = -1;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[SLOTS_FIRST];
    private long[] offsets = free(SLOTS_FIRST);
    private int size;

    void put(byte[] key, long offset) {
        if (size * 2 >= hashes.length) {
            grow();
        }
        put(hash(key), offset);
    }

    boolean isLast(byte[] key, long offset) {
        return offsets[slot(hash(key))] == offset;
    }

    /** Where the hash is, or where it belongs. */
    private int slot(long hash) {
        int slot = (int) (hash ^ (hash >>> Integer.SIZE)) & (hashes.length - 1);
        while (offsets[slot] != FREE && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private void put(long hash, long offset) {
        int slot = slot(hash);
        size += offsets[slot] == FREE ? 1 : 0;
        hashes[slot] = hash;
        offsets[slot] = offset;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldOffsets = offsets;
        int slots = Math.multiplyExact(hashes.length, 2);
        hashes = new long[slots];
        offsets = free(slots);
        size = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldOffsets[i] != FREE) {
                put(oldHashes[i], oldOffsets[i]);
            }
        }
    }

    private static long[] free(int slots) {
        long[] free = new long[slots];
        Arrays.fill(free, FREE);
        return free;
    }

    /** FNV-1a, mixed once more: its low bits alone are not good enough. */
    private static long hash(byte[] key) {
        long hash = FNV_BASIS;
        for (byte one : key) {
            hash = (hash ^ (one & 0xFF)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
