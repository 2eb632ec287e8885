package io.vigie.server;

import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.page.SearchView;
import io.vigie.server.page.Section;
import io.vigie.server.page.Wording;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Where the search page shows the verbatims that a number counts. */
final class ListAddress {
    /** Most verbatims that one list names; a query has an end. */
    static final int IDS_MAX = SearchView.PICKED_MAX;

    private ListAddress() {}

    /** @param zone whose clocks the page shows */
    static String of(SearchRequest request, ZoneId zone) {
        var pairs = new ArrayList<String>();
        add(pairs, "q", request.query());
        for (Dimension dimension : Dimension.values()) {
            String name = SearchState.name(dimension);
            request.filters().getOrDefault(dimension, List.of()).forEach(value -> add(pairs, name, value));
        }
        request.from().ifPresent(from -> add(pairs, "from", SearchState.start(from, zone)));
        request.to().ifPresent(to -> add(pairs, "to", SearchState.end(to, zone)));
        return pairs.isEmpty() ? Section.SEARCH.address() : Section.SEARCH.address() + "?" + String.join("&", pairs);
    }

    /** Of the first {@value #IDS_MAX} of them. */
    static String ofIds(List<String> ids, ZoneId zone) {
        String query = ids.stream().limit(IDS_MAX).map(id -> "id:" + quoted(id)).collect(Collectors.joining(" OU "));
        return of(SearchRequest.of(query), zone);
    }

    /** How many there are, and how many of them {@link #ofIds} shows when that is not all. */
    static String counted(List<String> ids, Wording in) {
        return ids.size() <= IDS_MAX ? in.number(ids.size()) : in.say("list.first", IDS_MAX, ids.size());
    }

    /** As a query has a text that is to be found as it is. */
    static String quoted(String text) {
        return '"' + text.replace('"', ' ') + '"';
    }

    private static void add(List<String> pairs, String name, String value) {
        if (!value.isBlank()) {
            pairs.add(PagePeriod.parameter(name, value));
        }
    }
}
