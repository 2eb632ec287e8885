package io.vigie.server;

import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.Refused;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What the index has of a customer.
 *
 * @param byOffer of the most frequent offers, how many
 */
record CustomerVerbatims(long total, List<Count> byOffer) {
    /**
     * Looks now.
     *
     * @param until what was said later does not count
     */
    static CustomerVerbatims in(VerbatimIndex index, String customerKey, Instant until) throws IOException {
        var request = SearchRequest.of("client:\"" + customerKey + "\"")
                .withTo(until.plusMillis(1))
                .withSize(0)
                .withFacets(Set.of(Dimension.OFFER));
        return switch (index.search(request)) {
            case SearchResult result ->
                new CustomerVerbatims(result.total(), result.facets().getOrDefault(Dimension.OFFER, List.of()));
            case Refused refused -> throw new IOException("cannot look for a customer: " + refused.detail());
        };
    }
}
