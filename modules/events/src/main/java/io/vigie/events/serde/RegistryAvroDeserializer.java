package io.vigie.events.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The face of {@link AvroDecoder} for topics that only we write, where a bad record is a broken invariant. */
final class RegistryAvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private final AvroDecoder<T> decoder;

    RegistryAvroDeserializer(AvroDecoder<T> decoder) {
        this.decoder = decoder;
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        return switch (decoder.decode(bytes)) {
            case Decoding.Decoded<T>(T value) -> value;
            case Decoding.Undecodable<T>(String reason, String detail) ->
                throw new SerializationException("cannot decode a record of topic " + topic + ": " + detail);
        };
    }
}
