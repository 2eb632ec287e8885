package io.vigie.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain JSON as one generated Avro type, strictly: nothing is dropped, converted or guessed. The schema is walked
 * once, into a tree of small readers. Safe for use by several threads.
 *
 * <p>Absent fields take the default of the schema; times are milliseconds since the epoch or ISO 8601 with an offset.
 * Avro's own JSON encoding is another thing: it wraps every nullable value in an object that names its type.
 */
final class AvroJson<T extends SpecificRecord> {
    private static final int QUOTE_LENGTH_MAX = 40;

    private final Class<T> type;
    private final Reader root;

    AvroJson(Class<T> type) {
        this.type = type;
        this.root = reader(SpecificData.getForClass(type).getSchema(type));
    }

    /** What became of one JSON value. */
    sealed interface Reading<T> {}

    record Good<T>(T value) implements Reading<T> {}

    /** @param error which field, what was found and what is expected */
    record Bad<T>(String error) implements Reading<T> {}

    Reading<T> read(JsonNode json) {
        try {
            return new Good<>(type.cast(Objects.requireNonNull(root.read(json, ""))));
        } catch (MismatchException e) {
            return new Bad<>(e.path.isEmpty() ? e.problem : e.path + ": " + e.problem);
        }
    }

    private interface Reader {
        @Nullable
        Object read(JsonNode json, String path) throws MismatchException;
    }

    private record FieldReader(Schema.Field field, Reader reader) {
        @Nullable
        Object absent() {
            return SpecificData.get().getDefaultValue(field);
        }
    }

    private static final class MismatchException extends Exception {
        final String path;
        final String problem;

        MismatchException(String path, String problem) {
            super(problem, null, false, false);
            this.path = path;
            this.problem = problem;
        }
    }

    private static Reader reader(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case UNION -> nullable(schema);
            case ARRAY -> array(reader(schema.getElementType()));
            case MAP -> map(reader(schema.getValueType()));
            case ENUM -> enumeration(schema);
            case STRING ->
                (json, path) -> of("a string", json.isTextual(), json, path).textValue();
            case BOOLEAN ->
                (json, path) ->
                        of("true or false", json.isBoolean(), json, path).booleanValue();
            case DOUBLE ->
                (json, path) -> of("a number", json.isNumber(), json, path).doubleValue();
            case INT ->
                (json, path) -> integer(json, path, Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .intValue();
            case LONG -> schema.getLogicalType() == null ? AvroJson::wide : AvroJson::time;
            case BYTES, FIXED, FLOAT, NULL ->
                throw new IllegalArgumentException("no JSON form is agreed on for Avro's " + schema.getType());
        };
    }

    private static Reader record(Schema schema) {
        Constructor<?> constructor = constructor(schema);
        Map<String, FieldReader> fields = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            fields.put(field.name(), new FieldReader(field, reader(field.schema())));
        }
        return (json, path) -> {
            of("a JSON object", json.isObject(), json, path);
            refuseUnknown(json, path, fields);
            refuseMissing(json, path, fields);
            SpecificRecord record = instance(constructor);
            for (FieldReader field : fields.values()) {
                JsonNode value = json.get(field.field().name());
                record.put(
                        field.field().pos(),
                        value == null ? field.absent() : field.reader().read(value, member(path, field.field())));
            }
            return record;
        };
    }

    private static void refuseUnknown(JsonNode json, String path, Map<String, FieldReader> known)
            throws MismatchException {
        for (var names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.containsKey(name)) {
                String meant = NearestName.to(name, known.keySet())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("; known are " + String.join(", ", known.keySet()));
                throw new MismatchException(path, "unknown field " + quoted(name) + meant);
            }
        }
    }

    private static void refuseMissing(JsonNode json, String path, Map<String, FieldReader> known)
            throws MismatchException {
        String missing = known.values().stream()
                .filter(field -> !field.field().hasDefaultValue())
                .map(field -> field.field().name())
                .filter(name -> !json.has(name))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new MismatchException(path, "missing " + missing);
        }
    }

    private static Reader nullable(Schema union) {
        List<Schema> values = union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (values.size() != 1 || union.getTypes().size() != 2) {
            throw new IllegalArgumentException("only unions of null and one type have a plain JSON form: " + union);
        }
        Reader value = reader(values.getFirst());
        return (json, path) -> json.isNull() ? null : value.read(json, path);
    }

    private static Reader array(Reader element) {
        return (json, path) -> {
            of("an array", json.isArray(), json, path);
            List<@Nullable Object> elements = new ArrayList<>(json.size());
            for (JsonNode value : json) {
                elements.add(element.read(value, path + "[" + elements.size() + "]"));
            }
            return elements;
        };
    }

    private static Reader map(Reader value) {
        return (json, path) -> {
            of("a JSON object", json.isObject(), json, path);
            Map<String, @Nullable Object> entries = new HashMap<>();
            for (Map.Entry<String, JsonNode> entry : json.properties()) {
                entries.put(entry.getKey(), value.read(entry.getValue(), path + "." + cut(entry.getKey())));
            }
            return entries;
        };
    }

    private static Reader enumeration(Schema schema) {
        Map<String, Object> symbols = Arrays.stream(generated(schema).getEnumConstants())
                .collect(Collectors.toMap(Object::toString, symbol -> symbol));
        String expected = "one of " + String.join(", ", schema.getEnumSymbols());
        return (json, path) -> {
            Object symbol =
                    symbols.get(of(expected, json.isTextual(), json, path).textValue());
            of(expected, symbol != null, json, path);
            return symbol;
        };
    }

    private static Object wide(JsonNode json, String path) throws MismatchException {
        return integer(json, path, Long.MIN_VALUE, Long.MAX_VALUE).longValue();
    }

    private static Object time(JsonNode json, String path) throws MismatchException {
        String expected = "milliseconds since 1970 or a time such as 2026-03-01T09:30:00Z";
        if (!json.isTextual()) {
            of(expected, json.isIntegralNumber() && json.canConvertToLong(), json, path);
            return Instant.ofEpochMilli(json.longValue());
        }
        try {
            return OffsetDateTime.parse(json.textValue()).toInstant();
        } catch (DateTimeParseException e) {
            throw new MismatchException(path, "expected " + expected + ", got " + found(json));
        }
    }

    private static JsonNode integer(JsonNode json, String path, long min, long max) throws MismatchException {
        String expected = "an integer from " + min + " to " + max;
        of(expected, json.isIntegralNumber() && json.canConvertToLong(), json, path);
        return of(expected, json.longValue() >= min && json.longValue() <= max, json, path);
    }

    private static JsonNode of(String expected, boolean holds, JsonNode json, String path) throws MismatchException {
        if (!holds) {
            throw new MismatchException(path, "expected " + expected + ", got " + found(json));
        }
        return json;
    }

    private static String found(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> quoted(json.textValue());
            case NUMBER -> cut(json.asText());
            case BOOLEAN -> json.asText();
            case NULL -> "null";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case BINARY, MISSING, POJO -> "nothing";
        };
    }

    private static String member(String path, Schema.Field field) {
        return path.isEmpty() ? field.name() : path + "." + field.name();
    }

    private static String quoted(String text) {
        return '"' + cut(text) + '"';
    }

    private static String cut(String text) {
        return text.length() > QUOTE_LENGTH_MAX ? text.substring(0, QUOTE_LENGTH_MAX) + "…" : text;
    }

    private static SpecificRecord instance(Constructor<?> constructor) {
        try {
            return (SpecificRecord) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated class has no usable constructor: " + constructor, e);
        }
    }

    private static Constructor<?> constructor(Schema schema) {
        try {
            return generated(schema).getConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("no generated class for " + schema.getFullName(), e);
        }
    }

    /** Ours, not Avro's look-up: the schema comes from a generated class, so its names are to be trusted. */
    private static Class<?> generated(Schema schema) {
        try {
            return Class.forName(schema.getFullName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no generated class for " + schema.getFullName(), e);
        }
    }
}
