package io.vigie.events;

import io.vigie.events.serde.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events and offers as the contract wants them: keyed, in Avro, acknowledged by all replicas, never doubled by
 * a retry. Safe for use by several threads.
 *
 * <p>It does not apply {@link EventRules}: the stream does, and answers with a dead letter; call the rules first to hear
 * of a bad event at once.
 */
@NullMarked
public final class EventProducer implements AutoCloseable {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);
    /** A few milliseconds of waiting make batches of what arrives together, which costs far less than it delays. */
    private static final String LINGER_MS = "2";

    private final Topics topics;
    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> serializer;

    EventProducer(Topics topics, Producer<String, byte[]> producer, SchemaRegistry registry) {
        this.topics = topics;
        this.producer = producer;
        this.serializer = registry.serializer();
    }

    /**
     * Connects lazily.
     *
     * @param kafka settings of the Kafka producer; {@code bootstrap.servers} at least
     * @param registry outlives this producer
     */
    public static EventProducer create(Topics topics, Map<String, ?> kafka, SchemaRegistry registry) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        config.putAll(kafka);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return new EventProducer(
                topics, new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()), registry);
    }

    /** Completes when Kafka has acknowledged the event; fails, never throws, when it cannot be sent. */
    public CompletableFuture<RecordMetadata> send(TicketEvent event) {
        return send(topics.tickets(), event.getTicketId(), event);
    }

    /** As {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(CallEvent event) {
        return send(topics.calls(), event.getCallId(), event);
    }

    /** As {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(SurveyEvent event) {
        return send(topics.surveys(), event.getResponseId(), event);
    }

    /** Declares an offer or changes it; as {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(Offer offer) {
        return send(topics.offers(), offer.getOfferId(), offer);
    }

    /** Takes an offer out of the catalogue; its topic and verbatims stay. As {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> removeOffer(String offerId) {
        return send(topics.offers(), offerId, null);
    }

    /** Saves a search or changes it; as {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(SavedSearch search) {
        return send(topics.searches(), search.getSearchId(), search);
    }

    /** Forgets a saved search; as {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> removeSearch(String searchId) {
        return send(topics.searches(), searchId, null);
    }

    /** Keeps how far alerts are delivered; as {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(AlertDelivery delivery) {
        return send(topics.alertDeliveries(), delivery.getSearchId(), delivery);
    }

    /** Requests the erasure of a customer; as {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(Erasure erasure) {
        return send(topics.erasures(), erasure.getCustomerKey(), erasure);
    }

    /** Keeps what became of an erasure in one place; as {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(ErasureReceipt receipt) {
        return send(topics.erasureReceipts(), receipt.getRequestId() + "|" + receipt.getPlace(), receipt);
    }

    /** Publishes what somebody did; as {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(Action action) {
        return send(topics.actions(), action.getActionId(), action);
    }

    /** Keeps what somebody did; as {@link #send(TicketEvent)}. */
    public CompletableFuture<RecordMetadata> send(AuditEntry entry) {
        return send(topics.audit(), entry.getRequestId(), entry);
    }

    public void flush() {
        producer.flush();
    }

    private CompletableFuture<RecordMetadata> send(String topic, String key, @Nullable SpecificRecord value) {
        var sent = new CompletableFuture<RecordMetadata>();
        try {
            byte[] bytes = value == null ? null : serializer.serialize(topic, value);
            if (bytes != null && bytes.length > EventLimits.EVENT_BYTES_MAX) {
                throw new EventTooLargeException(bytes.length);
            }
            var _ = producer.send(new ProducerRecord<>(topic, key, bytes), (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(metadata);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | EventTooLargeException | IllegalStateException e) {
            // Illegal state: the producer was closed meanwhile.
            sent.completeExceptionally(e);
        }
        return sent;
    }

    @Override
    public void close() {
        producer.close(CLOSE_MAX);
        serializer.close();
    }
}
