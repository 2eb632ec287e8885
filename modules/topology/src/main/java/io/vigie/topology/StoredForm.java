package io.vigie.topology;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of values that only the stream itself reads: a version, then the fields in order, as Avro's binary encoding
 * writes them but without a schema and its id.
 */
final class StoredForm {
    private static final int USUAL_BYTES = 64;

    private StoredForm() {}

    interface Writing<T> {
        void write(T value, Encoder to) throws IOException;
    }

    interface Reading<T> {
        T read(Decoder from) throws IOException;
    }

    static <T> Serde<T> serde(Writing<T> writing, Reading<T> reading) {
        return Serdes.serdeFrom((_, value) -> written(value, writing), (topic, bytes) -> read(topic, bytes, reading));
    }

    /** @throws IllegalStateException when the state was written by a version of the stream that this one does not know */
    static void require(int known, int found) {
        if (found != known) {
            throw new IllegalStateException(
                    "the state was written in form " + found + ", and this version knows form " + known
                            + "; run the version that wrote it, or start once with --reset insights (docs/upgrades.md)");
        }
    }

    private static <T> byte @Nullable [] written(@Nullable T value, Writing<T> writing) {
        if (value == null) {
            return null;
        }
        var bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            writing.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    private static <T> @Nullable T read(String topic, byte @Nullable [] bytes, Reading<T> reading) {
        if (bytes == null) {
            return null;
        }
        try {
            return reading.read(DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot decode a value of " + topic, e);
        }
    }
}
