package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.vigie.server.EventStream.Event;
import io.vigie.server.EventStreams.Batch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamsTest {
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final Signal news = new Signal();
    private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger flooded = new AtomicInteger();
    private volatile Optional<Refusal> refusal = Optional.empty();
    private volatile boolean broken;
    private EventStreams streams = new EventStreams(2, news, SELDOM);
    private Javalin javalin = serving();

    @AfterEach
    void stop() {
        streams.close();
        javalin.stop();
    }

    @Test
    void aClientGetsAnIdAtOnceAndEventsAsTheyCome() {
        try (var client = client()) {
            assertThat(client.message()).isEqualTo(new EventClient.Message("0", "message", ""));
            assertThat(client.response().headers().firstValue("Content-Type")).contains("text/event-stream");

            say(new Event("1", "said", "déçu"), new Event("2", "said", "two\nlines"));

            assertThat(client.event()).isEqualTo(new EventClient.Message("1", "said", "déçu"));
            assertThat(client.event()).isEqualTo(new EventClient.Message("2", "said", "two\nlines"));
        }
    }

    @Test
    void aSilentStreamShowsThatItLives() {
        restart(new EventStreams(2, news, Duration.ofMillis(20)));

        try (var client = client()) {
            client.message();

            assertThat(client.message()).isEqualTo(new EventClient.Message("0", "comment", ""));
            assertThat(client.message()).isEqualTo(new EventClient.Message("0", "comment", ""));
        }
    }

    @Test
    void aDeadClientIsNoticedAndItsPlaceIsFree() throws IOException {
        restart(new EventStreams(2, news, Duration.ofMillis(20)));
        try (var _ = deaf("")) {
            until(() -> streams.clients() == 1);
        }

        until(() -> streams.clients() == 0);
        assertThat(streams.clients()).isZero();
    }

    @Test
    void whoDoesNotReadHoldsUpNobodyAndNothingIsReadAheadForIt() throws IOException {
        try (var _ = deaf("?flood")) {
            until(() -> flooded.get() > 1);
            try (var client = client()) {
                for (int i = 1; i <= 5; i++) {
                    say(new Event(Integer.toString(i), "said", "still here"));
                    assertThat(client.event().id()).isEqualTo(Integer.toString(i));
                }
            }

            assertThat(flooded.get()).isLessThan(40);
        }
    }

    @Test
    void oneClientTooManyIsToldWhenToComeAgain() {
        try (var one = client();
                var two = client();
                var three = client()) {
            assertThat(one.response().statusCode()).isEqualTo(200);
            assertThat(two.response().statusCode()).isEqualTo(200);
            assertThat(three.response().statusCode()).isEqualTo(503);
            assertThat(three.response().headers().firstValue("Retry-After")).contains("10");
        }
    }

    @Test
    void aFeedThatCannotGoOnSaysSoAndEnds() {
        try (var client = client()) {
            client.message();

            refusal = Optional.of(new Refusal(Fault.QUERY_TOO_COSTLY, "too slow"));
            news.raise();

            assertThat(client.event()).isEqualTo(new EventClient.Message("0", "refused", "{\"detail\":\"too slow\"}"));
            client.awaitEnd();
        }
    }

    @Test
    void aFeedThatFailsEndsItsStreamInOrder() {
        try (var client = client()) {
            client.message();

            broken = true;
            news.raise();

            client.awaitEnd();
            until(() -> streams.clients() == 0);
        }
    }

    @Test
    void closingEndsAllStreamsAndTakesNoMore() {
        try (var one = client();
                var two = client()) {
            streams.close();

            one.awaitEnd();
            two.awaitEnd();
            try (var late = client()) {
                assertThat(late.response().statusCode()).isEqualTo(503);
            }
        }
    }

    @Test
    void whoDoesNotReadKeepsNoServerRunning() throws IOException {
        try (var _ = deaf("?flood")) {
            until(() -> flooded.get() > 1);
            int before = -1;
            while (before != flooded.get()) {
                before = flooded.get();
                LockSupport.parkNanos(50_000_000);
            }
            long started = System.nanoTime();

            streams.close();
            until(() -> streams.clients() == 0);

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
        }
    }

    private final class Queue implements EventStreams.Feed {
        private String position = "0";

        @Override
        public String position() {
            return position;
        }

        @Override
        public Batch next() throws Refusal {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            if (broken) {
                throw new IllegalStateException("broken for a test");
            }
            List<Event> batch = new ArrayList<>();
            waiting.drainTo(batch, 2);
            batch.forEach(event -> position = event.id());
            return new Batch(batch, !waiting.isEmpty());
        }
    }

    /** A megabyte whenever it is asked. */
    private final class Flood implements EventStreams.Feed {
        @Override
        public String position() {
            return "0";
        }

        @Override
        public Batch next() {
            flooded.incrementAndGet();
            return new Batch(List.of(new Event("0", "flood", "x".repeat(1 << 20))), true);
        }
    }

    private void say(Event... events) {
        waiting.addAll(List.of(events));
        news.raise();
    }

    private void restart(EventStreams other) {
        stop();
        streams = other;
        javalin = serving();
    }

    private Javalin serving() {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get(
                            "/events",
                            context -> streams.serve(
                                    context, () -> context.queryString() == null ? new Queue() : new Flood()));
                    config.routes.exception(Refusal.class, (refused, context) -> {
                        context.status(refused.problem().status());
                        refused.problem()
                                .retryAfterSeconds()
                                .ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
                    });
                })
                .start("127.0.0.1", 0);
    }

    private EventClient client() {
        return new EventClient(URI.create("http://127.0.0.1:" + javalin.port() + "/events"), Optional.empty());
    }

    /** A client that asks and never reads. */
    private Socket deaf(String query) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), javalin.port()));
        socket.getOutputStream()
                .write(("GET /events" + query + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private interface Fact {
        boolean holds();
    }

    private static void until(Fact fact) {
        while (!fact.holds()) {
            Thread.onSpinWait();
        }
    }
}
