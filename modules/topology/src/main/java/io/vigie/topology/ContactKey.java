package io.vigie.topology;

import io.vigie.events.Contact;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

/**
 * The key of a contact in its topic: each event has one of its own, so that it can be erased; all of a conversation are in
 * one partition, in the order in which they came.
 */
record ContactKey(String conversationId, String source, String eventId) {
    private static final char SEPARATOR = ':';
    private static final int PARTS = 3;

    static ContactKey of(Contact contact) {
        return new ContactKey(contact.getConversationId(), contact.getSource(), contact.getEventId());
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    static Optional<ContactKey> of(String text) {
        String[] parts = text.split(String.valueOf(SEPARATOR), -1);
        return parts.length == PARTS
                ? Optional.of(new ContactKey(unescaped(parts[0]), unescaped(parts[1]), unescaped(parts[2])))
                : Optional.empty();
    }

    String text() {
        return Said.escaped(conversationId) + SEPARATOR + Contacts.eventKey(source, eventId);
    }

    /** Where Kafka would put a record with the conversation's id as its key. */
    static Optional<Set<Integer>> partitions(String text, int partitions) {
        String conversationId = of(text).map(ContactKey::conversationId).orElse(text);
        int hash = Utils.murmur2(conversationId.getBytes(StandardCharsets.UTF_8));
        return Optional.of(Set.of(Utils.toPositive(hash) % partitions));
    }

    private static String unescaped(String part) {
        return part.replace("%3A", ":").replace("%25", "%");
    }
}
