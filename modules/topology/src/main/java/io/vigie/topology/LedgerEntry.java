package io.vigie.topology;

import io.vigie.events.Action;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** What the ledger of an offer's questions learns, in one stream, so that one task knows all of an offer. */
sealed interface LedgerEntry {
    /** The verbatim as it is now; without text when it is no longer to count. */
    record Said(Verbatim verbatim) implements LedgerEntry {}

    record Acted(Action action) implements LedgerEntry {}

    /** An agent gave a vague answer in a conversation. */
    record Vague(String conversationId, Instant at) implements LedgerEntry {}

    /** One byte that says which, and what follows in its own form. */
    static Serde<LedgerEntry> serde(Topics topics, SchemaRegistry registry) {
        var verbatims = registry.serdeAs(topics.verbatims(), Verbatim.class);
        var actions = registry.serdeAs(topics.actions(), Action.class);
        return Serdes.serdeFrom(
                (topic, entry) -> switch (entry) {
                    case Said(Verbatim verbatim) ->
                        tagged('S', verbatims.serializer().serialize(topic, verbatim));
                    case Acted(Action action) ->
                        tagged('A', actions.serializer().serialize(topic, action));
                    case Vague(String conversationId, Instant at) -> tagged('V', vague(conversationId, at));
                },
                (topic, bytes) -> {
                    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
                    return switch (bytes[0]) {
                        case 'S' -> new Said(verbatims.deserializer().deserialize(topic, rest));
                        case 'A' -> new Acted(actions.deserializer().deserialize(topic, rest));
                        case 'V' -> vague(rest);
                        default -> throw new SerializationException("no entry of a ledger begins with " + bytes[0]);
                    };
                });
    }

    private static byte[] tagged(char tag, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put((byte) tag).put(rest).array();
    }

    private static byte[] vague(String conversationId, Instant at) {
        byte[] id = conversationId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(at.toEpochMilli())
                .put(id)
                .array();
    }

    private static Vague vague(byte[] bytes) {
        var at = Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong());
        return new Vague(new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8), at);
    }
}
