package io.vigie.topology;

import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a record is when it was produced, never when its event happened: retention and freshness go by arrival,
 * windows by the event's own time, which stays inside the event. So one event dated 2100 cannot push the stream's time
 * ahead, and importing ten years of history does not write records that retention deletes at once.
 */
final class ArrivalTime implements TimestampExtractor {
    private static final Duration BEHIND_MAX = Duration.ofDays(7);
    private static final Duration KEPT_MAX = Duration.ofDays(36_500);
    private static final Duration AHEAD_MAX = Duration.ofHours(1);

    private final InstantSource clock;
    private final Duration behindMax;

    private ArrivalTime(InstantSource clock, Duration behindMax) {
        this.clock = clock;
        this.behindMax = behindMax;
    }

    /** Of records that others write: a clock that is far off is theirs. */
    static ArrivalTime ofEvents(InstantSource clock) {
        return new ArrivalTime(clock, BEHIND_MAX);
    }

    /**
     * Of verbatims, which the stream itself has written: however old they are, reading them again must not make what comes
     * of them younger, or it would outlive its retention.
     */
    static ArrivalTime ofVerbatims(InstantSource clock) {
        return new ArrivalTime(clock, KEPT_MAX);
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long now = clock.millis();
        long produced = record.timestamp();
        boolean believable = produced >= now - behindMax.toMillis() && produced <= now + AHEAD_MAX.toMillis();
        return believable ? produced : now;
    }
}
