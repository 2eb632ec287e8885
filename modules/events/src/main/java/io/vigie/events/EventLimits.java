package io.vigie.events;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** How large and how far off an event may be; beyond, it is refused at the HTTP door and a dead letter in the stream. */
@NullMarked
public final class EventLimits {
    /** Longest id of any kind, in UTF-16 units. */
    public static final int ID_LENGTH_MAX = 256;
    /** Longest name of an offer, in UTF-16 units. */
    public static final int NAME_LENGTH_MAX = 512;
    /** Longest text of one verbatim, in UTF-16 units: about 35 printed pages. */
    public static final int TEXT_LENGTH_MAX = 100_000;
    /** Largest event on the wire, in bytes: below Kafka's default of 1 MiB a batch, with room for its headers. */
    public static final int EVENT_BYTES_MAX = 900_000;
    /** Most attributes, tags or aliases of one record. */
    public static final int ENTRIES_MAX = 100;
    /** Most turns of a call or answers of a survey response. */
    public static final int PARTS_MAX = 5_000;
    /** How far an event's time may lie ahead of the clock: sources in other time zones or with a wrong clock. */
    public static final Duration FUTURE_MAX = Duration.ofDays(1);
    /** Events before this instant are taken for a mistake in the source, such as seconds for milliseconds. */
    public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private EventLimits() {}
}
