package io.vigie.topology.signals;

import org.jspecify.annotations.Nullable;

/** Where a {@link SignalDetector} keeps what it remembers. Values are handed over, never changed afterwards. */
public interface SignalState {
    byte @Nullable [] get(String key);

    void put(String key, byte[] value);
}
