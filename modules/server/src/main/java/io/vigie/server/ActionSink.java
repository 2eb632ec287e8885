package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.EventProducer;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Where actions go. The future completes once one is safe, and fails when it is not. */
public interface ActionSink {
    CompletableFuture<RecordMetadata> send(Action action);

    /** To Kafka; the producer stays the caller's to close. */
    static ActionSink to(EventProducer producer) {
        return producer::send;
    }
}
