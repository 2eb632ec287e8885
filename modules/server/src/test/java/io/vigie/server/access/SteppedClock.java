package io.vigie.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to go on. */
public final class SteppedClock implements InstantSource {
    private volatile Instant now;

    public SteppedClock(Instant now) {
        this.now = now;
    }

    public void step(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
