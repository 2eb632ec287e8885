package io.vigie.topology;

import io.vigie.events.EventRules;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the records of {@code voc.verbatims} for whoever counts them. One thread only. */
final class VerbatimReader {
    /** What one record was read as. */
    sealed interface Reading {
        /** A verbatim, or null for a tombstone. */
        record Usable(String id, @Nullable Verbatim verbatim) implements Reading {}

        record Unusable(String reason, String detail) implements Reading {}
    }

    private final AvroDecoder<Verbatim> decoder;

    VerbatimReader(AvroDecoder<Verbatim> decoder) {
        this.decoder = decoder;
    }

    Reading read(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) {
            return new Reading.Unusable("wrong-key", "the key is the verbatimId as UTF-8 text; it is missing");
        }
        String id = new String(key, StandardCharsets.UTF_8);
        if (value == null) {
            return new Reading.Usable(id, null);
        }
        return switch (decoder.decode(value)) {
            case Decoding.Undecodable<Verbatim>(String reason, String detail) -> new Reading.Unusable(reason, detail);
            case Decoding.Decoded<Verbatim>(Verbatim verbatim) -> checked(id, verbatim);
        };
    }

    private static Reading checked(String id, Verbatim verbatim) {
        if (!verbatim.getVerbatimId().equals(id)) {
            return new Reading.Unusable("wrong-key", "the key is the verbatimId as UTF-8 text; it is another");
        }
        if (!EventRules.isOfferOfVerbatim(verbatim.getOfferId())) {
            return new Reading.Unusable("offer-id", "offerId takes 1 to 200 characters of A-Z a-z 0-9 - _");
        }
        return new Reading.Usable(id, verbatim);
    }
}
