package io.vigie.topology.signals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * State as bytes behind a version, so that what a later version writes is never misread: fields in order, as Avro's binary
 * encoding writes them. What was used last is kept decoded, too; so whatever is changed must be {@linkplain #put put}. One
 * thread at a time.
 */
final class Saved {
    static final byte VERSION = 1;

    /** Of what is kept decoded, as bytes; an object takes some four times as many. */
    private static final int DECODED_BYTES_MAX = 4 << 20;

    private final SignalState state;
    private final Map<String, Decoded> decoded = new LinkedHashMap<>(16, 0.75f, true);
    private int decodedBytes;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    private record Decoded(Object value, int bytes) {}

    Saved(SignalState state) {
        this.state = state;
    }

    interface Reading<T> {
        T read(Decoder in) throws IOException;
    }

    interface Writing<T> {
        void write(T value, Encoder out) throws IOException;
    }

    /** @param type of all values under keys of this kind */
    <T> T get(String key, Class<T> type, Reading<T> reading, Supplier<T> otherwise) {
        Decoded kept = decoded.get(key);
        if (kept != null) {
            return type.cast(kept.value());
        }
        byte[] bytes = state.get(key);
        if (bytes == null) {
            return otherwise.get();
        }
        if (bytes[0] != VERSION) {
            throw new IllegalStateException("the state of signals was written by version " + bytes[0]
                    + ", and this one reads " + VERSION + " only; key " + key);
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
        try {
            T value = reading.read(decoder);
            keep(key, value, bytes.length);
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("the state of signals is damaged; key " + key, e);
        }
    }

    <T> void put(String key, T value, Writing<T> writing) {
        written.reset();
        written.write(VERSION);
        encoder = EncoderFactory.get().binaryEncoder(written, encoder);
        try {
            writing.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        state.put(key, written.toByteArray());
        keep(key, value, written.size());
    }

    private void keep(String key, Object value, int bytes) {
        Decoded former = decoded.put(key, new Decoded(value, bytes));
        decodedBytes += bytes - (former == null ? 0 : former.bytes());
        for (var eldest = decoded.values().iterator(); decodedBytes > DECODED_BYTES_MAX; eldest.remove()) {
            decodedBytes -= eldest.next().bytes();
        }
    }
}
