package io.vigie.server;

import io.vigie.events.Offer;
import io.vigie.events.serde.Decoding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offer catalogue in memory, fed from its compacted topic from the beginning. Questions may come from any thread. */
public final class OfferView implements OfferDirectory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OfferView.class);

    private final Function<byte[], Decoding<Offer>> decode;
    private final TopicView view;
    private final ConcurrentSkipListMap<String, Offer> offers = new ConcurrentSkipListMap<>();

    /**
     * A view that does nothing yet.
     *
     * @param consumer without a group; becomes the view's own
     * @param decode reads a value; throws a {@link org.apache.kafka.common.KafkaException} when that is worth another try
     *     later
     */
    public OfferView(Consumer<String, byte[]> consumer, String topic, Function<byte[], Decoding<Offer>> decode) {
        this.decode = decode;
        this.view = new TopicView("the offer catalogue", consumer, topic, Long.MAX_VALUE, this::apply);
    }

    /** Starts reading on a thread of its own. */
    public void start() {
        view.start();
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
        return view.awaits(written, max);
    }

    /** Whether everything that was in the topic when the view began is known here. */
    public boolean caughtUp() {
        return view.caughtUp();
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
            offers.remove(record.key());
            return;
        }
        switch (decode.apply(record.value())) {
            case Decoding.Decoded<Offer>(Offer offer) -> offers.put(record.key(), offer);
            case Decoding.Undecodable<Offer>(String reason, String detail) ->
                log.warn(
                        "offer skipped, declare it again; partition={} offset={} reason={} detail={}",
                        record.partition(),
                        record.offset(),
                        reason,
                        detail);
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
