package io.vigie.server;

import io.vigie.events.Alert;
import io.vigie.events.serde.Decoding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest alerts of each saved search in memory, fed from the end of their topic. Questions may come from any thread. */
public final class AlertView implements AlertDirectory, AutoCloseable {
    /** How far before its end the topic is begun. */
    private static final long OFFSETS_MAX = 50_000;

    private static final int SEARCHES_MAX = 2 * SearchesEndpoint.SEARCHES_MAX;

    private final Function<byte[], Decoding<Alert>> decode;
    private final TopicView view;
    /** Guarded by itself; the search that got no alert for longest goes first. */
    private final Map<String, Deque<Seen>> newest = new LinkedHashMap<>(16, 0.75f, true);

    private final AlertLog log = new AlertLog();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** As {@link OfferView#OfferView}. */
    public AlertView(Consumer<String, byte[]> consumer, String topic, Function<byte[], Decoding<Alert>> decode) {
        this.decode = decode;
        this.view = new TopicView("alerts", consumer, topic, OFFSETS_MAX, this::apply);
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
        return view.caughtUp();
    }

    private record Seen(long offset, Alert alert) {}

    /** Starts reading on a thread of its own. */
    public void start() {
        view.start();
    }

    @Override
    public List<Alert> newest(String searchId) {
        synchronized (newest) {
            return newest.getOrDefault(searchId, new ArrayDeque<>()).stream()
                    .map(Seen::alert)
                    .toList();
        }
    }

    /** Polls once; true when something changed. */
    boolean step() {
        return view.step();
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() != null && decode.apply(record.value()) instanceof Decoding.Decoded<Alert>(Alert alert)) {
            synchronized (newest) {
                add(newest.computeIfAbsent(alert.getSearchId(), _ -> new ArrayDeque<>()), record.offset(), alert);
                if (newest.size() > SEARCHES_MAX) {
                    newest.remove(newest.keySet().iterator().next());
                }
            }
            log.add(record.offset(), alert);
            listeners.forEach(Runnable::run);
        }
    }

    private static void add(Deque<Seen> seen, long offset, Alert alert) {
        if (seen.isEmpty() || seen.getFirst().offset() < offset) {
            seen.addFirst(new Seen(offset, alert));
            if (seen.size() > ALERTS_MAX) {
                seen.removeLast();
            }
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
