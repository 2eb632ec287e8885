package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Breach;
import io.vigie.events.BreachKind;
import io.vigie.events.Channel;
import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import io.vigie.events.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/offers/{id}/promises} and {@code /breaches}: for the owner of an offer. Neither names an agent or a customer:
 * it is the company that promised, and that called.
 */
final class ContactsEndpoint {
    private static final int SIZE_DEFAULT = 50;
    private static final int SIZE_MAX = 500;
    /** Where days given without a time begin, as for the promises themselves. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private static final String ALL = "all";
    private static final Set<String> PROMISE_PARAMETERS = Set.of("state", "from", "to", "size");
    private static final Set<String> BREACH_PARAMETERS = Set.of("kind", "from", "to", "size");

    private final ContactLedgers ledgers;
    private final OfferDirectory offers;

    ContactsEndpoint(ContactLedgers ledgers, OfferDirectory offers) {
        this.ledgers = ledgers;
        this.offers = offers;
    }

    Document promises(String offerId, @Nullable String query) throws Refusal {
        requireOffer(offerId);
        var parameters = Parameters.of(query, PROMISE_PARAMETERS, "");
        Optional<PromiseState> state = choice(parameters, "state", PromiseState.values());
        int size = parameters.number("size", SIZE_DEFAULT, SIZE_MAX);
        var promises = OfferPromises.of(ledgers.promises(), offerId, within(parameters));
        List<Promise> wanted = promises.in(state);
        return Document.json(out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("counts");
            for (PromiseState each : PromiseState.values()) {
                count(out, each, promises.in(Optional.of(each)).size());
            }
            out.writeNumberField("late", promises.late().size());
            out.writeEndObject();
            out.writeNumberField("total", wanted.size());
            out.writeArrayFieldStart("promises");
            for (Promise promise : wanted.subList(0, Math.min(size, wanted.size()))) {
                write(out, promise);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    Document breaches(String offerId, @Nullable String query) throws Refusal {
        requireOffer(offerId);
        var parameters = Parameters.of(query, BREACH_PARAMETERS, "");
        Optional<BreachKind> kind = choice(parameters, "kind", BreachKind.values());
        int size = parameters.number("size", SIZE_DEFAULT, SIZE_MAX);
        var breaches = OfferBreaches.of(ledgers.breaches(), offerId, within(parameters));
        List<Breach> wanted = breaches.of(kind);
        return Document.json(out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("counts");
            for (BreachKind each : BreachKind.values()) {
                count(out, each, breaches.of(Optional.of(each)).size());
            }
            out.writeEndObject();
            out.writeNumberField("total", wanted.size());
            out.writeArrayFieldStart("breaches");
            for (Breach breach : wanted.subList(0, Math.min(size, wanted.size()))) {
                write(out, breach);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private void requireOffer(String id) throws Refusal {
        if (!id.equals(Topics.UNASSIGNED) && offers.offer(id).isEmpty()) {
            throw new Refusal(Fault.NOT_FOUND, "no offer has this id; GET /api/v1/offers lists them");
        }
    }

    private static <E extends Enum<E>> Optional<E> choice(Parameters parameters, String name, E[] values)
            throws Refusal {
        String given = parameters.one(name).map(ContactsEndpoint::lower).orElse(ALL);
        if (given.equals(ALL)) {
            return Optional.empty();
        }
        for (E value : values) {
            if (lower(value.name()).equals(given)) {
                return Optional.of(value);
            }
        }
        String allowed = Arrays.stream(values).map(value -> lower(value.name())).collect(Collectors.joining(", "));
        throw Parameters.bad(name, given, allowed + ", " + ALL);
    }

    private static Within within(Parameters parameters) throws Refusal {
        Optional<Instant> from = SearchParameters.time(parameters, "from", ZONE, false);
        Optional<Instant> to = SearchParameters.time(parameters, "to", ZONE, true);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new Refusal(Fault.BAD_PARAMETER, "from is not before to: there is no time between them");
        }
        return new Within(from, to);
    }

    private static void count(JsonGenerator out, Enum<?> what, long count) throws IOException {
        out.writeNumberField(lower(what.name()), count);
    }

    private static void write(JsonGenerator out, Promise promise) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", promise.getPromiseId());
        out.writeStringField("state", lower(promise.getState().name()));
        out.writeStringField("text", promise.getText());
        Document.time(out, "madeAt", promise.getMadeAt());
        Document.time(out, "dueAt", promise.getDueAt());
        out.writeStringField("source", promise.getSource());
        out.writeStringField("eventId", promise.getEventId());
        out.writeStringField("conversationId", promise.getConversationId());
        if (promise.getAnsweredAt().isPresent()) {
            Instant answered = promise.getAnsweredAt().get();
            Document.time(out, "answeredAt", answered);
            Duration late = Duration.between(promise.getDueAt(), answered);
            out.writeNumberField("lateSeconds", Math.max(0, late.toSeconds()));
        }
        optional(out, "answerSource", promise.getAnswerSource());
        optional(out, "answerEventId", promise.getAnswerEventId());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Breach breach) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", breach.getBreachId());
        out.writeStringField("kind", lower(breach.getKind().name()));
        Document.time(out, "occurredAt", breach.getOccurredAt());
        out.writeStringField("channel", breach.getChannel().name());
        out.writeStringField("source", breach.getSource());
        out.writeStringField("eventId", breach.getEventId());
        out.writeStringField("conversationId", breach.getConversationId());
        if (breach.getKind() == BreachKind.CHANNEL) {
            out.writeStringField(
                    "wished", breach.getWishedChannel().map(Channel::name).orElse("WRITING"));
        }
        optional(out, "windowFrom", breach.getWindowFrom().map(ContactsEndpoint::clock));
        optional(out, "windowTo", breach.getWindowTo().map(ContactsEndpoint::clock));
        optional(out, "statementSource", breach.getStatementSource());
        optional(out, "statementEventId", breach.getStatementEventId());
        if (breach.getStatedAt().isPresent()) {
            Document.time(out, "statedAt", breach.getStatedAt().get());
        }
        out.writeArrayFieldStart("calls");
        for (String call : breach.getCalls()) {
            out.writeString(call);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void optional(JsonGenerator out, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get());
        }
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
