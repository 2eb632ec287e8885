package io.vigie.bench;

import io.vigie.events.EventProducer;
import io.vigie.events.Offer;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Events straight to Kafka, through the producer that contact centres use. Any thread may send. */
final class Feed implements AutoCloseable {
    private final SchemaRegistry registry;
    private final EventProducer producer;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Feed(Vigie vigie) {
        this(vigie, Topics.standard());
    }

    Feed(Vigie vigie, Topics topics) {
        registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, vigie.registryUrl()));
        producer = EventProducer.create(topics, vigie.kafka(), registry);
    }

    /** Does not wait for the acknowledgement. */
    void send(Event event) {
        watch(event.sendTo(producer));
    }

    /** Does not wait for the acknowledgement. */
    void send(Offer offer) {
        watch(producer.send(offer));
    }

    private void watch(CompletableFuture<RecordMetadata> sent) {
        var _ = sent.whenComplete((_, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    /** Waits until everything sent is acknowledged; fails when something was not. */
    void settle() throws IOException {
        producer.flush();
        if (failure.get() != null) {
            throw new IOException("an event was not acknowledged", failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
    }
}
