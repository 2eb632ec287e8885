package io.vigie.bench;

import java.time.Duration;

/**
 * How much is measured; everything is bounded by it.
 *
 * @param warmUpEvents imported before anything is measured, so that most code is compiled
 * @param events of one throughput phase
 * @param perSecond the fixed rate of the freshness and search phases
 * @param warmUp at that rate, not measured
 * @param measured at that rate, after the warm-up
 * @param searchesPerSecond of the search phases
 * @param seed of all events
 */
record Scale(
        int warmUpEvents,
        int events,
        int perSecond,
        Duration warmUp,
        Duration measured,
        int searchesPerSecond,
        long seed) {}
