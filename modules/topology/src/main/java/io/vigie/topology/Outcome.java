package io.vigie.topology;

import io.vigie.events.Contact;
import io.vigie.events.DeadLetter;
import io.vigie.events.Verbatim;

/** What one raw record became. */
sealed interface Outcome {
    /** One thing a customer said, understood. */
    record Understood(Verbatim verbatim) implements Outcome {}

    /** That customer and company were in contact, or nobody was. */
    record Contacted(Contact contact) implements Outcome {}

    /** The record cannot be used; {@code value} is its own bytes. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
    record Dead(DeadLetter letter, byte[] value) implements Outcome {}
}
