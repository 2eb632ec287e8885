package io.vigie.server;

import io.vigie.events.Verbatim;
import io.vigie.index.Refused;
import io.vigie.index.ResultStream;
import io.vigie.index.SearchRequest;
import io.vigie.index.Sort;
import io.vigie.index.StreamOutcome;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest verbatims of a search.
 *
 * @param total how many the search finds
 */
record NewestSample(List<Verbatim> verbatims, long total) {
    NewestSample {
        verbatims = List.copyOf(verbatims);
    }

    /** Refused as a search is. */
    static NewestSample of(SearchEndpoint search, SearchRequest request, int max) throws Refusal, IOException {
        StreamOutcome outcome = search.asked(Endpoint.EXPORT, index -> index.stream(request.withSort(Sort.NEWEST)));
        return switch (outcome) {
            case Refused refused -> throw search.refusal(refused);
            case ResultStream result -> read(result, max);
        };
    }

    private static NewestSample read(ResultStream result, int max) throws IOException {
        try (result) {
            var verbatims = new ArrayList<Verbatim>();
            while (verbatims.size() < max && result.next()) {
                verbatims.add(result.verbatim());
            }
            return new NewestSample(verbatims, result.total());
        }
    }
}
