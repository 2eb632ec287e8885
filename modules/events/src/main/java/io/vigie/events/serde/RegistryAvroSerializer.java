package io.vigie.events.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes Confluent's wire format; byte for byte what Confluent's own serializer writes. */
final class RegistryAvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    private static final byte MAGIC = 0;
    private static final int HEADER = 5;
    private static final int SIZE_GUESS = 512;

    private final SchemaRegistry registry;
    private final Map<String, Target> targets = new ConcurrentHashMap<>();

    RegistryAvroSerializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** A topic carries one type here, so the topic alone finds its schema. */
    private record Target(int id, Schema schema, SpecificDatumWriter<Object> writer) {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        Target target = targets.get(topic);
        if (target == null || !target.schema().equals(value.getSchema())) {
            target = target(topic, value.getSchema());
            targets.put(topic, target);
        }
        var out = new ByteArrayOutputStream(SIZE_GUESS);
        out.writeBytes(
                ByteBuffer.allocate(HEADER).put(MAGIC).putInt(target.id()).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            target.writer().write(value, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "cannot encode a " + value.getSchema().getName() + " for topic " + topic, e);
        }
        return out.toByteArray();
    }

    private Target target(String topic, Schema schema) {
        int id = registry.idFor(topic, schema);
        return new Target(id, schema, new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)));
    }
}
