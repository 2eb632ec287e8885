package io.vigie.server;

import io.vigie.events.Intent;
import io.vigie.index.Bucket;
import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.Refused;
import io.vigie.index.SearchOutcome;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Chart;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the search page counts besides the result itself, by searches of their own: each may be of a state of the index a
 * moment later.
 *
 * @param traits by the word of the query, how many verbatims of the result have it
 * @param stacks what the bars are divided into, from the bottom up; what is in none of them is the rest
 */
record SearchCounts(Map<String, Long> traits, List<Stack> stacks) {
    static final String NEGATIVE = "est:négatif";
    static final String POSITIVE = "est:positif";
    static final String MISMATCH = "est:mauvais-canal";
    static final SearchCounts NONE = new SearchCounts(Map.of(), List.of());

    /** Themes that the bars are divided into: with the rest as many as can be told apart. */
    private static final int THEMES = Chart.SERIES_MAX - 1;

    private static final List<String> INTENTS = List.of(Intent.COMPLAINT.name(), Intent.QUESTION.name());

    SearchCounts {
        traits = Map.copyOf(traits);
        stacks = List.copyOf(stacks);
    }

    /**
     * A part of every bar.
     *
     * @param value of the dimension that divides the bars
     * @param counts by the start of a bar
     */
    record Stack(Dimension dimension, String value, Map<Instant, Long> counts) {
        Stack {
            counts = Map.copyOf(counts);
        }

        /**
         * What of a search it counts. A verbatim of several themes is counted with the first of them only: the parts of a bar
         * add up.
         *
         * @param stacks all of a bar; those below this one count before it
         */
        SearchState of(SearchState state, List<Stack> stacks) {
            SearchState part = state.only(dimension, value);
            for (Stack below : stacks) {
                if (below.value().equals(value) || dimension != Dimension.THEME) {
                    break;
                }
                part = part.excluding(dimension, below.value());
            }
            return part;
        }
    }

    static SearchCounts of(SearchState state, SearchPage.Answer answer, SearchEndpoint search, ZoneId zone)
            throws Refusal, IOException {
        var traits = new HashMap<String, Long>();
        for (String word : List.of(NEGATIVE, POSITIVE, MISMATCH)) {
            SearchState narrower = state.has(word) ? state : state.toggled(word);
            traits.put(
                    word,
                    asked(search, request(narrower, zone))
                            .map(SearchResult::total)
                            .orElse(0L));
        }
        Dimension dimension = state.byTheme() ? Dimension.THEME : Dimension.INTENT;
        var stacks = new ArrayList<Stack>();
        for (String value : state.byTheme() ? themes(state, answer) : INTENTS) {
            var part = new Stack(dimension, value, Map.of());
            stacks.add(new Stack(dimension, value, over(part, part.of(state, stacks), state, answer, search)));
        }
        return new SearchCounts(traits, stacks);
    }

    /** The most frequent ones of the result; of those that are asked for, if any are. */
    private static List<String> themes(SearchState state, SearchPage.Answer answer) {
        List<String> wanted = state.values(Dimension.THEME);
        return answer.counts().facets().getOrDefault(Dimension.THEME, List.of()).stream()
                .map(Count::value)
                .filter(value -> wanted.isEmpty() || wanted.contains(value))
                .limit(THEMES)
                .toList();
    }

    private static SearchRequest request(SearchState state, ZoneId zone) throws Refusal {
        return SearchParameters.read(state.asked(zone) + "&size=0").request();
    }

    /** @param part of the search */
    private static Map<Instant, Long> over(
            Stack stack, SearchState part, SearchState state, SearchPage.Answer answer, SearchEndpoint search)
            throws Refusal, IOException {
        List<String> wanted = state.values(stack.dimension());
        if (answer.request().interval().isEmpty() || !(wanted.isEmpty() || wanted.contains(stack.value()))) {
            return Map.of();
        }
        ZoneId zone = answer.request().zone();
        var counted = new HashMap<Instant, Long>();
        asked(
                        search,
                        request(part, zone)
                                .withHistogram(answer.request().interval().get(), zone))
                .ifPresent(result -> {
                    for (Bucket bucket : result.histogram()) {
                        counted.put(bucket.start(), bucket.count());
                    }
                });
        return counted;
    }

    /** Empty when one word more makes the query too long or too costly. */
    private static Optional<SearchResult> asked(SearchEndpoint search, SearchRequest request)
            throws Refusal, IOException {
        SearchOutcome outcome = search.asked(Endpoint.SEARCH, index -> index.search(request));
        return switch (outcome) {
            case SearchResult result -> Optional.of(result);
            case Refused _ -> Optional.empty();
        };
    }
}
