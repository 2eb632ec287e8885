package io.vigie.events;

import org.jspecify.annotations.NullMarked;

/** An event is larger on the wire than {@link EventLimits#EVENT_BYTES_MAX}. */
@NullMarked
public final class EventTooLargeException extends RuntimeException {
    EventTooLargeException(int bytes) {
        super("the event has " + bytes + " bytes in Avro; at most " + EventLimits.EVENT_BYTES_MAX);
    }
}
