package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.Checked;
import io.vigie.events.EventRules;
import io.vigie.events.Offer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** {@code /api/v1/offers}: the catalogue that mentions of offers are resolved against. */
final class OffersEndpoint {
    private static final int BODY_BYTES_MAX = 256 * 1024;

    private final OfferDirectory directory;
    private final EventSink sink;
    private final Settling settling;
    private final AvroJson<Offer> reader = new AvroJson<>(Offer.class);

    OffersEndpoint(OfferDirectory directory, EventSink sink, Duration acknowledgeMax) {
        this.directory = directory;
        this.sink = sink;
        this.settling = new Settling(acknowledgeMax, directory::awaits);
    }

    Document list() {
        List<Offer> offers = directory.offers();
        return Document.json(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("offers");
            for (Offer offer : offers) {
                write(out, offer);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    Document one(String id) throws Refusal {
        Offer offer = directory
                .offer(id)
                .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no offer has this id; GET /api/v1/offers lists them"));
        return Document.json(out -> write(out, offer));
    }

    Document put(String id, Upload upload) throws Refusal, IOException {
        upload.requireJson(false);
        upload.requireKnownEncoding();
        Offer offer = offer(id, JsonItems.single(upload.read(BODY_BYTES_MAX)));
        settling.settle("offer", sink.send(offer));
        return Document.json(out -> write(out, offer));
    }

    Document remove(String id) throws Refusal {
        settling.settle("offer", sink.removeOffer(id));
        return Document.empty();
    }

    private Offer offer(String id, JsonNode json) throws Refusal {
        if (!(json instanceof ObjectNode body)) {
            throw new Refusal(Fault.BAD_JSON, "expected an object such as {\"name\": \"…\", \"aliases\": [\"…\"]}");
        }
        JsonNode named = body.remove("id");
        if (named != null && !named.asText().equals(id)) {
            throw new Refusal(Fault.BAD_JSON, "id in the body differs from the one in the address");
        }
        body.put("offerId", id);
        return switch (reader.read(body)) {
            case AvroJson.Bad<Offer>(String error) -> throw new Refusal(Fault.BAD_JSON, error);
            case AvroJson.Good<Offer>(Offer offer) -> checked(offer);
        };
    }

    private static Offer checked(Offer offer) throws Refusal {
        return switch (EventRules.check(offer)) {
            case Checked.Valid() -> offer;
            case Checked.Invalid invalid -> throw new Refusal(Fault.BAD_REQUEST, invalid.detail());
        };
    }

    private static void write(JsonGenerator out, Offer offer) throws IOException {
        out.writeStartObject();
        members(out, offer);
        out.writeEndObject();
    }

    static void members(JsonGenerator out, Offer offer) throws IOException {
        out.writeStringField("id", offer.getOfferId());
        out.writeStringField("name", offer.getName());
        out.writeArrayFieldStart("aliases");
        for (String alias : offer.getAliases()) {
            out.writeString(alias);
        }
        out.writeEndArray();
        if (offer.getSegment().isPresent()) {
            out.writeStringField("segment", offer.getSegment().get());
        }
        if (offer.getOwner().isPresent()) {
            out.writeStringField("owner", offer.getOwner().get());
        }
        if (offer.getLaunchedAt().isPresent()) {
            Document.time(out, "launchedAt", offer.getLaunchedAt().get());
        }
        if (offer.getRetiredAt().isPresent()) {
            Document.time(out, "retiredAt", offer.getRetiredAt().get());
        }
    }
}
