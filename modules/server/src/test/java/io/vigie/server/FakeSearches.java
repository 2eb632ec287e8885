package io.vigie.server;

import io.vigie.events.Alert;
import io.vigie.events.AlertDelivery;
import io.vigie.events.SavedSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Keeps what is saved; fails when it is told to. */
final class FakeSearches implements SearchDirectory, SearchSink, AlertDirectory {
    final List<Alert> alerts = new ArrayList<>();
    final Map<String, AlertDelivery> deliveries = new ConcurrentHashMap<>();
    private final Map<String, SavedSearch> saved = new ConcurrentSkipListMap<>();
    private final AlertLog log = new AlertLog();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    volatile boolean caughtUp = true;
    private volatile Optional<Exception> failure = Optional.empty();

    /** Loopback is allowed, as on a machine where somebody tries it. */
    Alerting alerting() {
        return new Alerting(
                this, this, id -> Optional.ofNullable(deliveries.get(id)), this, new WebhookRule(Set.of("127.0.0.1")));
    }

    /** As one that was just found. */
    void alert(Alert alert) {
        log.add(log.next(), alert);
        listeners.forEach(Runnable::run);
    }

    @Override
    public List<Alert> newest(String searchId) {
        return alerts.stream()
                .filter(alert -> alert.getSearchId().equals(searchId))
                .toList();
    }

    @Override
    public AlertLog log() {
        return log;
    }

    @Override
    public void onAlert(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public boolean caughtUp() {
        return caughtUp;
    }

    void failWith(Exception cause) {
        failure = Optional.of(cause);
    }

    @Override
    public List<SavedSearch> searches() {
        return List.copyOf(saved.values());
    }

    @Override
    public Optional<SavedSearch> search(String id) {
        return Optional.ofNullable(saved.get(id));
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        return true;
    }

    @Override
    public CompletableFuture<RecordMetadata> send(SavedSearch search) {
        return taken(() -> saved.put(search.getSearchId(), search));
    }

    @Override
    public CompletableFuture<RecordMetadata> removeSearch(String id) {
        return taken(() -> saved.remove(id));
    }

    private CompletableFuture<RecordMetadata> taken(Runnable change) {
        if (failure.isPresent()) {
            return CompletableFuture.failedFuture(failure.get());
        }
        change.run();
        return CompletableFuture.completedFuture(new RecordMetadata(new TopicPartition("any", 0), 0, 0, 0, 0, 0));
    }
}
