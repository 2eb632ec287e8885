package io.vigie.server;

import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"panne|\"panne\"", "port 25|\"port\" \"25\""})
    void wordsAreQuotedAndBack(String plain, String exact) {
        assertThat(ExactWords.toggled(plain)).contains(exact);
        assertThat(ExactWords.toggled(exact)).contains(plain);
        assertThat(ExactWords.isExact(exact)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "box OU modem", "offre:x", "\"port 25\"", "factur*", "-fibre", "l’offre"})
    void whatIsMoreThanWordsStaysAsItIs(String query) {
        assertThat(ExactWords.toggled(query)).isEmpty();
    }

    @Test
    void exactWordsAreNotFoundInOtherForms(@TempDir Path directory) throws IOException {
        try (var index = VerbatimIndex.open(directory.resolve("index"), new SimpleMeterRegistry(), Clock.systemUTC())) {
            index.put(verbatim("a", "Deux pannes de box."));
            index.put(verbatim("b", "La box est en panne."));
            index.refresh();

            assertThat(found(index, "box panne")).isEqualTo(2);
            assertThat(found(index, ExactWords.toggled("box panne").orElseThrow()))
                    .isEqualTo(1);
        }
    }

    private static long found(VerbatimIndex index, String query) throws IOException {
        return ((SearchResult) index.search(SearchRequest.of(query))).total();
    }
}
