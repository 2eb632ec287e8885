package io.vigie.server;

import io.vigie.events.Intent;
import io.vigie.index.Bucket;
import io.vigie.index.Dimension;
import io.vigie.index.Refused;
import io.vigie.index.SearchOutcome;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the search page counts besides the result itself, by searches of their own: each may be of a state of the index a
 * moment later.
 *
 * @param traits by the word of the query, how many verbatims of the result have it
 * @param complaints by the start of a bar
 * @param questions by the start of a bar
 */
record SearchCounts(Map<String, Long> traits, Map<Instant, Long> complaints, Map<Instant, Long> questions) {
    static final String NEGATIVE = "est:négatif";
    static final String POSITIVE = "est:positif";
    static final String MISMATCH = "est:mauvais-canal";
    static final SearchCounts NONE = new SearchCounts(Map.of(), Map.of(), Map.of());

    SearchCounts {
        traits = Map.copyOf(traits);
        complaints = Map.copyOf(complaints);
        questions = Map.copyOf(questions);
    }

    static SearchCounts of(SearchState state, SearchPage.Answer answer, SearchEndpoint search, ZoneId zone)
            throws Refusal, IOException {
        var traits = new HashMap<String, Long>();
        for (String word : List.of(NEGATIVE, POSITIVE, MISMATCH)) {
            SearchState narrower = state.has(word) ? state : state.toggled(word);
            SearchRequest request =
                    SearchParameters.read(narrower.asked(zone) + "&size=0").request();
            traits.put(word, asked(search, request).map(SearchResult::total).orElse(0L));
        }
        return new SearchCounts(
                traits,
                over(answer.request(), Intent.COMPLAINT, search),
                over(answer.request(), Intent.QUESTION, search));
    }

    private static Map<Instant, Long> over(SearchRequest request, Intent intent, SearchEndpoint search)
            throws Refusal, IOException {
        List<String> wanted = request.filters().getOrDefault(Dimension.INTENT, List.of());
        boolean isLeftOut = !wanted.isEmpty() && !wanted.contains(intent.name());
        if (isLeftOut || request.interval().isEmpty()) {
            return Map.of();
        }
        var counted = new HashMap<Instant, Long>();
        asked(search, request.withSize(0).withFacets(Set.of()).withFilter(Dimension.INTENT, intent.name()))
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
