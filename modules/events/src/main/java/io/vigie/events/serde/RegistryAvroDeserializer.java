package io.vigie.events.serde;

import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The face of {@link AvroDecoder} for topics that only we write, where a bad record is a broken invariant. Kafka Streams
 * gives one deserializer to all its threads, so each thread has a decoder of its own.
 */
final class RegistryAvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private final ThreadLocal<AvroDecoder<T>> decoder;

    /** @param decoders gives a new decoder at each call */
    RegistryAvroDeserializer(Supplier<AvroDecoder<T>> decoders) {
        this.decoder = ThreadLocal.withInitial(decoders);
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        return switch (decoder.get().decode(bytes)) {
            case Decoding.Decoded<T>(T value) -> value;
            case Decoding.Undecodable<T>(String reason, String detail) ->
                throw new SerializationException("cannot decode a record of topic " + topic + ": " + detail);
        };
    }
}
