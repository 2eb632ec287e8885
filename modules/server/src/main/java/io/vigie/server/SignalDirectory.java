package io.vigie.server;

import io.vigie.events.Signal;
import java.util.List;

/** The weak signals as they are known here. Any thread may ask. */
public interface SignalDirectory {
    /** How many are kept at most. */
    int SIGNALS_MAX = 20_000;

    /** All that are kept, the newest first. */
    List<Signal> newest();
}
