package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.EventLimits;
import io.vigie.index.Count;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code DELETE /api/v1/customers/{id}} and {@code /api/v1/erasures}: erasing a customer, and what became of it. */
final class ErasureEndpoint {
    private static final String DRY_RUN = "dryRun";
    /** Of every erasure, besides the index of this server and what is kept. */
    private static final List<String> PLACES =
            List.of("verbatims", "complaints", "counts", "contacts", "contact-history", "promises", "breaches");

    private final Erasing erasing;
    private final VerbatimIndex index;
    private final Settling settling;
    private final InstantSource clock;

    ErasureEndpoint(Erasing erasing, VerbatimIndex index, Duration acknowledgeMax, InstantSource clock) {
        this.erasing = erasing;
        this.index = index;
        this.settling = new Settling(acknowledgeMax, erasing.directory()::awaits);
        this.clock = clock;
    }

    /** How far an erasure is, in one place or in all. */
    private enum State {
        /** Not done yet. */
        REQUESTED("requested"),
        /** Still readable, for a bounded time. */
        KEPT("kept"),
        /** Nobody is given it any more; its bytes may be on a disk. */
        LOGICALLY_GONE("logically-gone"),
        PHYSICALLY_GONE("physically-gone");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    Document erase(String customerId, @Nullable String query) throws Refusal, IOException {
        String dryRun = Parameters.of(query, Set.of(DRY_RUN), "").one(DRY_RUN).orElse("false");
        if (!dryRun.equals("true") && !dryRun.equals("false")) {
            throw Parameters.bad(DRY_RUN, dryRun, "true or false");
        }
        String key = keyOf(customerId);
        return dryRun.equals("true") ? tried(key) : requested(key);
    }

    Document receipt(String requestId) throws Refusal {
        Erasure request = erasing.directory()
                .request(requestId)
                .orElseThrow(() -> new Refusal(
                        Fault.NOT_FOUND, "no erasure has this id; DELETE /api/v1/customers/{id} gave it in requestId"));
        Map<String, ErasureReceipt> places = places(request);
        return Document.json(out -> {
            out.writeStartObject();
            about(out, request);
            out.writeStringField("state", overall(places).word);
            out.writeArrayFieldStart("places");
            for (ErasureReceipt place : places.values()) {
                write(out, place);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private String keyOf(String customerId) throws Refusal {
        if (customerId.isBlank() || customerId.length() > EventLimits.ID_LENGTH_MAX) {
            throw new Refusal(
                    Fault.BAD_REQUEST,
                    "the id of a customer has 1 to " + EventLimits.ID_LENGTH_MAX + " characters, not all blank");
        }
        return erasing.keyOf()
                .orElseThrow(() -> new Refusal(
                        Fault.UNAVAILABLE,
                        "this server cannot tell the customer's key; set privacy.customer.secret to the secret of the"
                                + " stream"))
                .apply(customerId);
    }

    private Document tried(String key) throws IOException {
        var found = CustomerVerbatims.in(index, key, clock.instant());
        return Document.json(out -> {
            out.writeStartObject();
            out.writeStringField("customerKey", key);
            out.writeNumberField("verbatims", found.total());
            out.writeArrayFieldStart("offers");
            for (Count offer : found.byOffer()) {
                out.writeStartObject();
                out.writeStringField("offer", offer.value());
                out.writeNumberField("verbatims", offer.count());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private Document requested(String key) throws Refusal {
        var request = new Erasure(key, UUID.randomUUID().toString(), Instant.ofEpochMilli(clock.millis()), null);
        settling.settle("request", erasing.send().apply(request));
        return Document.json(202, out -> {
            out.writeStartObject();
            about(out, request);
            out.writeStringField("receipt", "/api/v1/erasures/" + request.getRequestId());
            out.writeEndObject();
        });
    }

    private static void about(JsonGenerator out, Erasure request) throws IOException {
        out.writeStringField("requestId", request.getRequestId());
        out.writeStringField("customerKey", request.getCustomerKey());
        Document.time(out, "requestedAt", request.getRequestedAt());
    }

    /** A later request for the same customer covers this one, and is told of where this one never was. */
    private Map<String, ErasureReceipt> places(Erasure request) {
        var places = new TreeMap<String, ErasureReceipt>();
        erasing.directory()
                .latest(request.getCustomerKey())
                .map(Erasure::getRequestId)
                .map(erasing.directory()::receipts)
                .orElse(List.of())
                .forEach(receipt -> places.put(receipt.getPlace(), receipt));
        erasing.directory()
                .receipts(request.getRequestId())
                .forEach(receipt -> places.put(receipt.getPlace(), receipt));
        return places;
    }

    private State overall(Map<String, ErasureReceipt> places) {
        boolean done = Stream.concat(PLACES.stream(), Stream.of(erasing.indexPlace()))
                .allMatch(place -> Optional.ofNullable(places.get(place))
                        .flatMap(ErasureReceipt::getDoneAt)
                        .isPresent());
        if (!done) {
            return State.REQUESTED;
        }
        return places.values().stream().allMatch(place -> state(place) == State.PHYSICALLY_GONE)
                ? State.PHYSICALLY_GONE
                : State.LOGICALLY_GONE;
    }

    private State state(ErasureReceipt place) {
        boolean gone = place.getGoneBy().map(by -> !by.isAfter(clock.instant())).orElse(false);
        if (gone) {
            return State.PHYSICALLY_GONE;
        }
        return place.getDoneAt().isPresent() ? State.LOGICALLY_GONE : State.KEPT;
    }

    private void write(JsonGenerator out, ErasureReceipt place) throws IOException {
        out.writeStartObject();
        out.writeStringField("place", place.getPlace());
        out.writeStringField("state", state(place).word);
        if (place.getCount().isPresent()) {
            out.writeNumberField("count", place.getCount().get());
        }
        if (place.getDoneAt().isPresent()) {
            Document.time(out, "doneAt", place.getDoneAt().get());
        }
        if (place.getGoneBy().isPresent()) {
            Document.time(out, "goneBy", place.getGoneBy().get());
        }
        out.writeEndObject();
    }
}
