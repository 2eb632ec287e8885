package io.vigie.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.DeadLetter;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter for people. Its record holds what the customer said and who he is: unless all is wanted, only fields
 * that cannot hold that are shown, and of the others how long they are.
 */
final class DeadLetterText {
    /** Most bytes that are shown of what is no Avro. */
    static final int HEX_BYTES_MAX = 1_024;

    private static final int HEX_LINE = 32;
    /** Magic byte and schema id: enough to see what a foreign writer did. */
    private static final int HEX_HARMLESS = 5;

    private static final Set<String> HARMLESS = Set.of(
            "eventId",
            "source",
            "ticketId",
            "callId",
            "surveyId",
            "responseId",
            "questionId",
            "offer",
            "language",
            "queue",
            "verbatimId",
            "conversationId",
            "offerId",
            "theme",
            "classifier");
    /** Ids of machines; an address or a name is none. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

    private final ObjectMapper json = new ObjectMapper();
    private final boolean raw;

    /** @param raw whether everything is shown */
    DeadLetterText(boolean raw) {
        this.raw = raw;
    }

    /** @param value what the record's bytes say */
    String of(ConsumerRecord<byte[], byte[]> copy, boolean sentBack, Decoding<? extends IndexedRecord> value) {
        var letter = DeadLetter.of(copy);
        var text = new StringBuilder();
        line(text, "dead letter", copy.topic() + "-" + copy.partition() + "-" + copy.offset());
        line(text, "produced", Instant.ofEpochMilli(copy.timestamp()).toString());
        line(text, "reason", letter.reason() + ", given by " + letter.stage());
        line(text, "detail", letter.detail());
        line(text, "original", letter.topic() + "-" + letter.partition() + "@" + letter.offset());
        line(text, "sent back", sentBack ? "yes" : "no");
        line(text, "key", copy.key() == null ? "none" : quoted(new String(copy.key(), StandardCharsets.UTF_8)));
        if (copy.value() == null) {
            line(text, "value", "none");
        } else {
            switch (value) {
                case Decoding.Decoded<? extends IndexedRecord>(IndexedRecord event) -> decoded(text, event);
                case Decoding.Undecodable<? extends IndexedRecord>(String reason, String detail) ->
                    bytes(text, reason + ": " + detail, copy.value());
            }
        }
        if (!raw && copy.value() != null) {
            text.append("What could be personal data is left out; --raw shows it.\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(" ".repeat(12 - name.length())).append(value).append('\n');
    }

    private void decoded(StringBuilder text, IndexedRecord event) {
        line(text, "value", event.getSchema().getName());
        try {
            text.append(json.writerWithDefaultPrettyPrinter().writeValueAsString(shown(event)))
                    .append('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON that is none", e);
        }
    }

    private void bytes(StringBuilder text, String why, byte[] bytes) {
        line(text, "value", bytes.length + " bytes, " + why);
        int most = Math.min(bytes.length, raw ? HEX_BYTES_MAX : HEX_HARMLESS);
        for (int from = 0; from < most; from += HEX_LINE) {
            byte[] row = Arrays.copyOfRange(bytes, from, Math.min(most, from + HEX_LINE));
            text.append("  ").append(HexFormat.ofDelimiter(" ").formatHex(row)).append('\n');
        }
        if (most < bytes.length) {
            text.append("  and ").append(bytes.length - most).append(" more\n");
        }
    }

    private ObjectNode shown(IndexedRecord event) {
        var object = json.createObjectNode();
        for (Schema.Field field : event.getSchema().getFields()) {
            object.set(field.name(), shown(field.name(), event.get(field.pos())));
        }
        return object;
    }

    private JsonNode shown(String field, @Nullable Object value) {
        return switch (value) {
            case null -> json.nullNode();
            case IndexedRecord inner -> shown(inner);
            case Collection<?> values -> {
                ArrayNode array = json.createArrayNode();
                values.forEach(one -> array.add(shown(field, one)));
                yield array;
            }
            case Map<?, ?> entries -> {
                var object = json.createObjectNode();
                entries.forEach((key, one) -> object.set(masked("", String.valueOf(key)), shown(field, one)));
                yield object;
            }
            case CharSequence words -> json.getNodeFactory().textNode(masked(field, words.toString()));
            case Double number -> json.getNodeFactory().numberNode(number);
            case Number number -> json.getNodeFactory().numberNode(number.longValue());
            default -> json.getNodeFactory().textNode(value.toString());
        };
    }

    private String masked(String field, String words) {
        boolean harmless = HARMLESS.contains(field) && ID.matcher(words).matches();
        return raw || harmless ? words : "(" + words.length() + " characters)";
    }

    private String quoted(String key) {
        String shown = raw || ID.matcher(key).matches() ? key : "(" + key.length() + " characters)";
        return json.getNodeFactory().textNode(shown).toString();
    }
}
