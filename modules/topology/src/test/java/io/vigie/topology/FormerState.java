package io.vigie.topology;

import io.vigie.events.Action;
import io.vigie.events.Breach;
import io.vigie.events.Contact;
import io.vigie.events.Promise;
import io.vigie.events.Question;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * The records of changelogs, as a text file: what one version of the stream wrote is put into the stores of another, byte
 * for byte, and read through the stores' own serdes. The schemas behind the ids in the values are those of the committed
 * history.
 */
final class FormerState {
    private static final Path HISTORY = Path.of("..", "..", "schemas", "history");
    private static final HexFormat HEX = HexFormat.of();
    private static final Topics TOPICS = Topics.standard();

    private final List<Written> schemas;
    private final Map<String, List<Row>> stores;

    private FormerState(List<Written> schemas, Map<String, List<Row>> stores) {
        this.schemas = schemas;
        this.stores = stores;
    }

    /** A schema that values were written with; the first has the id 1, the next one 2. */
    private record Written(String topic, String type, int version) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
    private record Row(long timestamp, byte[] key, byte[] value) {}

    /** Those that the streams write into their state, in the versions of now. */
    static void registerCurrent(SchemaRegistry registry) {
        current().forEach((topic, schema) -> registry.register(topic, schema));
    }

    private static Map<String, Schema> current() {
        var schemas = new LinkedHashMap<String, Schema>();
        schemas.put(TOPICS.verbatims(), Verbatim.getClassSchema());
        schemas.put(TOPICS.contacts(), Contact.getClassSchema());
        schemas.put(TOPICS.promises(), Promise.getClassSchema());
        schemas.put(TOPICS.breaches(), Breach.getClassSchema());
        schemas.put(TOPICS.questions(), Question.getClassSchema());
        schemas.put(TOPICS.actions(), Action.getClassSchema());
        return schemas;
    }

    static FormerState read(Path file) throws IOException {
        List<Written> schemas = new ArrayList<>();
        Map<String, List<Row>> stores = new TreeMap<>();
        String store = "";
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "#", "" -> {}
                case "schema" -> schemas.add(new Written(words[1], words[2], Integer.parseInt(words[3])));
                case "store" -> {
                    store = words[1];
                    stores.put(store, new ArrayList<>());
                }
                default ->
                    stores.getOrDefault(store, List.of())
                            .add(new Row(
                                    Long.parseLong(words[0]),
                                    HEX.parseHex(words[1]),
                                    words.length < 3 ? new byte[0] : HEX.parseHex(words[2])));
            }
        }
        return new FormerState(schemas, stores);
    }

    /** How many rows each store had. */
    Map<String, Integer> sizes() {
        var sizes = new TreeMap<String, Integer>();
        stores.forEach((name, rows) -> sizes.put(name, rows.size()));
        return sizes;
    }

    /** Gives the schemas the ids that they had; the registry must be empty. */
    void register(SchemaRegistry registry) throws IOException {
        int id = 0;
        for (Written schema : schemas) {
            Path file = HISTORY.resolve(schema.type()).resolve("v" + schema.version() + ".avsc");
            int given = registry.register(schema.topic(), new Schema.Parser().parse(Files.readString(file)));
            if (given != ++id) {
                throw new IllegalStateException(schema + " has the id " + given + ", not " + id);
            }
        }
    }

    /** Puts the rows into the stores of a topology that has just started, of those that it has. */
    void restore(TopologyTestDriver driver) {
        driver.getAllStateStores()
                .forEach((name, store) -> stores.getOrDefault(name, List.of()).forEach(row -> restore(store, row)));
    }

    @SuppressWarnings("unchecked") // What is below a store with serdes is bytes.
    private static void restore(StateStore store, Row row) {
        StateStore bytes = innermost(store);
        switch (store) {
            case WindowStore<?, ?> _ -> {
                // A changelog's key is the key, the time and a number of four bytes.
                int end = row.key.length - Long.BYTES - Integer.BYTES;
                ((WindowStore<Bytes, byte[]>) bytes)
                        .put(
                                Bytes.wrap(Arrays.copyOf(row.key, end)),
                                row.value,
                                ByteBuffer.wrap(row.key, end, Long.BYTES).getLong());
            }
            case TimestampedKeyValueStore<?, ?> _ ->
                ((KeyValueStore<Bytes, byte[]>) bytes)
                        .put(
                                Bytes.wrap(row.key),
                                ByteBuffer.allocate(Long.BYTES + row.value.length)
                                        .putLong(row.timestamp)
                                        .put(row.value)
                                        .array());
            default -> ((KeyValueStore<Bytes, byte[]>) bytes).put(Bytes.wrap(row.key), row.value);
        }
    }

    /** Where restored rows go: below serdes, changelog and cache. */
    private static StateStore innermost(StateStore store) {
        StateStore inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> outer
                && (outer.wrapped() instanceof KeyValueStore || outer.wrapped() instanceof WindowStore)) {
            inner = outer.wrapped();
        }
        return inner;
    }

    /** Nothing yet. */
    static FormerState empty() {
        return new FormerState(List.of(), new TreeMap<>());
    }

    /** Takes over what an application has written into its changelogs since it was last asked, as compaction leaves it. */
    void learn(String applicationId, TopologyTestDriver driver) {
        for (String name : driver.getAllStateStores().keySet()) {
            String changelog = applicationId + "-" + name + "-changelog";
            if (driver.producedTopicNames().contains(changelog)) {
                var rows = stores.computeIfAbsent(name, _ -> new ArrayList<>());
                driver.createOutputTopic(changelog, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList()
                        .forEach(record -> {
                            rows.removeIf(row -> Arrays.equals(row.key, record.key()));
                            if (record.value() != null) {
                                rows.add(new Row(record.getRecordTime().toEpochMilli(), record.key(), record.value()));
                            }
                        });
            }
        }
    }

    void write(Path file, String comment) throws IOException {
        var text = new StringBuilder("# " + comment + "\n");
        current()
                .forEach((topic, schema) -> text.append("schema ")
                        .append(topic)
                        .append(' ')
                        .append(schema.getName())
                        .append(' ')
                        .append(newest(schema.getName()))
                        .append('\n'));
        stores.forEach((name, rows) -> {
            text.append("store ").append(name).append('\n');
            for (Row row : rows) {
                text.append(row.timestamp)
                        .append(' ')
                        .append(HEX.formatHex(row.key))
                        .append(' ')
                        .append(HEX.formatHex(row.value))
                        .append('\n');
            }
        });
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.toString(), StandardCharsets.UTF_8);
    }

    private static int newest(String type) {
        int version = 1;
        while (Files.exists(HISTORY.resolve(type).resolve("v" + (version + 1) + ".avsc"))) {
            version++;
        }
        return version;
    }
}
