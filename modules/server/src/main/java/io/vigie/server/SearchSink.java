package io.vigie.server;

import io.vigie.events.EventProducer;
import io.vigie.events.SavedSearch;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Where saved searches go. Every future completes once they are safe, and fails when they are not. */
public interface SearchSink {
    CompletableFuture<RecordMetadata> send(SavedSearch search);

    CompletableFuture<RecordMetadata> removeSearch(String id);

    /** To Kafka; the producer stays the caller's to close. */
    static SearchSink to(EventProducer producer) {
        return new SearchSink() {
            @Override
            public CompletableFuture<RecordMetadata> send(SavedSearch search) {
                return producer.send(search);
            }

            @Override
            public CompletableFuture<RecordMetadata> removeSearch(String id) {
                return producer.removeSearch(id);
            }
        };
    }
}
