package io.vigie.topology;

import io.vigie.events.EventRules;
import io.vigie.events.Offer;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.topology.OfferReader.Reading;
import io.vigie.understanding.OfferCatalogue;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the offer catalogue on the one global thread. An offer that is sold is resolved once its complaint topic exists, so
 * that its first complaint does not wait for it; when the topic cannot be made the offer is resolved all the same, and its
 * first complaint tries again.
 */
final class OfferStore extends ContextualProcessor<byte[], byte[], Void, Void> {
    static final String NAME = "offers";

    private static final Logger log = LoggerFactory.getLogger(OfferStore.class);

    private final OfferReader reader;
    private final OfferCatalogue catalogue;
    private final ComplaintTopics complaints;
    private final OffersSeen seen;
    private final TopologyMetrics metrics;

    OfferStore(
            AvroDecoder<Offer> decoder,
            OfferCatalogue catalogue,
            ComplaintTopics complaints,
            OffersSeen seen,
            TopologyMetrics metrics) {
        this.reader = new OfferReader(decoder);
        this.catalogue = catalogue;
        this.complaints = complaints;
        this.seen = seen;
        this.metrics = metrics;
    }

    @Override
    public void process(Record<byte[], byte[]> change) {
        switch (reader.read(change.key(), change.value())) {
            case Reading.Unusable(String reason, String detail) -> refuse(reason, detail);
            case Reading.Removed(String offerId) -> remove(offerId);
            case Reading.Declared(Offer offer) -> put(offer, change.value());
        }
        context().recordMetadata().ifPresent(origin -> seen.seen(origin.offset()));
    }

    private void put(Offer offer, byte[] value) {
        // One that is withdrawn may never be complained about again; if it is, Complaints makes its topic then.
        if (EventRules.isSold(offer, Instant.ofEpochMilli(context().currentSystemTimeMs()))) {
            ensureComplaints(offer.getOfferId());
        }
        store().put(offer.getOfferId(), value);
        catalogue.put(offer.getOfferId(), offer.getName(), offer.getAliases());
    }

    /** Nobody takes the place of this thread when it fails: it must not for what only complaints need. */
    private void ensureComplaints(String offerId) {
        try {
            complaints.ensure(offerId);
        } catch (RuntimeException e) {
            log.warn(
                    "the complaint topic of an offer could not be made; its first complaint tries again, or run"
                            + " vigie topics apply: offerId={}",
                    offerId,
                    e);
        }
    }

    private void remove(String offerId) {
        store().delete(offerId);
        catalogue.remove(offerId);
    }

    private void refuse(String reason, String detail) {
        metrics.offerRefused(reason);
        log.warn("offer left out, write it again once mended: reason={} detail={}", reason, detail);
    }

    private KeyValueStore<String, byte[]> store() {
        return context().getStateStore(NAME);
    }
}
