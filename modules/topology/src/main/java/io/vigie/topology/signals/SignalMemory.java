package io.vigie.topology.signals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** State in memory, for a run over the past; bounded: what was not asked for longest is forgotten first. */
public final class SignalMemory implements SignalState {
    private final Map<String, byte[]> values = new LinkedHashMap<>(16, 0.75f, true);
    private final int entriesMax;
    private long forgotten;

    /** @param entriesMax how many entries are kept; a rare term is one of about 150 bytes */
    public SignalMemory(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return values.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        values.put(key, value);
        if (values.size() > entriesMax) {
            values.remove(values.keySet().iterator().next());
            forgotten++;
        }
    }

    /** How many entries had to go; signals may differ from those of a stream when there are any. */
    public long forgotten() {
        return forgotten;
    }
}
