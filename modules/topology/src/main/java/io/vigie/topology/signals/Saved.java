package io.vigie.topology.signals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** State as bytes behind a version, so that what a later version writes is never misread. */
final class Saved {
    private static final byte VERSION = 1;

    private final SignalState state;

    Saved(SignalState state) {
        this.state = state;
    }

    interface Reading<T> {
        T read(DataInput in) throws IOException;
    }

    interface Writing {
        void write(DataOutput out) throws IOException;
    }

    <T> T get(String key, Reading<T> reading, Supplier<T> otherwise) {
        byte[] bytes = state.get(key);
        if (bytes == null) {
            return otherwise.get();
        }
        if (bytes[0] != VERSION) {
            throw new IllegalStateException("the state of signals was written by version " + bytes[0]
                    + ", and this one reads " + VERSION + " only; key " + key);
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
            return reading.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the state of signals is damaged; key " + key, e);
        }
    }

    void put(String key, Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writing.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        state.put(key, bytes.toByteArray());
    }
}
