package io.vigie.server;

import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes what {@link SearchParameters} reads: which verbatims a search finds, as what follows the question mark. */
final class SearchAddress {
    private SearchAddress() {}

    /** Without its order, page and counts. The zone is part of it, because dates of the query follow it. */
    static String of(SearchRequest request) {
        var pairs = new ArrayList<String>();
        if (!request.query().isBlank()) {
            pairs.add(pair("q", request.query()));
        }
        for (Dimension dimension : Dimension.values()) {
            for (String value : request.filters().getOrDefault(dimension, List.of())) {
                pairs.add(pair(dimension.parameter(), value));
            }
        }
        request.from().ifPresent(from -> pairs.add(pair("from", from.toString())));
        request.to().ifPresent(to -> pairs.add(pair("to", to.toString())));
        pairs.add(pair("zone", request.zone().getId()));
        return String.join("&", pairs);
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
