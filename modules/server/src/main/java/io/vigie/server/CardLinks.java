package io.vigie.server;

import io.vigie.index.Dimension;
import io.vigie.server.page.VerbatimCard;

/**
 * Where the cards of a search lead: a verbatim by itself knows the search that it was found by, and the way back.
 *
 * @param narrows whether a value narrows the search; if not, it begins one of its own
 */
record CardLinks(SearchState state, boolean narrows) implements VerbatimCard.Links {
    @Override
    public String filter(String dimension, String value) {
        if (!narrows) {
            return VerbatimCard.Links.toSearch().filter(dimension, value);
        }
        return Dimension.ofParameter(dimension)
                .map(of -> state.values(of).contains(value) ? state : state.toggled(of, value))
                .orElse(state)
                .first()
                .address();
    }

    @Override
    public String open(String verbatimId) {
        String query = state.first().query();
        String address = VerbatimCard.Links.super.open(verbatimId);
        return query.isEmpty() ? address : address + "?" + query;
    }
}
