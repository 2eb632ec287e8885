package io.vigie.sink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Every meter of the matching of saved searches. */
final class AlertMetrics {
    private final MeterRegistry meters;
    private final Timer matching;
    private final Counter verbatims;
    private final Counter written;
    private final Counter repeated;
    private final Counter revised;
    private final Counter restarts;
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong lag = new AtomicLong();

    AlertMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.matching = Timer.builder("vigie.alerts.matching")
                .description("Time to run every saved search over a batch of verbatims")
                .register(meters);
        this.verbatims = counter("vigie.alerts.verbatims", "Verbatims that saved searches were run over");
        this.written = alerts("written");
        this.repeated = alerts("repeated");
        this.revised = counter(
                "vigie.alerts.verbatims.revised", "Verbatims that were only written anew, and so not matched again");
        this.restarts = counter("vigie.alerts.restarts", "How often matching failed and began again where it was");
        Gauge.builder("vigie.alerts.searches", searches, AtomicInteger::get)
                .description("Saved searches that alert")
                .register(meters);
        Gauge.builder("vigie.alerts.searches.refused", refused, AtomicInteger::get)
                .description("Saved searches that alert and cannot be run")
                .register(meters);
        Gauge.builder("vigie.alerts.lag.records", lag, AtomicLong::get)
                .description("Verbatims written but not yet matched by this process")
                .register(meters);
    }

    Timer.Sample start() {
        return Timer.start(meters);
    }

    void matched(Timer.Sample started, int count, int unable) {
        started.stop(matching);
        verbatims.increment(count);
        refused.set(unable);
    }

    void written(int alerts) {
        written.increment(alerts);
    }

    void repeated() {
        repeated.increment();
    }

    void revised() {
        revised.increment();
    }

    void restarted() {
        restarts.increment();
    }

    void searches(int count) {
        searches.set(count);
    }

    void lag(long records) {
        lag.set(records);
    }

    private Counter alerts(String result) {
        return Counter.builder("vigie.alerts")
                .description("Matches of new verbatims with saved searches: written, or left out as repeated")
                .tag("result", result)
                .register(meters);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }
}
