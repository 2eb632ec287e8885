package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggesterTest {
    private final VerbatimIndex index;

    SuggesterTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @BeforeEach
    void put() throws IOException {
        for (int i = 0; i < 4; i++) {
            index.put(draft("fr" + i, "Le prélèvement de ma facture est faux, je veux résilier")
                    .setOfferId("fibre")
                    .build());
            index.put(draft("en" + i, "My refund was refused again, no IPv6 on port 25")
                    .setLanguage("en")
                    .setOfferId("mobile")
                    .build());
        }
        index.put(verbatim("slip", "Le prelevment est faux"));
        index.refresh();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            factrue                       | facture                     | 4
            prelevemnt                    | prélèvement                 | 4
            PRELEVEMNT                    | prélèvement                 | 4
            prelevment                    | prélèvement                 | 4
            resulier                     | résilier                    | 4
            facture resulier             | facture résilier            | 4
            prelevemnt resulier          | prélèvement résilier        | 4
            (factrue OU refnud) -box      | (facture OU refund) -box    | 8
            offre:fibre factrue           | offre:fibre facture         | 4
            refnud                        | refund                      | 4
            """)
    void aQueryThatFindsLittleGetsOneThatFindsMore(String query, String better, long total) throws IOException {
        assertThat(suggestion(SearchRequest.of(query))).contains(new Suggestion(better, total));
        assertThat(((SearchResult) index.search(SearchRequest.of(better))).total())
                .isEqualTo(total);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "facture",
                "zzzzzz",
                "IPv4",
                "-factrue facture",
                "\"factrue\"",
                "offre:fibr",
                "",
                "xy",
                "\"port 26\"",
                "port 26"
            })
    void withoutASlipThereIsNone(String query) throws IOException {
        assertThat(suggestion(SearchRequest.of(query))).isEmpty();
    }

    @Test
    void itFindsMoreUnderTheSameFilters() throws IOException {
        assertThat(suggestion(SearchRequest.of("refnud").withFilter(Dimension.LANGUAGE, "fr")))
                .isEmpty();
        assertThat(suggestion(SearchRequest.of("refnud").withFilter(Dimension.LANGUAGE, "en")))
                .contains(new Suggestion("refund", 4));
    }

    @Test
    void countsAloneAndLaterPagesHaveNone() throws IOException {
        assertThat(suggestion(SearchRequest.of("factrue").withSize(0))).isEmpty();
    }

    /** Whatever is mistyped: a suggestion finds as many as it says, and more than was found. */
    @RepeatedTest(5)
    void whatItSaysIsTrue() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var words = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            words.add(word(random));
        }
        for (int i = 0; i < 300; i++) {
            String text = any(words, random) + " " + any(words, random) + " " + any(words, random);
            index.put(verbatim("id" + i, text));
        }
        index.refresh();

        int suggested = 0;
        for (int i = 0; i < 100; i++) {
            var request = SearchRequest.of(mistyped(any(words, random), random));
            var found = (SearchResult) index.search(request);
            if (found.suggestion().isPresent()) {
                var suggestion = found.suggestion().get();
                var better = (SearchResult) index.search(SearchRequest.of(suggestion.query()));
                assertThat(better.total()).as("-Dseed=%d", seed).isEqualTo(suggestion.total());
                assertThat(better.total()).as("-Dseed=%d", seed).isGreaterThan(found.total());
                suggested++;
            }
        }
        assertThat(suggested).as("-Dseed=%d", seed).isGreaterThan(50);
    }

    private static String word(Random random) {
        return random.ints(8, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String mistyped(String word, Random random) {
        int place = 1 + random.nextInt(word.length() - 1);
        return word.substring(0, place) + (char) ('a' + random.nextInt(26)) + word.substring(place + 1);
    }

    private static String any(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private Optional<Suggestion> suggestion(SearchRequest request) throws IOException {
        return ((SearchResult) index.search(request)).suggestion();
    }
}
