package io.vigie.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events in JSON as a contact-center system sends them, with as little in them as the contract allows. */
public final class SampleEvents {
    static final String SOURCE = "it";

    private SampleEvents() {}

    public static ObjectNode ticket(String id, @Nullable String offer, String body) {
        return event(id, offer)
                .put("channel", "EMAIL")
                .put("ticketId", "ticket-" + id)
                .put("action", "CREATED")
                .put("author", "CUSTOMER")
                .put("body", body);
    }

    /** A call in which the agent speaks first. */
    static ObjectNode call(String id, @Nullable String offer, String agentText, String customerText) {
        var call = event(id, offer)
                .put("channel", "PHONE")
                .put("callId", "call-" + id)
                .put("direction", "INBOUND")
                .put("durationMs", 61_000);
        var turns = call.putArray("turns");
        turns.addObject().put("speaker", "AGENT").put("offsetMs", 0).put("text", agentText);
        turns.addObject().put("speaker", "CUSTOMER").put("offsetMs", 4_000).put("text", customerText);
        return call;
    }

    /** A survey response with an answer for each text. */
    static ObjectNode survey(String id, @Nullable String offer, String... texts) {
        var survey = event(id, offer)
                .put("channel", "WEB")
                .put("surveyId", "satisfaction")
                .put("responseId", "response-" + id);
        var answers = survey.putArray("answers");
        for (int i = 0; i < texts.length; i++) {
            answers.addObject().put("questionId", "q" + (i + 1)).put("text", texts[i]);
        }
        return survey;
    }

    private static ObjectNode event(String id, @Nullable String offer) {
        var event = JsonNodeFactory.instance
                .objectNode()
                .put("eventId", id)
                .put("source", SOURCE)
                .put("occurredAt", Instant.now().toEpochMilli())
                .put("customerId", "customer-" + id);
        return offer == null ? event : event.put("offer", offer);
    }
}
