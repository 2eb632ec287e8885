package io.vigie.app;

import io.vigie.events.Offer;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.OfferReader;
import io.vigie.understanding.OfferCatalogue;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The offers that are declared, by their ids, as their topic had them when it was read. */
record DeclaredOffers(SortedMap<String, Offer> byId) {
    static DeclaredOffers in(Connections connections, SchemaRegistry schemas) {
        var reader = new OfferReader(schemas.decoder(Offer.class));
        var offers = new TreeMap<String, Offer>();
        try (var consumer = connections.reader(new ByteArrayDeserializer(), "earliest")) {
            new TopicScan(consumer, connections.topics().offers()).read(Optional.empty(), record -> {
                switch (reader.read(record.key(), record.value())) {
                    case OfferReader.Reading.Declared(Offer offer) -> offers.put(offer.getOfferId(), offer);
                    case OfferReader.Reading.Removed(String offerId) -> offers.remove(offerId);
                    case OfferReader.Reading.Unusable _ -> {
                        // The stream has told it in its log.
                    }
                }
                return true;
            });
        }
        return new DeclaredOffers(offers);
    }

    /** As the stream has it. */
    OfferCatalogue catalogue() {
        var catalogue = new OfferCatalogue();
        byId.values().forEach(offer -> catalogue.put(offer.getOfferId(), offer.getName(), offer.getAliases()));
        return catalogue;
    }

    /** The name of an offer, or nothing. */
    String nameOf(String offerId) {
        var offer = byId.get(offerId);
        return offer == null ? "" : offer.getName();
    }
}
