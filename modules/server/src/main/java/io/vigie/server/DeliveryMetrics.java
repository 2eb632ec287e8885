package io.vigie.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every meter of the delivery of alerts. */
final class DeliveryMetrics {
    private static final Logger log = LoggerFactory.getLogger(DeliveryMetrics.class);

    private final Counter acknowledged;
    private final Counter failed;
    private final Counter gaveUp;
    private final Counter leftOut;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();

    DeliveryMetrics(MeterRegistry meters) {
        this.acknowledged = deliveries(meters, "acknowledged");
        this.failed = deliveries(meters, "failed");
        this.gaveUp = deliveries(meters, "given_up");
        this.leftOut = Counter.builder("vigie.alerts.left.out")
                .description("Alerts that are not delivered: no webhook, muted, switched off, or too few for a digest")
                .register(meters);
        Gauge.builder("vigie.alerts.waiting", waiting, AtomicLong::get)
                .description("Alerts that are to be delivered")
                .register(meters);
        Gauge.builder("vigie.alerts.deliveries.retried", retried, AtomicLong::get)
                .description("Deliveries that have failed and are tried again")
                .register(meters);
    }

    void acknowledged() {
        acknowledged.increment();
    }

    void failed() {
        failed.increment();
    }

    void gaveUp(String searchId, long alerts) {
        gaveUp.increment();
        log.warn(
                "a delivery was given up, mend the receiver or the webhook of the search; search={} alerts={} after={}",
                searchId,
                alerts,
                Outbox.GIVE_UP_AFTER);
    }

    void leftOut(long alerts) {
        leftOut.increment((double) alerts);
    }

    void standing(long alerts, long deliveries) {
        waiting.set(alerts);
        retried.set(deliveries);
    }

    private static Counter deliveries(MeterRegistry meters, String result) {
        return Counter.builder("vigie.alerts.deliveries")
                .description("Tries to deliver alerts to a webhook")
                .tag("result", result)
                .register(meters);
    }
}
