package io.vigie.server;

import io.vigie.events.CallEvent;
import io.vigie.events.Offer;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Keeps what is sent; fails or stays silent for what it is told to. */
final class FakeKafka implements EventSink, OfferDirectory {
    static final String TOPIC = "events";

    private final List<SpecificRecord> sent = new ArrayList<>();
    private final Map<String, Offer> offers = new ConcurrentSkipListMap<>();
    private volatile Predicate<SpecificRecord> silent = _ -> false;
    private volatile Optional<Exception> failure = Optional.empty();

    void failWith(Exception cause) {
        failure = Optional.of(cause);
    }

    void neverAcknowledge(Predicate<SpecificRecord> which) {
        silent = which;
    }

    synchronized List<SpecificRecord> sent() {
        return List.copyOf(sent);
    }

    @Override
    public CompletableFuture<RecordMetadata> send(TicketEvent event) {
        return take(event);
    }

    @Override
    public CompletableFuture<RecordMetadata> send(CallEvent event) {
        return take(event);
    }

    @Override
    public CompletableFuture<RecordMetadata> send(SurveyEvent event) {
        return take(event);
    }

    @Override
    public CompletableFuture<RecordMetadata> send(Offer offer) {
        offers.put(offer.getOfferId(), offer);
        return take(offer);
    }

    @Override
    public CompletableFuture<RecordMetadata> removeOffer(String offerId) {
        offers.remove(offerId);
        return CompletableFuture.completedFuture(metadata());
    }

    @Override
    public List<Offer> offers() {
        return List.copyOf(offers.values());
    }

    @Override
    public Optional<Offer> offer(String id) {
        return Optional.ofNullable(offers.get(id));
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        return true;
    }

    private synchronized CompletableFuture<RecordMetadata> take(SpecificRecord record) {
        if (failure.isPresent()) {
            return CompletableFuture.failedFuture(failure.get());
        }
        if (silent.test(record)) {
            return new CompletableFuture<>();
        }
        sent.add(record);
        return CompletableFuture.completedFuture(metadata());
    }

    private synchronized RecordMetadata metadata() {
        return new RecordMetadata(new TopicPartition(TOPIC, 0), 0, Math.max(0, sent.size() - 1), 0, 0, 0);
    }
}
