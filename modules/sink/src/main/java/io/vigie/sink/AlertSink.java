package io.vigie.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Alert;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an alert for each new verbatim that a saved search finds. The processes of a group share the partitions of
 * verbatims; each alert is written once, in one transaction with the offsets of what was read.
 *
 * <p>One thread runs it; {@link #close} is for others.
 */
public final class AlertSink implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AlertSink.class);

    private static final Duration BACKOFF_FIRST = Duration.ofMillis(200);

    private final AlertClients clients;
    private final Topics topics;
    private final AvroDecoder<Verbatim> decoder;
    private final Serializer<Alert> serializer;
    private final WatchedSearches searches;
    private final InstantSource clock;
    private final AlertMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable AlertSession> session = new AtomicReference<>();
    private Duration backoff = BACKOFF_FIRST;

    public AlertSink(
            AlertClients clients,
            Topics topics,
            AvroDecoder<Verbatim> decoder,
            Serializer<Alert> serializer,
            WatchedSearches searches,
            InstantSource clock,
            MeterRegistry meters) {
        this.clients = clients;
        this.topics = topics;
        this.decoder = decoder;
        this.serializer = serializer;
        this.searches = searches;
        this.clock = clock;
        this.metrics = new AlertMetrics(meters);
    }

    /** Matches until {@link #close()}; after any failure it begins again where it was. */
    @Override
    public void run() {
        while (closing.getCount() > 0) {
            try (var one = open()) {
                session.set(one);
                one.open();
                while (closing.getCount() > 0) {
                    one.step();
                    backoff = BACKOFF_FIRST;
                }
            } catch (WakeupException e) {
                log.debug("woken up to close", e);
            } catch (InterruptException e) {
                closing.countDown();
            } catch (IOException | RuntimeException e) {
                pause(e);
            } finally {
                session.set(null);
            }
        }
    }

    private AlertSession open() {
        return new AlertSession(clients, topics, decoder, serializer, searches, clock, System::nanoTime, metrics);
    }

    private void pause(Exception failure) {
        if (closing.getCount() == 0) {
            return;
        }
        log.warn("matching of saved searches failed and begins again; retry_ms={}", backoff.toMillis(), failure);
        metrics.restarted();
        try {
            if (!closing.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                backoff = IndexSink.longer(backoff);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    /** Asks {@link #run} to end after the step it is in. */
    @Override
    public void close() {
        closing.countDown();
        var current = session.get();
        if (current != null) {
            current.wakeup();
        }
    }
}
