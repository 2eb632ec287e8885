package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was once written stays readable: every published version of every type is committed, and checked here. */
@NullMarked
class SchemaEvolutionTest {
    private static final Path HISTORY = Path.of("../../schemas/history");
    private static final Path PROPOSED = Path.of("target/schema-history");

    private static final String BASE = """
            {"type": "record", "name": "Base", "fields": [
              {"name": "a", "type": "string", "default": "x", "aliases": ["z"]},
              {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["ONE", "TWO"], "default": "ONE"}}]}""";

    static Stream<Named<Schema>> types() {
        return TopicSpec.all(Topics.standard(), new TopicSpec.Sizing(1, (short) 1)).stream()
                .map(TopicSpec::value)
                .filter(Objects::nonNull)
                .distinct()
                .map(schema -> Named.of(schema.getName(), schema));
    }

    @ParameterizedTest
    @MethodSource("types")
    void theNewestVersionInTheHistoryIsTheCurrentSchema(Schema current) throws IOException {
        var history = SchemaHistory.read(HISTORY, current.getName());

        boolean same = history.endsWith(current);

        if (!same) {
            int next = history.versions().size() + 1;
            Path proposed = SchemaHistory.file(PROPOSED, current.getName(), next);
            Files.createDirectories(proposed.getParent());
            Files.writeString(proposed, SchemaHistory.text(current));
            assertThat(same)
                    .as(
                            "%s has changed since version %d; if that is meant, publish version %d: cp %s %s",
                            current.getName(),
                            next - 1,
                            next,
                            proposed,
                            SchemaHistory.file(HISTORY, current.getName(), next))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theCurrentSchemaReadsWhateverAnyVersionWrote(Schema current) {
        var history = SchemaHistory.read(HISTORY, current.getName());

        assertThat(history.unreadableBy(current)).isEmpty();
    }

    @Test
    void aNewFieldWithoutADefaultIsFound() {
        var history = history(BASE);
        var changed = schema(BASE.replace("\"fields\": [", "\"fields\": [{\"name\": \"new\", \"type\": \"int\"},"));

        assertThat(history.unreadableBy(changed)).anyMatch(message -> message.contains("new"));
        assertThat(history.endsWith(changed)).isFalse();
    }

    @Test
    void aSchemaThatCannotReadTheOldestVersionOnlyIsFound() {
        String withoutB = "{'type':'record','name':'R','fields':[{'name':'a','type':'int'}]}".replace('\'', '"');
        String withB = withoutB.replace("]}", ",{\"name\":\"b\",\"type\":\"int\",\"default\":7}]}");
        var needsB = schema(withB.replace(",\"default\":7", ""));

        assertThat(history(withB).unreadableBy(needsB)).isEmpty();
        assertThat(history(withoutB, withB).unreadableBy(needsB)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'default': 'x' -> 'default': 'y'",
                "'aliases': ['z'] -> 'aliases': ['y']",
                "'ONE', 'TWO' -> 'ONE', 'TWO', 'THREE'",
                "'default': 'ONE' -> 'default': 'TWO'",
                "'type': 'string' -> 'type': ['string', 'null']"
            })
    void aChangeThatIsNotInTheHistoryIsFound(String change) {
        String[] fromTo = change.replace('\'', '"').split(" -> ", -1);
        var changed = schema(BASE.replace(fromTo[0], fromTo[1]));

        assertThat(history(BASE).endsWith(changed)).isFalse();
    }

    @Test
    void theWordsOfTheDocumentationMayChange() {
        var documented = schema(BASE.replace("\"name\": \"a\",", "\"name\": \"a\", \"doc\": \"The first letter.\","));

        assertThat(history(BASE).endsWith(documented)).isTrue();
    }

    private static SchemaHistory history(String... versions) {
        return new SchemaHistory(
                "Base", Stream.of(versions).map(SchemaEvolutionTest::schema).toList());
    }

    private static Schema schema(String json) {
        return new Schema.Parser().parse(json);
    }
}
