package io.vigie.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All meters of this module, registered at start so that they are seen before they first count. */
final class ServerMetrics {
    private static final Duration[] SEARCH_BOUNDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2)
    };

    private final MeterRegistry meters;
    private final Map<Endpoint, Timer> searches;
    private final Map<Rejection, Counter> rejections;
    private final Map<Exported, Counter> exports;

    ServerMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.searches = perValue(
                Endpoint.class,
                endpoint -> Timer.builder("vigie.search")
                        .description("Time to answer a request that reads the index")
                        .tag("endpoint", label(endpoint))
                        .serviceLevelObjectives(SEARCH_BOUNDS)
                        .register(meters));
        this.rejections = perValue(
                Rejection.class,
                reason -> Counter.builder("vigie.search.rejected")
                        .description("Searches that were refused")
                        .tag("reason", label(reason))
                        .register(meters));
        this.exports = perValue(
                Exported.class,
                result -> Counter.builder("vigie.exports")
                        .description("Exports that have ended")
                        .tag("result", label(result))
                        .register(meters));
    }

    /** Endpoints that read the index. */
    enum Endpoint {
        SEARCH,
        VERBATIM,
        CONVERSATION,
        SIMILAR,
        COMPARE,
        /** A saved search over the past, also when it is saved. */
        BACKTEST,
        /** The verbatims of alerts. */
        ALERTS,
        /** Whether the verbatims of an action are there. */
        ACTIONS,
        /** One count of a test whether an action has helped. */
        RECURRENCE,
        /** The sheet of an offer. */
        SHEET,
        /** What became of what an agent reported. */
        FEED,
        /** Until the result is found and counted; the sending takes as long as the client reads. */
        EXPORT
    }

    /** How an export ended: whole, broken by us, or left by its client. */
    enum Exported {
        COMPLETE,
        FAILED,
        ABANDONED
    }

    /** Why a search is refused; the first ones are the index's own reasons. */
    enum Rejection {
        SYNTAX,
        TOO_COMPLEX,
        TOO_LONG,
        BAD_CURSOR,
        CURSOR_EXPIRED,
        TOO_SLOW,
        BAD_PARAMETER,
        BUSY
    }

    /** What became of a received event. */
    record Received(Counter accepted, Counter rejected, Counter failed) {}

    /** @param kind ticket, call or survey */
    Received received(String kind) {
        return new Received(received(kind, "accepted"), received(kind, "rejected"), received(kind, "failed"));
    }

    Timer search(Endpoint endpoint) {
        return of(searches, endpoint);
    }

    Counter rejected(Rejection reason) {
        return of(rejections, reason);
    }

    Counter exported(Exported result) {
        return of(exports, result);
    }

    /** Starts a clock for one of the timers. */
    Timer.Sample start() {
        return Timer.start(meters);
    }

    private Counter received(String kind, String result) {
        return Counter.builder("vigie.events.received")
                .description("Events that came in over HTTP")
                .tag("kind", kind)
                .tag("result", result)
                .register(meters);
    }

    private static <E extends Enum<E>, M> Map<E, M> perValue(Class<E> type, Function<E, M> meter) {
        return Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(value -> value, meter, (first, _) -> first, () -> new EnumMap<>(type)));
    }

    private static <E, M> M of(Map<E, M> meters, E value) {
        M meter = meters.get(value);
        if (meter == null) {
            throw new IllegalStateException("no meter for " + value);
        }
        return meter;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
