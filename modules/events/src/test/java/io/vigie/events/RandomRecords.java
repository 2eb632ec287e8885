package io.vigie.events;

import io.vigie.events.serde.SchemaRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Random records of any generated type: with nulls, empty collections, long texts and letters from all over Unicode. */
@NullMarked
public final class RandomRecords {
    /** Accents composed and not, a family joined of emoji, an override of direction, NUL, a letter beyond 16 bits. */
    private static final String[] ODD = {
        "déçu",
        "de\u0301c\u0327u",
        "œuvre ß ﬁ",
        "👩‍👩‍👧‍👦",
        "\u202Egnol",
        "\u0000",
        "𝔙igie",
        "\r\n\t",
        "“l’offre”",
        "{\"a\":1}"
    };

    private static final int TEXT_LONG = 20_000;

    static {
        // Loading it makes Avro trust the generated classes.
        var _ = SchemaRegistry.subject("any");
    }

    private final Random random;

    public RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    public <T extends SpecificRecord> T next(Class<T> type) {
        return type.cast(record(SpecificData.get().getSchema(type)));
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ENUM -> SpecificData.get().createEnum(oneOf(schema.getEnumSymbols()), schema);
            case ARRAY -> array(schema.getElementType());
            case MAP -> map(schema.getValueType());
            case UNION -> value(oneOf(schema.getTypes()));
            case STRING -> text();
            case INT -> random.nextInt();
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? instant() : random.nextLong();
            case DOUBLE -> random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            default -> throw new IllegalArgumentException("no random " + schema.getType() + " yet");
        };
    }

    private Object record(Schema schema) {
        var record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema()));
        }
        return record;
    }

    private Object array(Schema items) {
        var values = new ArrayList<@Nullable Object>();
        for (int left = random.nextInt(4); left > 0; left--) {
            values.add(value(items));
        }
        return values;
    }

    private Object map(Schema values) {
        var map = new HashMap<String, @Nullable Object>();
        for (int left = random.nextInt(4); left > 0; left--) {
            map.put(text(), value(values));
        }
        return map;
    }

    private Instant instant() {
        return Instant.ofEpochMilli(random.nextLong(-1L << 45, 1L << 45));
    }

    private String text() {
        return switch (random.nextInt(20)) {
            case 0 -> "";
            case 1 -> ODD[random.nextInt(ODD.length)].repeat(random.nextInt(TEXT_LONG / 10));
            case 2, 3, 4, 5 -> ODD[random.nextInt(ODD.length)] + letters();
            default -> letters();
        };
    }

    private String letters() {
        var text = new StringBuilder();
        for (int left = random.nextInt(40); left > 0; left--) {
            text.appendCodePoint(random.nextInt(10) == 0 ? codePoint() : 'a' + random.nextInt(26));
        }
        return text.toString();
    }

    /** Any but half of a surrogate pair, which UTF-8 cannot carry. */
    private int codePoint() {
        int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return half ? 'é' : codePoint;
    }

    private <V> V oneOf(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }
}
