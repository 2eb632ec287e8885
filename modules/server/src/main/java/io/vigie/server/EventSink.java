package io.vigie.server;

import io.vigie.events.CallEvent;
import io.vigie.events.EventProducer;
import io.vigie.events.Offer;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Where accepted events and offers go. Every future completes once they are safe, and fails when they are not. */
public interface EventSink {
    CompletableFuture<RecordMetadata> send(TicketEvent event);

    CompletableFuture<RecordMetadata> send(CallEvent event);

    CompletableFuture<RecordMetadata> send(SurveyEvent event);

    CompletableFuture<RecordMetadata> send(Offer offer);

    CompletableFuture<RecordMetadata> removeOffer(String offerId);

    /** To Kafka; the producer stays the caller's to close. */
    static EventSink to(EventProducer producer) {
        return new EventSink() {
            @Override
            public CompletableFuture<RecordMetadata> send(TicketEvent event) {
                return producer.send(event);
            }

            @Override
            public CompletableFuture<RecordMetadata> send(CallEvent event) {
                return producer.send(event);
            }

            @Override
            public CompletableFuture<RecordMetadata> send(SurveyEvent event) {
                return producer.send(event);
            }

            @Override
            public CompletableFuture<RecordMetadata> send(Offer offer) {
                return producer.send(offer);
            }

            @Override
            public CompletableFuture<RecordMetadata> removeOffer(String offerId) {
                return producer.removeOffer(offerId);
            }
        };
    }
}
