package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas are the contract: who writes an event finds there what each field means. */
@NullMarked
class SchemaDocumentationTest {
    private static final Path SCHEMAS = Path.of("../../schemas");
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> schemas() throws IOException {
        try (var files = Files.list(SCHEMAS)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyTypeAndEveryFieldIsDocumented(Path file) throws IOException {
        assertThat(undocumented(JSON.readTree(file.toFile()))).isEmpty();
    }

    @Test
    void aFieldWithoutDocumentationIsFound() throws IOException {
        var schema = JSON.readTree("""
                {"type": "record", "name": "Outer", "doc": "Outer.", "fields": [
                  {"name": "list", "doc": "List.", "type": {"type": "array", "items":
                    {"type": "record", "name": "Inner", "fields": [{"name": "bare", "type": "int", "doc": " "}]}}}]}""");

        assertThat(undocumented(schema)).containsExactly("Inner", "bare");
    }

    /** Whatever has a name, a type or a field, has a doc. */
    private static List<String> undocumented(JsonNode node) {
        var names = new ArrayList<String>();
        if (node.has("name") && node.path("doc").asText().isBlank()) {
            names.add(node.get("name").asText());
        }
        node.forEach(child -> names.addAll(undocumented(child)));
        return names;
    }
}
