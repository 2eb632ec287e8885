package io.vigie.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Alert;
import io.vigie.events.AlertDelivery;
import io.vigie.events.serde.Decoding;
import io.vigie.index.VerbatimIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alerts to the webhooks of their searches. Of all processes of its group one delivers, because the topic of alerts
 * has one partition; another takes over when that ends.
 *
 * <p>How far each search is delivered is kept in a topic, the alerts of a delivery before it is first tried: so after a
 * kill at any moment the same delivery is tried again, with the same id. One thread runs it; {@link #close} is for others.
 */
public final class AlertDeliverer implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AlertDeliverer.class);

    /** Most deliveries on their way at once. */
    private static final int AT_ONCE_MAX = 16;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration KEPT_MAX = Duration.ofSeconds(30);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(5);
    private static final Duration TOO_EARLY_WAIT = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Parts parts;
    private final InstantSource clock;
    private final ZoneId zone;
    private final DeliveryMetrics metrics;
    private final Webhook webhook;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable Consumer<byte[], byte[]>> reader = new AtomicReference<>();
    private final Queue<Result> results = new ConcurrentLinkedQueue<>();

    /** Of the partition while it is ours. */
    private @Nullable Outbox outbox;

    private boolean gained;
    private int underway;
    private long committed = -1;
    private Instant lastCommit;

    /**
     * What it works with.
     *
     * @param alerts makes a consumer of committed alerts in a group, from the beginning when that has no offsets
     * @param topic of alerts
     * @param searches the saved searches, with every change that was acknowledged before this is asked
     * @param states what was kept, with everything that was acknowledged before this is asked
     * @param keep keeps how far a search is delivered
     * @param index where the words of an alert are found
     * @param ready whether the index has read what was there when it began
     * @param webhooks which addresses may be posted to
     * @param page address of the search page, without a slash at its end
     */
    public record Parts(
            Supplier<Consumer<byte[], byte[]>> alerts,
            String topic,
            Function<byte[], Decoding<Alert>> decode,
            Supplier<SearchDirectory> searches,
            Supplier<List<AlertDelivery>> states,
            Function<AlertDelivery, CompletableFuture<RecordMetadata>> keep,
            VerbatimIndex index,
            BooleanSupplier ready,
            WebhookRule webhooks,
            String page) {}

    private record Result(Outbox outbox, Outbox.Due delivery, Webhook.Tried tried) {}

    /** @param zone whose calendar hours and days follow */
    public AlertDeliverer(Parts parts, ZoneId zone, InstantSource clock, MeterRegistry meters) {
        this.parts = parts;
        this.zone = zone;
        this.clock = clock;
        this.lastCommit = clock.instant();
        this.metrics = new DeliveryMetrics(meters);
        this.webhook = new Webhook(parts.webhooks(), parts.index()::find, parts.page(), clock);
    }

    /** Delivers until {@link #close()}; after any failure it begins again where it was. */
    @Override
    public void run() {
        try (webhook) {
            while (closing.getCount() > 0) {
                try (var consumer = parts.alerts().get()) {
                    reader.set(consumer);
                    subscribe(consumer);
                    while (closing.getCount() > 0) {
                        step(consumer);
                    }
                } catch (WakeupException e) {
                    log.debug("woken up to close", e);
                } catch (InterruptException e) {
                    closing.countDown();
                } catch (RuntimeException e) {
                    pause(e);
                } finally {
                    reader.set(null);
                    outbox = null;
                }
            }
        }
    }

    void subscribe(Consumer<byte[], byte[]> consumer) {
        consumer.subscribe(List.of(parts.topic()), new Rebalance());
    }

    /** Polls once, and tries what is due. */
    void step(Consumer<byte[], byte[]> consumer) {
        var records = consumer.poll(POLL);
        if (gained) {
            gained = false;
            begin();
        }
        takeResults();
        var mine = outbox;
        if (mine == null) {
            return;
        }
        if (!records.isEmpty()) {
            var searches = parts.searches().get();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.value() != null
                        && parts.decode().apply(record.value()) instanceof Decoding.Decoded<Alert>(Alert alert)) {
                    mine.add(record.offset(), alert, searches.search(alert.getSearchId()));
                }
            }
        }
        var partition = new TopicPartition(parts.topic(), 0);
        long position = consumer.position(partition);
        if (parts.ready().getAsBoolean() && mine.first().isPresent()) {
            send(mine, position);
        }
        mine.takeUnkept().forEach(this::keep);
        commitWhenDue(consumer, partition, mine.first().orElse(position));
        metrics.standing(mine.waiting(), mine.retried());
    }

    private void begin() {
        var fresh = new Outbox(zone, metrics);
        parts.states().get().forEach(fresh::load);
        outbox = fresh;
        committed = -1;
    }

    private void send(Outbox mine, long position) {
        var searches = parts.searches().get();
        for (Outbox.Due due : mine.due(searches::search, position, clock.instant(), AT_ONCE_MAX - underway)) {
            if (due.begins()) {
                keep(mine.state(due.search().getSearchId()));
            }
            underway++;
            Thread.ofVirtual().name("webhook").start(() -> results.add(new Result(mine, due, webhook.post(due))));
        }
    }

    private void takeResults() {
        Result result;
        while ((result = results.poll()) != null) {
            underway--;
            var now = clock.instant();
            switch (result.tried()) {
                case Webhook.Tried.Acknowledged() -> {
                    metrics.acknowledged();
                    result.outbox().acknowledged(result.delivery(), now);
                }
                case Webhook.Tried.Failed(String why) -> {
                    metrics.failed();
                    log.warn(
                            "a delivery failed and is tried again; search={} delivery={} attempt={} why={}",
                            result.delivery().search().getSearchId(),
                            result.delivery().id(),
                            result.delivery().tries() + 1,
                            why);
                    result.outbox().failed(result.delivery(), now);
                }
                case Webhook.Tried.TooEarly() -> result.outbox().postponed(result.delivery(), now.plus(TOO_EARLY_WAIT));
            }
        }
    }

    private void keep(AlertDelivery state) {
        try {
            parts.keep().apply(state).get(KEPT_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the state of a delivery was not acknowledged", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Everything before is settled, or left out for good; the rest is read again after a restart. */
    private void commitWhenDue(Consumer<byte[], byte[]> consumer, TopicPartition partition, long first) {
        var now = clock.instant();
        if (first != committed && !now.isBefore(lastCommit.plus(COMMIT_EVERY))) {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(first)));
            committed = first;
            lastCommit = now;
        }
    }

    private void pause(RuntimeException failure) {
        if (closing.getCount() == 0) {
            return;
        }
        log.warn("delivering alerts failed and begins again; retry_ms={}", PAUSE.toMillis(), failure);
        try {
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    /** Asks {@link #run} to end after the step it is in; deliveries on their way are tried again by whoever comes next. */
    @Override
    public void close() {
        closing.countDown();
        var consumer = reader.get();
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            gained |= !partitions.isEmpty();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                outbox = null;
                gained = false;
            }
        }
    }
}
