package io.vigie.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * What is sent live, and what is not.
 *
 * @param sent verbatims
 * @param missed verbatims that were passed over because their client was too far behind
 */
record LiveMetrics(Counter sent, Counter missed) {
    static LiveMetrics of(MeterRegistry meters, Supplier<Number> clients) {
        Gauge.builder("vigie.live.clients", clients)
                .description("Clients that listen for new verbatims")
                .register(meters);
        return new LiveMetrics(
                Counter.builder("vigie.live.sent")
                        .description("Verbatims sent to clients that listen")
                        .register(meters),
                Counter.builder("vigie.live.missed")
                        .description("Verbatims not sent to a client that was too far behind; it was told")
                        .register(meters));
    }
}
