package io.vigie.sink;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Time that passes when it is told to; the clock on the wall can also be set. */
final class FakeTime implements InstantSource, LongSupplier {
    private Instant wall = Instant.parse("2026-03-10T12:00:00Z");
    /** Below zero, as it may be on some systems. */
    private long nanos = -Duration.ofDays(1).toNanos();

    void pass(Duration duration) {
        wall = wall.plus(duration);
        nanos += duration.toNanos();
    }

    void setWall(Instant instant) {
        wall = instant;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
