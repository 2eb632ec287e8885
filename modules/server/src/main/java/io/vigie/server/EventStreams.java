package io.vigie.server;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.vigie.server.EventStream.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of server-sent events, so many at once and no more. Each has the thread of its request, which asks the stream's
 * feed whenever there is news and writes what it gets: a slow client holds up nobody but itself, and what waits for it is
 * not kept here but left to the feed, which has to bound it.
 */
final class EventStreams implements AutoCloseable {
    /** How soon a dead client is noticed; well below the minute in which idle connections are cut. */
    static final Duration BEAT_EVERY = Duration.ofSeconds(15);

    /** How soon a client shall come again after a break. */
    private static final Duration RETRY = Duration.ofSeconds(2);
    /** Often enough for the eye, and it keeps what hundreds of changes a second would cost in bounds. */
    private static final Duration ASK_EVERY = Duration.ofMillis(100);

    /** How long a stream that ends waits for a client that is slow to read; who does not read keeps no server running. */
    private static final Duration FAREWELL_MAX = Duration.ofSeconds(1);

    private static final int BUSY_RETRY_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    private final int atOnceMax;
    private final Semaphore places;
    private final Signal news;
    private final Duration beatEvery;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param news raised whenever a feed may have something */
    EventStreams(int atOnceMax, Signal news, Duration beatEvery) {
        this.atOnceMax = atOnceMax;
        this.places = new Semaphore(atOnceMax);
        this.news = news;
        this.beatEvery = beatEvery;
    }

    /**
     * Some events to send.
     *
     * @param more whether there are more to be had at once
     */
    record Batch(List<Event> events, boolean more) {
        Batch {
            events = List.copyOf(events);
        }
    }

    /** What one client is to get. Asked by one thread. */
    interface Feed {
        /** Where a client stands that has been sent all batches so far. */
        String position();

        /**
         * What there is now, not waiting for anything; nothing is an answer. A feed whose client fell too far behind
         * passes over what it cannot keep, and says so with an event.
         *
         * @throws Refusal when it cannot go on; the client is told and has to come again
         */
        Batch next() throws Refusal, IOException;
    }

    /** Makes the feed of a request. */
    interface Opening {
        /**
         * The feed, which may have looked already.
         *
         * @throws Refusal when the request is wrong; it is answered like any other
         */
        Feed open() throws Refusal, IOException;
    }

    /** How many clients there are. */
    int clients() {
        return atOnceMax - places.availablePermits();
    }

    /** Answers a request with a stream, until its client leaves or the server stops. */
    Document serve(Context context, Opening opening) throws Refusal, IOException {
        if (closed) {
            throw unavailable("the server is stopping");
        }
        if (!places.tryAcquire()) {
            throw unavailable(atOnceMax + " clients listen, which is all at once; try again when one has left");
        }
        try {
            Feed feed = opening.open();
            context.contentType("text/event-stream");
            context.header("X-Accel-Buffering", "no");
            if (context.method().equals(HandlerType.GET)) {
                // Not Javalin's own stream, which would compress and so hold back what is written.
                serve(feed, context);
            }
        } finally {
            places.release();
        }
        return Document.sent();
    }

    private void serve(Feed feed, Context context) throws IOException {
        var endPoint = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        var client = new EventStream(context.res().getOutputStream(), endPoint::close);
        open.add(client);
        try {
            run(feed, client, context);
        } finally {
            open.remove(client);
        }
    }

    /** Ends all streams, those of clients that do not read not in order; no client misses anything by it that comes again. */
    @Override
    public void close() {
        closed = true;
        news.raise();
        try {
            if (places.tryAcquire(atOnceMax, FAREWELL_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(atOnceMax);
            } else {
                open.forEach(EventStream::cut);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Feed feed, EventStream client, Context context) {
        try {
            client.begin(feed.position(), RETRY.toMillis());
        } catch (IOException e) {
            log.debug("a client left at once", e);
            return;
        }
        try {
            follow(feed, client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.debug("a client left", e);
        } catch (FeedFailure e) {
            log.error(
                    "a stream of events ended, its client comes again by itself; requestId={}",
                    context.res().getHeader(RequestIds.HEADER),
                    e);
        }
    }

    private void follow(Feed feed, EventStream client) throws IOException, InterruptedException, FeedFailure {
        long sent = System.nanoTime();
        while (!closed) {
            long noticed = news.raised();
            long asked = System.nanoTime();
            Batch batch;
            try {
                batch = next(feed);
            } catch (Refusal e) {
                client.send(List.of(new Event(feed.position(), "refused", refused(e))));
                return;
            }
            if (!batch.events().isEmpty()) {
                client.send(batch.events());
                sent = System.nanoTime();
            } else if (left(beatEvery, sent).isZero()) {
                client.beat(feed.position());
                sent = System.nanoTime();
            }
            if (!batch.more()) {
                Thread.sleep(left(ASK_EVERY, asked));
                if (!closed) {
                    news.await(noticed, left(beatEvery, sent));
                }
            }
        }
    }

    /** A failure of ours, unlike one of the client's. */
    private static final class FeedFailure extends Exception {
        FeedFailure(Throwable cause) {
            super(cause);
        }
    }

    private static Batch next(Feed feed) throws Refusal, FeedFailure {
        try {
            return feed.next();
        } catch (IOException | RuntimeException e) {
            throw new FeedFailure(e);
        }
    }

    private static String refused(Refusal refusal) {
        return Document.compact(out -> {
            out.writeStartObject();
            out.writeStringField("detail", refusal.problem().detail());
            out.writeEndObject();
        });
    }

    private static Duration left(Duration of, long since) {
        long nanos = of.toNanos() - (System.nanoTime() - since);
        return Duration.ofNanos(Math.max(0, nanos));
    }

    private static Refusal unavailable(String detail) {
        return new Refusal(Problem.of(Fault.UNAVAILABLE, detail).retryAfter(BUSY_RETRY_SECONDS));
    }
}
