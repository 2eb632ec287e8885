package io.vigie.topology.signals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * encoding writes them. One thread at a time.
 */
final class Saved {
    static final byte VERSION = 1;

    private final SignalState state;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    Saved(SignalState state) {
        this.state = state;
    }

    interface Reading<T> {
        T read(Decoder in) throws IOException;
    }

    interface Writing {
        void write(Encoder out) throws IOException;
    }

    <T> T get(String key, Reading<T> reading, Supplier<T> otherwise) {
        byte[] bytes = state.get(key);
        return bytes == null ? otherwise.get() : read(key, bytes, reading);
    }

    <T> T read(String key, byte[] bytes, Reading<T> reading) {
        if (bytes[0] != VERSION) {
            throw new IllegalStateException("the state of signals was written by version " + bytes[0]
                    + ", and this one reads " + VERSION + " only; key " + key);
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, decoder);
        try {
            return reading.read(decoder);
        } catch (IOException e) {
            throw new UncheckedIOException("the state of signals is damaged; key " + key, e);
        }
    }

    void put(String key, Writing writing) {
        written.reset();
        written.write(VERSION);
        encoder = EncoderFactory.get().binaryEncoder(written, encoder);
        try {
            writing.write(encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        state.put(key, written.toByteArray());
    }
}
