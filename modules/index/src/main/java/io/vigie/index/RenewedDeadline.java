package io.vigie.index;

import java.time.Clock;
import java.time.Duration;
import org.apache.lucene.index.QueryTimeout;

/** When the present step of a longer reading must end. Owned by the thread that reads. */
final class RenewedDeadline implements QueryTimeout {
    private final Clock clock;
    private long endMillis;

    RenewedDeadline(Clock clock, Duration firstStepMax) {
        this.clock = clock;
        renew(firstStepMax);
    }

    void renew(Duration stepMax) {
        endMillis = clock.millis() + stepMax.toMillis();
    }

    @Override
    public boolean shouldExit() {
        return clock.millis() >= endMillis;
    }
}
