package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Labels;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a verbatim looks to clients. The key of the customer stays inside: it is personal data and nobody searches by it.
 * Fields without a value are left out.
 */
final class VerbatimJson {
    private VerbatimJson() {}

    /** Writes the members; the object around them is the caller's. */
    static void members(JsonGenerator out, Verbatim verbatim) throws IOException {
        out.writeStringField("id", verbatim.getVerbatimId());
        out.writeStringField("text", verbatim.getText());
        out.writeStringField("offerId", verbatim.getOfferId());
        optional(out, "offerMention", verbatim.getOfferMention());
        understanding(out, verbatim);
        origin(out, verbatim);
        number(out, "nps", verbatim.getNps());
        number(out, "csat", verbatim.getCsat());
        number(out, "ces", verbatim.getCes());
        optional(out, "agentId", verbatim.getAgentId());
        out.writeObjectFieldStart("redactions");
        for (Map.Entry<String, Integer> redaction : verbatim.getRedactions().entrySet()) {
            out.writeNumberField(redaction.getKey(), redaction.getValue());
        }
        out.writeEndObject();
        out.writeStringField("classifier", verbatim.getClassifier());
    }

    /** The labels of earlier versions of the classifier, the latest first; nothing without any. */
    static void superseded(JsonGenerator out, Verbatim verbatim) throws IOException {
        if (verbatim.getSuperseded().isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("superseded");
        for (Labels labels : verbatim.getSuperseded()) {
            out.writeStartObject();
            out.writeStringField("classifier", labels.getClassifier());
            out.writeStringField("intent", labels.getIntent().name());
            themes(out, labels.getThemes());
            out.writeNumberField("sentiment", labels.getSentiment());
            out.writeNumberField("severity", labels.getSeverity());
            out.writeNumberField("churnRisk", labels.getChurnRisk());
            out.writeBooleanField("channelMismatch", labels.getChannelMismatch());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void understanding(JsonGenerator out, Verbatim verbatim) throws IOException {
        out.writeStringField("intent", verbatim.getIntent().name());
        themes(out, verbatim.getThemes());
        out.writeNumberField("sentiment", verbatim.getSentiment());
        out.writeNumberField("severity", verbatim.getSeverity());
        out.writeNumberField("churnRisk", verbatim.getChurnRisk());
        out.writeBooleanField("channelMismatch", verbatim.getChannelMismatch());
    }

    private static void themes(JsonGenerator out, List<Theme> themes) throws IOException {
        out.writeArrayFieldStart("themes");
        for (Theme theme : themes) {
            theme(out, theme);
        }
        out.writeEndArray();
    }

    private static void theme(JsonGenerator out, Theme theme) throws IOException {
        out.writeStartObject();
        out.writeStringField("theme", theme.getTheme());
        out.writeNumberField("score", theme.getScore());
        out.writeArrayFieldStart("evidence");
        for (Evidence evidence : theme.getEvidence()) {
            range(out, evidence.getStart(), evidence.getEnd());
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void origin(JsonGenerator out, Verbatim verbatim) throws IOException {
        out.writeStringField("kind", verbatim.getKind().name());
        out.writeStringField("channel", verbatim.getChannel().name());
        optional(out, "preferredChannel", verbatim.getPreferredChannel().map(Channel::name));
        out.writeStringField("language", verbatim.getLanguage());
        out.writeStringField("conversationId", verbatim.getConversationId());
        out.writeStringField("source", verbatim.getSource());
        out.writeStringField("eventId", verbatim.getEventId());
        Document.time(out, "occurredAt", verbatim.getOccurredAt());
        Document.time(out, "classifiedAt", verbatim.getClassifiedAt());
    }

    /** A range of UTF-16 units, as JavaScript and Java count them. */
    static void range(JsonGenerator out, int start, int end) throws IOException {
        out.writeStartObject();
        out.writeNumberField("start", start);
        out.writeNumberField("end", end);
        out.writeEndObject();
    }

    private static void optional(JsonGenerator out, String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(field, value.get());
        }
    }

    private static void number(JsonGenerator out, String field, Optional<Integer> value) throws IOException {
        if (value.isPresent()) {
            out.writeNumberField(field, value.get());
        }
    }
}
