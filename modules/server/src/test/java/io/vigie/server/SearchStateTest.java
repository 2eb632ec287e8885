package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchStateTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int ROUNDS = 500;
    private static final List<String> WORDS =
            List.of("panne", "\"port 25\"", "a&b=c", "50 %", "été+hiver", "est:grave", "(x OU y)", "#?/", "é«»");

    @Test
    void anAddressSaysAllThereIs() throws Refusal {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            SearchState state = state(random);

            SearchState read = SearchState.read(query(state.address()));

            assertThat(read).as("seed %d, round %d", seed, i).isEqualTo(state);
        }
    }

    @Test
    void whatIsToggledTwiceIsAsBefore() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            SearchState state = state(random).first();
            SearchState word = state.toggled("est:partant");

            assertThat(state.toggled(Dimension.OFFER, "new").toggled(Dimension.OFFER, "new"))
                    .as("seed %d", seed)
                    .isEqualTo(state);
            assertThat(word.has("est:partant")).as("seed %d", seed).isTrue();
            assertThat(word.toggled("est:partant").has("est:partant"))
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    @Test
    void theFilterByLanguageIsNotTheLanguageOfThePage() throws Refusal {
        SearchState state = SearchState.read("language=en");

        assertThat(state.address()).isEqualTo("/?language=en");
        assertThat(state.asked(PARIS)).isEqualTo("lang=en&zone=Europe%2FParis");
    }

    @Test
    void alternativesAreHeldTogetherWhenSomethingIsLeftOut() {
        SearchState state = SearchState.BLANK.asking("box OU modem").excluding(Dimension.THEME, "network.outage");

        assertThat(state.q()).isEqualTo("(box OU modem) -theme:\"network.outage\"");
        assertThat(state.exclusions()).singleElement().satisfies(exclusion -> {
            assertThat(exclusion.value()).isEqualTo("network.outage");
            assertThat(exclusion.without().q()).isEqualTo("(box OU modem)");
        });
        assertThat(state.excluding(Dimension.THEME, "network.outage")).isEqualTo(state);
    }

    @Test
    void whatIsLeftOutIsNoFilterAnyMore() {
        SearchState state = SearchState.BLANK.only(Dimension.OFFER, "box").excluding(Dimension.OFFER, "box");

        assertThat(state.values(Dimension.OFFER)).isEmpty();
        assertThat(state.q()).isEqualTo("-offer:\"box\"");
    }

    @Test
    void clearingKeepsTheWords() {
        SearchState state = new SearchState(
                "panne est:grave -lang:\"en\"",
                Map.of(Dimension.OFFER, List.of("box")),
                "2026-01-01",
                "",
                "newest",
                false,
                true,
                false,
                Optional.of("next"));

        assertThat(state.cleared().address()).isEqualTo("/?q=panne&sort=newest");
    }

    @Test
    void wholeDaysAreDaysAndOtherTimesAreTimes() {
        var request = SearchRequest.of("x")
                .withFrom(Instant.parse("2026-02-28T23:00:00Z"))
                .withTo(Instant.parse("2026-03-15T23:00:00Z"));

        assertThat(SearchState.of(request).address()).isEqualTo("/?q=x&from=2026-03-01&to=2026-03-15");
        assertThat(SearchState.start(Instant.parse("2026-03-01T09:30:00Z"), PARIS))
                .isEqualTo("2026-03-01T10:30");
    }

    private static String query(String address) {
        int question = address.indexOf('?');
        return question < 0 ? "" : address.substring(question + 1);
    }

    private static SearchState state(Random random) {
        var words = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            if (random.nextInt(4) == 0) {
                filters.put(dimension, List.of("a b", "c&d").subList(0, 1 + random.nextInt(2)));
            }
        }
        return new SearchState(
                String.join(" ", words),
                filters,
                random.nextBoolean() ? "2026-03-01" : "",
                random.nextBoolean() ? "2026-03-01T10:00" : "",
                random.nextBoolean() ? "newest" : "",
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Optional.of("abc_-") : Optional.empty());
    }
}
