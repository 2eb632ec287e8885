package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonItemsTest {
    @Test
    void oneObjectIsOneItem() throws Refusal {
        assertThat(items("{\"a\":\n 1}", false)).containsExactly("0: {\"a\":1}");
    }

    @Test
    void theElementsOfAnArrayAreItems() throws Refusal {
        assertThat(items(" [{\"a\":1}, 2]", false)).containsExactly("0: {\"a\":1}", "1: 2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linesAreSeenWhetherOrNotTheyAreAnnounced(boolean announced) throws Refusal {
        assertThat(items("{\"a\":1}\r\n\n{\"b\":2}\n", announced))
                .containsExactly("0 line 1: {\"a\":1}", "1 line 3: {\"b\":2}");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws Refusal {
        assertThat(items("\uFEFF{\"a\":1}\n{\"b\":2}", true))
                .containsExactly("0 line 1: {\"a\":1}", "1 line 2: {\"b\":2}");
    }

    @Test
    void aBrokenLineSpoilsOnlyItself() throws Refusal {
        List<String> items = items("{\"a\":1}\n{\"a\":oops}\n{\"a\":3}", true);

        assertThat(items).hasSize(3);
        assertThat(items.get(1)).startsWith("1 line 2: broken: line 2, column 6: not JSON: Unrecognized token 'oops'");
        assertThat(items.get(2)).isEqualTo("2 line 3: {\"a\":3}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1} {\"a\":2}", "{\"a\":1,\"a\":2}", "{\"a\":", "{'a':1}", "{\"a\":NaN}"})
    void whatIsNoStrictJsonIsABrokenLine(String line) throws Refusal {
        assertThat(items(line + "\n{}", true)).first().asString().startsWith("0 line 1: broken: line 1, column ");
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() throws Refusal {
        assertThat(items("{\"a\":".repeat(100_000) + "\n{}", true))
                .hasSize(2)
                .first()
                .asString()
                .contains("broken")
                .contains("nesting depth");
    }

    @Test
    void aSyntaxErrorSpoilsAWholeArray() {
        assertThatThrownBy(() -> items("[{\"a\":1},\n {\"a\" 2}]", false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("line 2, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n ", "[1] x", "[1", "\uFEFF"})
    void whatHoldsNoValueIsRefused(String body) {
        assertThatThrownBy(() -> items(body, false)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2,3]", "{}\n{}\n{}"})
    void moreItemsThanAllowedAreRefused(String body) {
        assertThatThrownBy(() -> items(body, false, 2))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("more than 2 events");
    }

    private static List<String> items(String body, boolean lines) throws Refusal {
        return items(body, lines, 100);
    }

    private static List<String> items(String body, boolean lines, int max) throws Refusal {
        List<String> seen = new ArrayList<>();
        JsonItems.read(body.getBytes(StandardCharsets.UTF_8), lines, max, new JsonItems.Sink() {
            @Override
            public void value(int index, OptionalInt line, JsonNode json) {
                seen.add(at(index, line) + json);
            }

            @Override
            public void broken(int index, OptionalInt line, String error) {
                seen.add(at(index, line) + "broken: " + error);
            }
        });
        return seen;
    }

    private static String at(int index, OptionalInt line) {
        return index + (line.isPresent() ? " line " + line.getAsInt() : "") + ": ";
    }
}
