package io.vigie.server;

import java.time.Duration;
import java.util.Set;

/**
 * Where the server listens and how much it takes at once.
 *
 * @param host a loopback address or name
 * @param port 1 to 65535, or 0 for any free one
 * @param names further values of the Host header to answer to, with or without a port; loopback names always work
 * @param eventsPerRequestMax most events of one request
 * @param bodyBytesMax largest request body, as sent and after decompression
 * @param bodyBytesAtOnceMax most bytes of request bodies held at once over all requests; a further request waits, then
 *     is told to come again
 * @param acknowledgeMax longest wait for Kafka to acknowledge the events of one request
 * @param searchesAtOnceMax most searches running at once
 * @param searchWaitMax longest wait of a further search for its turn
 */
public record ServerSettings(
        String host,
        int port,
        Set<String> names,
        int eventsPerRequestMax,
        int bodyBytesMax,
        int bodyBytesAtOnceMax,
        Duration acknowledgeMax,
        int searchesAtOnceMax,
        Duration searchWaitMax) {
    private static final int MIB = 1024 * 1024;

    public ServerSettings {
        names = Set.copyOf(names);
        if (eventsPerRequestMax < 1 || bodyBytesMax < 1 || searchesAtOnceMax < 1) {
            throw new IllegalArgumentException("a limit of the HTTP server is below 1");
        }
        if (bodyBytesAtOnceMax < bodyBytesMax) {
            throw new IllegalArgumentException(
                    "bodyBytesAtOnceMax is below bodyBytesMax: no large body would ever pass");
        }
    }

    /** The defaults at this address. */
    public static ServerSettings at(String host, int port) {
        return new ServerSettings(
                host, port, Set.of(), 10_000, 16 * MIB, 64 * MIB, Duration.ofSeconds(30), 16, Duration.ofSeconds(1));
    }

    public ServerSettings withNames(Set<String> others) {
        return new ServerSettings(
                host,
                port,
                others,
                eventsPerRequestMax,
                bodyBytesMax,
                bodyBytesAtOnceMax,
                acknowledgeMax,
                searchesAtOnceMax,
                searchWaitMax);
    }

    public ServerSettings withEventsPerRequestMax(int max) {
        return new ServerSettings(
                host,
                port,
                names,
                max,
                bodyBytesMax,
                bodyBytesAtOnceMax,
                acknowledgeMax,
                searchesAtOnceMax,
                searchWaitMax);
    }

    public ServerSettings withAcknowledgeMax(Duration max) {
        return new ServerSettings(
                host,
                port,
                names,
                eventsPerRequestMax,
                bodyBytesMax,
                bodyBytesAtOnceMax,
                max,
                searchesAtOnceMax,
                searchWaitMax);
    }
}
