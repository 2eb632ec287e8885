package io.vigie.topology;

import io.vigie.events.Contact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What the stream learns of an account, under its key, in the order of a partition. An account is a customer, or a
 * conversation with nobody known.
 */
sealed interface OfAccount {
    /** Letters of what is no record of a {@link AccountRecords.Kind}. */
    char FORGET = 'x';

    char NAMED = 'n';

    /** There was a contact. */
    record Met(Contact contact) implements OfAccount {}

    /**
     * Its topic holds a promise or a breach of the account.
     *
     * @param saidAt when the promise was made, when the contact of the breach happened
     */
    record Noted(AccountRecords.Kind kind, String id, Instant saidAt) implements OfAccount {}

    /** It is to be erased. */
    record Forget(String requestId, Instant requestedAt) implements OfAccount {}

    /** An account of a conversation only: whose it is became known. */
    record Named(String customer) implements OfAccount {}

    /** Contacts as their topic has them, which begin with a zero; the rest as text: a letter, a time, and the id last. */
    static Serde<OfAccount> serde(Serde<Contact> contacts) {
        return Serdes.serdeFrom(
                (topic, entry) -> switch (entry) {
                    case Met(Contact contact) -> contacts.serializer().serialize(topic, contact);
                    case Noted(AccountRecords.Kind kind, String id, Instant saidAt) -> text(kind.letter(), saidAt, id);
                    case Forget(String id, Instant requestedAt) -> text(FORGET, requestedAt, id);
                    case Named(String customer) -> text(NAMED, Instant.EPOCH, customer);
                },
                (topic, bytes) ->
                        bytes[0] == 0 ? new Met(contacts.deserializer().deserialize(topic, bytes)) : read(bytes));
    }

    private static byte[] text(char letter, Instant at, String id) {
        return (letter + " " + at.toEpochMilli() + " " + id).getBytes(StandardCharsets.UTF_8);
    }

    private static OfAccount read(byte[] bytes) {
        String[] fields = new String(bytes, StandardCharsets.UTF_8).split(" ", 3);
        var at = Instant.ofEpochMilli(Long.parseLong(fields[1]));
        return switch (fields[0].charAt(0)) {
            case FORGET -> new Forget(fields[2], at);
            case NAMED -> new Named(fields[2]);
            default -> new Noted(AccountRecords.Kind.of(fields[0].charAt(0)), fields[2], at);
        };
    }
}
