package io.vigie.server;

import io.vigie.events.serde.Decoding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger in memory, fed from its compacted topic: the newest state of each entry. Questions may come from any thread.
 *
 * @param <T> an entry
 */
public final class LedgerView<T> implements LedgerDirectory<T>, AutoCloseable {
    /** Most entries held; the one that changed longest ago goes first. */
    static final int ENTRIES_MAX = 100_000;

    private static final Logger log = LoggerFactory.getLogger(LedgerView.class);

    private final String what;
    private final Function<byte[], Decoding<T>> decode;
    private final Function<T, String> offerOf;
    private final TopicView view;
    /** Guarded by itself; in the order of the last change. */
    private final Map<String, T> entries = new LinkedHashMap<>();

    /**
     * A view that does nothing yet.
     *
     * @param what the topic tells, for messages: "the promises"
     * @param consumer without a group; becomes the view's own
     * @param decode as in {@link OfferView#OfferView}
     * @param offerOf which offer an entry is counted on
     */
    public LedgerView(
            String what,
            Consumer<String, byte[]> consumer,
            String topic,
            Function<byte[], Decoding<T>> decode,
            Function<T, String> offerOf) {
        this.what = what;
        this.decode = decode;
        this.offerOf = offerOf;
        this.view = new TopicView(what, consumer, topic, Long.MAX_VALUE, this::apply);
    }

    /** Starts reading on a thread of its own. */
    public void start() {
        view.start();
    }

    @Override
    public List<T> of(String offerId) {
        synchronized (entries) {
            return entries.values().stream()
                    .filter(entry -> offerOf.apply(entry).equals(offerId))
                    .toList();
        }
    }

    /** Up once it has caught up; down with what to do otherwise. */
    public Health.State state() {
        return view.state();
    }

    /** Polls once; true when something changed. */
    boolean step() {
        return view.step();
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            synchronized (entries) {
                entries.remove(record.key());
            }
            return;
        }
        switch (decode.apply(record.value())) {
            case Decoding.Decoded<T>(T entry) -> put(record.key(), entry);
            case Decoding.Undecodable<T>(String reason, String detail) ->
                log.warn(
                        "entry of {} skipped; partition={} offset={} reason={} detail={}",
                        what,
                        record.partition(),
                        record.offset(),
                        reason,
                        detail);
        }
    }

    private void put(String key, T entry) {
        synchronized (entries) {
            entries.remove(key);
            entries.put(key, entry);
            if (entries.size() > ENTRIES_MAX) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
