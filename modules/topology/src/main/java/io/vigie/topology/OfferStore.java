package io.vigie.topology;

import io.vigie.events.Checked;
import io.vigie.events.EventRules;
import io.vigie.events.Offer;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.understanding.OfferCatalogue;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the offer catalogue on the one global thread. An offer can be resolved only once its complaint topic exists, so
 * that no complaint is ever sent to a topic that does not.
 */
final class OfferStore extends ContextualProcessor<byte[], byte[], Void, Void> {
    static final String NAME = "offers";

    private static final Logger log = LoggerFactory.getLogger(OfferStore.class);

    private final AvroDecoder<Offer> decoder;
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
        this.decoder = decoder;
        this.catalogue = catalogue;
        this.complaints = complaints;
        this.seen = seen;
        this.metrics = metrics;
    }

    @Override
    public void process(Record<byte[], byte[]> change) {
        if (change.key() == null) {
            refuse("no-key", "the record has no key");
        } else if (change.value() == null) {
            remove(new String(change.key(), StandardCharsets.UTF_8));
        } else {
            put(change);
        }
        context().recordMetadata().ifPresent(origin -> seen.seen(origin.offset()));
    }

    private void put(Record<byte[], byte[]> change) {
        switch (decoder.decode(change.value())) {
            case Decoding.Undecodable<Offer>(String reason, String detail) -> refuse(reason, detail);
            case Decoding.Decoded<Offer>(Offer offer) -> {
                if (EventRules.check(offer) instanceof Checked.Invalid(String reason, String detail)) {
                    refuse(reason, detail);
                } else if (!offer.getOfferId().equals(new String(change.key(), StandardCharsets.UTF_8))) {
                    refuse("wrong-key", "the key is not the offerId " + offer.getOfferId());
                } else {
                    complaints.ensure(offer.getOfferId());
                    store().put(offer.getOfferId(), change.value());
                    catalogue.put(offer.getOfferId(), offer.getName(), offer.getAliases());
                }
            }
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
