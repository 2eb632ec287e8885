package io.vigie.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.jspecify.annotations.NullMarked;

/** The versions of one record type that were ever published, oldest first: {@code schemas/history/<name>/v<n>.avsc}. */
@NullMarked
record SchemaHistory(String name, List<Schema> versions) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JAVA_STRING = "avro.java.string";

    static SchemaHistory read(Path root, String name) {
        var versions = new ArrayList<Schema>();
        for (Path file = file(root, name, 1); Files.exists(file); file = file(root, name, versions.size() + 1)) {
            versions.add(parse(file));
        }
        return new SchemaHistory(name, List.copyOf(versions));
    }

    static Path file(Path root, String name, int version) {
        return root.resolve(name).resolve("v" + version + ".avsc");
    }

    /** Whether the newest version and a schema read and write the same: all but how Java spells strings, and the docs. */
    boolean endsWith(Schema schema) {
        return !versions.isEmpty() && meaning(versions.getLast()).equals(meaning(schema));
    }

    /** Why a schema cannot read what some version wrote; empty when it reads them all. */
    List<String> unreadableBy(Schema schema) {
        var earlier = versions.stream()
                .<ParsedSchemaHolder>map(version -> new SimpleParsedSchemaHolder(new AvroSchema(version)))
                .toList();
        return new AvroSchema(schema).isCompatible(CompatibilityLevel.forName(Provisioning.COMPATIBILITY), earlier);
    }

    /** A schema as a file of the history holds it. */
    static String text(Schema schema) {
        return SchemaFormatter.format("json/pretty", plain(schema)) + "\n";
    }

    private static JsonNode meaning(Schema schema) {
        return without(plain(schema), "doc");
    }

    private static Schema plain(Schema schema) {
        return new Schema.Parser().parse(without(schema, JAVA_STRING).toString());
    }

    private static JsonNode without(Schema schema, String key) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            tree.findParents(key).forEach(parent -> ((ObjectNode) parent).remove(key));
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
