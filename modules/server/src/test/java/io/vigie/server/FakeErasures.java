package io.vigie.server;

import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Keeps requests and receipts; the key of a customer is his id behind a letter. */
final class FakeErasures implements ErasureDirectory {
    static final String PLACE = "index:here:8080";

    final Map<String, Erasure> requests = new ConcurrentSkipListMap<>();
    final Map<String, ErasureReceipt> receipts = new ConcurrentSkipListMap<>();

    Erasing erasing() {
        return new Erasing(Optional.of(id -> "k" + id), this, this::add, PLACE);
    }

    CompletableFuture<RecordMetadata> add(Erasure request) {
        requests.put(request.getRequestId(), request);
        return CompletableFuture.completedFuture(
                new RecordMetadata(new TopicPartition("voc.erasures", 0), 0, 0, 0, 0, 0));
    }

    CompletableFuture<RecordMetadata> add(ErasureReceipt receipt) {
        receipts.put(receipt.getRequestId() + "|" + receipt.getPlace(), receipt);
        return CompletableFuture.completedFuture(
                new RecordMetadata(new TopicPartition("voc.erasure-receipts", 0), 0, 0, 0, 0, 0));
    }

    @Override
    public List<Erasure> requests() {
        return List.copyOf(requests.values());
    }

    @Override
    public Optional<Erasure> request(String requestId) {
        return Optional.ofNullable(requests.get(requestId));
    }

    @Override
    public Optional<Erasure> latest(String customerKey) {
        return requests.values().stream()
                .filter(request -> request.getCustomerKey().equals(customerKey))
                .max(java.util.Comparator.comparing(Erasure::getRequestedAt));
    }

    @Override
    public List<ErasureReceipt> receipts(String requestId) {
        return receipts.values().stream()
                .filter(receipt -> receipt.getRequestId().equals(requestId))
                .toList();
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        return true;
    }
}
