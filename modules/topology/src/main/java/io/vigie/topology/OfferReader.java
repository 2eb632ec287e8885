package io.vigie.topology;

import io.vigie.events.Checked;
import io.vigie.events.EventRules;
import io.vigie.events.Offer;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the records of {@code voc.offers} as the stream does, for whoever needs the same catalogue. One thread only. */
public final class OfferReader {
    private final AvroDecoder<Offer> decoder;

    public OfferReader(AvroDecoder<Offer> decoder) {
        this.decoder = decoder;
    }

    /** What one record says. */
    public sealed interface Reading {
        /** There is such an offer, now under these names. */
        record Declared(Offer offer) implements Reading {}

        /** There is no such offer any more. */
        record Removed(String offerId) implements Reading {}

        /** Nothing that may be used; what was known before stays. */
        record Unusable(String reason, String detail) implements Reading {}
    }

    public Reading read(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) {
            return new Reading.Unusable("no-key", "the record has no key");
        }
        String id = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            return new Reading.Removed(id);
        }
        return switch (decoder.decode(value)) {
            case Decoding.Undecodable<Offer>(String reason, String detail) -> new Reading.Unusable(reason, detail);
            case Decoding.Decoded<Offer>(Offer offer) -> checked(id, offer);
        };
    }

    private static Reading checked(String id, Offer offer) {
        if (EventRules.check(offer) instanceof Checked.Invalid(String reason, String detail)) {
            return new Reading.Unusable(reason, detail);
        }
        return offer.getOfferId().equals(id)
                ? new Reading.Declared(offer)
                : new Reading.Unusable("wrong-key", "the key is not the offerId " + offer.getOfferId());
    }
}
