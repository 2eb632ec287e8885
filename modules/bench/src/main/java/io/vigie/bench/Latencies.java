package io.vigie.bench;

import java.util.Arrays;

/** Latencies of one kind, each of them kept. Owned by one thread at a time. */
final class Latencies {
    private long[] nanos = new long[1_024];
    private int count;

    void add(long latencyNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = latencyNanos;
    }

    int count() {
        return count;
    }

    /** In milliseconds: the smallest latency that so many percent of all do not exceed; 0 when there are none. */
    double percentile(double percent) {
        if (count == 0) {
            return 0;
        }
        Arrays.sort(nanos, 0, count);
        int rank = (int) Math.ceil(percent / 100 * count);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }

    double max() {
        return percentile(100);
    }
}
