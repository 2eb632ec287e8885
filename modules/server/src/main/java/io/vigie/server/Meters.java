package io.vigie.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the meters of this process, whichever of its parts keeps them. */
record Meters(MeterRegistry registry) {
    /** Empty when there is no such gauge, or it has no number at the moment. */
    OptionalDouble gauge(String name) {
        Gauge gauge = registry.find(name).gauge();
        double value = gauge == null ? Double.NaN : gauge.value();
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /**
     * How long it took so many.
     *
     * @param atMost what the share of them took at most, as far as the timer's bounds tell; empty when it is above them all
     */
    record Quantile(long count, Optional<Duration> atMost) {}

    /**
     * Of a timer with bounds, since this process began; empty when there is none, or it has not counted yet.
     *
     * @param share 0 to 1
     */
    Optional<Quantile> quantile(String name, double share) {
        Timer timer = registry.find(name).timer();
        if (timer == null || timer.count() == 0) {
            return Optional.empty();
        }
        var snapshot = timer.takeSnapshot();
        double wanted = share * snapshot.count();
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            if (bucket.count() >= wanted && Double.isFinite(bucket.bucket())) {
                return Optional.of(
                        new Quantile(snapshot.count(), Optional.of(Duration.ofNanos((long) bucket.bucket()))));
            }
        }
        return Optional.of(new Quantile(snapshot.count(), Optional.empty()));
    }
}
