package io.vigie.events.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads Confluent's wire format (magic 0, schema id in 4 bytes, Avro binary) as one generated type. One thread only. */
public final class AvroDecoder<T extends SpecificRecord> {
    private static final byte MAGIC = 0;
    private static final int HEADER = 5;

    private final SchemaRegistry registry;
    private final Class<T> type;
    private final Map<Integer, DatumReader<T>> readers = new HashMap<>();
    private @Nullable BinaryDecoder reused;

    AvroDecoder(SchemaRegistry registry, Class<T> type) {
        this.registry = registry;
        this.type = type;
    }

    /**
     * Reads one value.
     *
     * @throws RegistryException when the registry stays away: the record may be good and must be read again later
     */
    public Decoding<T> decode(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != MAGIC) {
            return new Decoding.Undecodable<>(
                    "not-avro",
                    "not in the schema registry's wire format: " + bytes.length + " bytes" + firstByte(bytes));
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        DatumReader<T> reader = readers.get(id);
        if (reader == null) {
            var schema = registry.schemaOf(id);
            if (schema.isEmpty()) {
                return new Decoding.Undecodable<>(
                        "unknown-schema", "schema id " + id + " is unknown or no Avro schema at " + registry.url());
            }
            reader = reader(schema.get());
            readers.put(id, reader);
        }
        return read(reader, id, bytes);
    }

    private Decoding<T> read(DatumReader<T> reader, int id, byte[] bytes) {
        try {
            reused = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, reused);
            T value = reader.read(null, reused);
            if (!reused.isEnd()) {
                return new Decoding.Undecodable<>("bad-avro", "bytes are left over after schema id " + id);
            }
            return new Decoding.Decoded<>(value);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro promises no common exception for damaged bytes, and a writer's type that holds itself may nest
            // without end.
            return new Decoding.Undecodable<>("bad-avro", "not readable with schema id " + id + ": " + e);
        }
    }

    private DatumReader<T> reader(Schema writer) {
        SpecificData data = SpecificData.getForClass(type);
        return new SpecificDatumReader<>(writer, data.getSchema(type), data);
    }

    private static String firstByte(byte[] bytes) {
        return bytes.length == 0 || bytes[0] == MAGIC ? "" : ", the first is 0x%02x and not 0x00".formatted(bytes[0]);
    }
}
