package io.vigie.server;

import io.vigie.events.Signal;
import io.vigie.events.serde.Decoding;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest weak signals in memory, fed from the end of their topic. Questions may come from any thread. */
public final class SignalView implements SignalDirectory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SignalView.class);
    /** How far before its end the topic is begun: transactions leave marks in between. */
    private static final long OFFSETS_MAX = 3L * SIGNALS_MAX;

    private static final Comparator<Signal> NEWEST_FIRST =
            Comparator.comparing(Signal::getDetectedAt).reversed().thenComparing(Signal::getSignalId);

    private final Function<byte[], Decoding<Signal>> decode;
    private final TopicView view;
    /** Guarded by itself; in the order of their coming. */
    private final Map<String, Signal> signals = new LinkedHashMap<>();

    /** As {@link OfferView#OfferView}. */
    public SignalView(Consumer<String, byte[]> consumer, String topic, Function<byte[], Decoding<Signal>> decode) {
        this.decode = decode;
        this.view = new TopicView("the weak signals", consumer, topic, OFFSETS_MAX, this::apply);
    }

    /** Starts reading on a thread of its own. */
    public void start() {
        view.start();
    }

    /** Up once it has caught up; down with what to do otherwise. */
    public Health.State state() {
        return view.state();
    }

    @Override
    public List<Signal> newest() {
        synchronized (signals) {
            return signals.values().stream().sorted(NEWEST_FIRST).toList();
        }
    }

    /** Polls once; true when something changed. */
    boolean step() {
        return view.step();
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            synchronized (signals) {
                signals.remove(record.key());
            }
            return;
        }
        switch (decode.apply(record.value())) {
            case Decoding.Decoded<Signal>(Signal signal) -> keep(record.key(), signal);
            case Decoding.Undecodable<Signal>(String reason, String detail) ->
                log.warn(
                        "signal skipped; partition={} offset={} reason={} detail={}",
                        record.partition(),
                        record.offset(),
                        reason,
                        detail);
        }
    }

    private void keep(String id, Signal signal) {
        synchronized (signals) {
            signals.remove(id);
            signals.put(id, signal);
            if (signals.size() > SIGNALS_MAX) {
                signals.remove(signals.keySet().iterator().next());
            }
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
