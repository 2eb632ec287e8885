package io.vigie.topology;

import io.vigie.events.Verbatim;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * One verbatim in which a question was asked.
 *
 * @param customerKey empty when the customer is not known
 * @param wording the question as it was put there
 */
record Asker(Instant at, String customerKey, String conversationId, String wording) {
    static final byte VERSION = 1;

    static Asker of(Verbatim verbatim, String wording) {
        return new Asker(
                verbatim.getOccurredAt(), verbatim.getCustomerKey().orElse(""), verbatim.getConversationId(), wording);
    }

    byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(at.toEpochMilli());
            out.writeUTF(customerKey);
            out.writeUTF(conversationId);
            out.writeUTF(wording);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    static Asker of(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IOException("version " + version);
            }
            return new Asker(Instant.ofEpochMilli(in.readLong()), in.readUTF(), in.readUTF(), in.readUTF());
        } catch (IOException e) {
            throw new UncheckedIOException("the state of the question ledger is of another version of Vigie", e);
        }
    }
}
