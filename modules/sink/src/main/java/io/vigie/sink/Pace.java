package io.vigie.sink;

import java.time.Duration;

/**
 * How often the sink makes its work visible and durable.
 *
 * @param refreshEvery shortest time between two refreshes while records arrive; nothing is refreshed when none do
 * @param commitEvery longest time that applied records stay without a commit
 * @param commitRecords most records that stay without a commit
 */
public record Pace(Duration refreshEvery, Duration commitEvery, int commitRecords) {
    /**
     * A refresh costs tens of milliseconds whatever it makes visible, a commit some hundred: often enough for a quarter of
     * a second, seldom enough to leave the processor to others.
     */
    public static Pace standard() {
        return new Pace(Duration.ofMillis(60), Duration.ofSeconds(5), 50_000);
    }
}
