package io.vigie.events;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What an event must keep beyond its schema. The HTTP door and the stream apply the same rules, so that an event that
 * was accepted is never refused later.
 */
@NullMarked
public final class EventRules {
    private static final Pattern OFFER_ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    private final InstantSource clock;

    public EventRules(InstantSource clock) {
        this.clock = clock;
    }

    public Checked check(TicketEvent event) {
        var problems = new Problems();
        common(
                problems,
                event.getEventId(),
                event.getSource(),
                event.getOccurredAt(),
                event.getOffer(),
                event.getCustomerId(),
                event.getAgentId(),
                event.getLanguage());
        problems.id("ticketId", event.getTicketId());
        problems.text(
                "subject and body",
                event.getSubject().map(String::length).orElse(0)
                        + event.getBody().map(String::length).orElse(0));
        problems.entries("tags", event.getTags(), EventLimits.ENTRIES_MAX);
        problems.entries("attributes", event.getAttributes().keySet(), EventLimits.ENTRIES_MAX);
        return problems.verdict();
    }

    public Checked check(CallEvent event) {
        var problems = new Problems();
        common(
                problems,
                event.getEventId(),
                event.getSource(),
                event.getOccurredAt(),
                event.getOffer(),
                event.getCustomerId(),
                event.getAgentId(),
                event.getLanguage());
        problems.id("callId", event.getCallId());
        problems.range("durationMs", event.getDurationMs(), 0, Long.MAX_VALUE);
        problems.entries("turns", event.getTurns(), EventLimits.PARTS_MAX);
        event.getTurns().forEach(turn -> problems.range("offsetMs", turn.getOffsetMs(), 0, Long.MAX_VALUE));
        int spoken = event.getTurns().stream()
                .mapToInt(turn -> turn.getText().length() + 1)
                .sum();
        problems.text("turns", spoken);
        problems.entries("attributes", event.getAttributes().keySet(), EventLimits.ENTRIES_MAX);
        return problems.verdict();
    }

    public Checked check(SurveyEvent event) {
        var problems = new Problems();
        common(
                problems,
                event.getEventId(),
                event.getSource(),
                event.getOccurredAt(),
                event.getOffer(),
                event.getCustomerId(),
                event.getAgentId(),
                event.getLanguage());
        problems.id("surveyId", event.getSurveyId());
        problems.id("responseId", event.getResponseId());
        event.getNps().ifPresent(nps -> problems.range("nps", nps, 0, 10));
        event.getCsat().ifPresent(csat -> problems.range("csat", csat, 1, 5));
        event.getCes().ifPresent(ces -> problems.range("ces", ces, 1, 7));
        problems.entries("answers", event.getAnswers(), EventLimits.PARTS_MAX);
        for (int i = 0; i < event.getAnswers().size(); i++) {
            var answer = event.getAnswers().get(i);
            problems.id("answers[" + i + "].questionId", answer.getQuestionId());
            problems.text("answers[" + i + "].text", answer.getText().length());
        }
        long questions = event.getAnswers().stream()
                .map(Answer::getQuestionId)
                .distinct()
                .count();
        if (questions < event.getAnswers().size()) {
            problems.add("duplicate-question", "answers has the same questionId twice; each question has one answer");
        }
        problems.entries("attributes", event.getAttributes().keySet(), EventLimits.ENTRIES_MAX);
        return problems.verdict();
    }

    /** Offers have no time of their own to check: launch and retirement may lie anywhere. */
    public static Checked check(Offer offer) {
        var problems = new Problems();
        String id = offer.getOfferId();
        if (!OFFER_ID.matcher(id).matches() || id.equals(Topics.UNASSIGNED)) {
            problems.add(
                    "offer-id",
                    "offerId is " + quoted(id) + "; it takes 1 to 200 characters of A-Z a-z 0-9 - _ and is not "
                            + Topics.UNASSIGNED);
        }
        problems.name("name", offer.getName());
        problems.entries("aliases", offer.getAliases(), EventLimits.ENTRIES_MAX);
        offer.getAliases().forEach(alias -> problems.name("aliases", alias));
        offer.getOwner().ifPresent(owner -> problems.name("owner", owner));
        return problems.verdict();
    }

    /** Whether an offer is sold: one without a date of retirement, or with a later one. */
    public static boolean isSold(Offer offer, Instant now) {
        return offer.getRetiredAt().filter(retired -> !retired.isAfter(now)).isEmpty();
    }

    /** Whether a verbatim may have it: an id that an offer may have, or {@link Topics#UNASSIGNED}. */
    public static boolean isOfferOfVerbatim(String offerId) {
        return OFFER_ID.matcher(offerId).matches();
    }

    private void common(
            Problems problems,
            String eventId,
            String source,
            Instant occurredAt,
            Optional<String> offer,
            Optional<String> customerId,
            Optional<String> agentId,
            Optional<String> language) {
        problems.id("eventId", eventId);
        problems.id("source", source);
        time(problems, occurredAt);
        offer.ifPresent(value -> problems.length("offer", value, EventLimits.NAME_LENGTH_MAX));
        customerId.ifPresent(value -> problems.length("customerId", value, EventLimits.ID_LENGTH_MAX));
        agentId.ifPresent(value -> problems.length("agentId", value, EventLimits.ID_LENGTH_MAX));
        language.ifPresent(value -> problems.length("language", value, EventLimits.ID_LENGTH_MAX));
    }

    private void time(Problems problems, Instant occurredAt) {
        Instant latest = clock.instant().plus(EventLimits.FUTURE_MAX);
        if (occurredAt.isAfter(latest)) {
            problems.add(
                    "event-time-in-future",
                    "occurredAt is " + occurredAt + "; it may be at most " + EventLimits.FUTURE_MAX.toHours()
                            + " h ahead of now");
        } else if (occurredAt.isBefore(EventLimits.EARLIEST)) {
            problems.add(
                    "event-time-too-old",
                    "occurredAt is " + occurredAt + "; it may not be before " + EventLimits.EARLIEST
                            + " (milliseconds since 1970, not seconds)");
        }
    }

    private static String quoted(String value) {
        return '"' + (value.length() > 40 ? value.substring(0, 40) + "…" : value) + '"';
    }

    /** The first broken rule is told; the others would be found once it is mended. */
    private static final class Problems {
        private Checked.@Nullable Invalid first;

        void add(String reason, String detail) {
            if (first == null) {
                first = new Checked.Invalid(reason, detail);
            }
        }

        void id(String field, String value) {
            if (value.isBlank()) {
                add("blank-id", field + " is blank");
            }
            length(field, value, EventLimits.ID_LENGTH_MAX);
        }

        void name(String field, String value) {
            if (value.isBlank()) {
                add("blank-name", field + " is blank");
            }
            length(field, value, EventLimits.NAME_LENGTH_MAX);
        }

        void length(String field, String value, int max) {
            if (value.length() > max) {
                add("field-too-long", field + " has " + value.length() + " characters; at most " + max);
            }
        }

        void text(String field, int length) {
            if (length > EventLimits.TEXT_LENGTH_MAX) {
                add("text-too-long", field + " has " + length + " characters; at most " + EventLimits.TEXT_LENGTH_MAX);
            }
        }

        void range(String field, long value, long min, long max) {
            if (value < min || value > max) {
                add("out-of-range", field + " is " + value + "; it goes from " + min + " to " + max);
            }
        }

        void entries(String field, Collection<?> values, int max) {
            if (values.size() > max) {
                add("too-many-entries", field + " has " + values.size() + " entries; at most " + max);
            }
        }

        Checked verdict() {
            return first == null ? new Checked.Valid() : first;
        }
    }
}
