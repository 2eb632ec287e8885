package io.vigie.server;

import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Section;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Addresses of the search page: the lists behind the numbers of other pages. */
final class SearchLinks {
    private SearchLinks() {}

    static String words(String query) {
        return Section.SEARCH.address() + "?q=" + Addresses.encoded(query);
    }

    /** The verbatims of a request. Times are those of the pages' zone, without it, as the search page takes them. */
    static String of(SearchRequest request, ZoneId zone) {
        var pairs = new ArrayList<String>();
        if (!request.query().isBlank()) {
            pairs.add("q=" + Addresses.encoded(request.query()));
        }
        for (Dimension dimension : Dimension.values()) {
            String name = dimension == Dimension.LANGUAGE ? "language" : dimension.parameter();
            for (String value : request.filters().getOrDefault(dimension, List.of())) {
                pairs.add(name + "=" + Addresses.encoded(value));
            }
        }
        request.from().ifPresent(from -> pairs.add("from=" + Addresses.encoded(local(from, zone))));
        request.to().ifPresent(to -> pairs.add("to=" + Addresses.encoded(local(to, zone))));
        return Section.SEARCH.address() + "?" + String.join("&", pairs);
    }

    private static String local(Instant at, ZoneId zone) {
        return LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
