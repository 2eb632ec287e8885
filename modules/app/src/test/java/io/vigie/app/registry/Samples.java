package io.vigie.app.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** Random records of the contract's types. */
final class Samples {
    private static final List<String> TEXTS = List.of(
            "", "La box redémarre « toute seule »", "de\u0301c\u0327u 👩‍👩‍👧‍👦 œ", "\u202Egnol", "é".repeat(5_000));

    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    List<SpecificRecord> of(Class<? extends SpecificRecord> type, int count) {
        return random.longs(count)
                .<SpecificRecord>mapToObj(seed -> next(type, seed))
                .toList();
    }

    private <T extends SpecificRecord> T next(Class<T> type, long seed) {
        SpecificData data = SpecificData.getForClass(type);
        Schema schema = data.getSchema(type);
        var record = (GenericRecord) new RandomData(schema, 1, seed).iterator().next();
        for (Schema.Field field : schema.getFields()) {
            switch (field.schema().getType()) {
                case STRING -> record.put(field.pos(), TEXTS.get(random.nextInt(TEXTS.size())));
                case MAP -> record.put(field.pos(), atMostOneEntry((Map<?, ?>) record.get(field.pos())));
                default -> {}
            }
        }
        return specific(record, new SpecificDatumReader<>(schema, schema, data));
    }

    /** Avro writes the entries of a map in any order, so with more of them equal records would not be equal bytes. */
    private static Map<?, ?> atMostOneEntry(Map<?, ?> map) {
        return map.entrySet().stream().limit(1).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T extends SpecificRecord> T specific(GenericRecord record, SpecificDatumReader<T> reader) {
        try {
            var bytes = new ByteArrayOutputStream();
            new GenericDatumWriter<GenericRecord>(record.getSchema())
                    .write(record, EncoderFactory.get().directBinaryEncoder(bytes, null));
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
