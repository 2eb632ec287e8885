package io.vigie.server;

import io.vigie.events.AlertDelivery;
import io.vigie.events.serde.Decoding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How far the alerts of each saved search are delivered, by whichever process. Questions may come from any thread. */
public final class DeliveryStates implements DeliveryDirectory, AutoCloseable {
    private final Function<byte[], Decoding<AlertDelivery>> decode;
    private final TopicView view;
    private final Map<String, AlertDelivery> states = new ConcurrentHashMap<>();

    /** As {@link OfferView#OfferView}. */
    public DeliveryStates(
            Consumer<String, byte[]> consumer, String topic, Function<byte[], Decoding<AlertDelivery>> decode) {
        this.decode = decode;
        this.view = new TopicView("the deliveries of alerts", consumer, topic, Long.MAX_VALUE, this::apply);
    }

    /** Starts reading on a thread of its own. */
    public void start() {
        view.start();
    }

    /** All that are known here. */
    public List<AlertDelivery> states() {
        return List.copyOf(states.values());
    }

    @Override
    public Optional<AlertDelivery> state(String searchId) {
        return Optional.ofNullable(states.get(searchId));
    }

    /** Waits until everything before these offsets, by partition, is seen here; false when that takes longer. */
    public boolean awaits(Map<Integer, Long> ends, Duration max) {
        return view.awaits(ends, max);
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            states.remove(record.key());
        } else if (decode.apply(record.value()) instanceof Decoding.Decoded<AlertDelivery>(AlertDelivery state)) {
            states.put(record.key(), state);
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
