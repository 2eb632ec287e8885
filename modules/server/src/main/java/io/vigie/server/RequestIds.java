package io.vigie.server;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Names requests, so that what a client was told can be found in the log. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private final String start;
    private final AtomicLong count = new AtomicLong();

    /** Ids of one start of the server differ from those of another. */
    RequestIds(InstantSource clock) {
        this.start = Long.toString(clock.millis(), Character.MAX_RADIX);
    }

    String next() {
        return start + "-" + count.incrementAndGet();
    }
}
