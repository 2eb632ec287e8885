package io.vigie.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes of a search the one for a part of its result, such as the verbatims that a figure counts. */
final class Narrowing {
    /** Longest condition that is added, in UTF-16 units. */
    static final int CONDITION_LENGTH_MAX = 80;

    private Narrowing() {}

    /** The verbatims of a search for which a condition of the query language holds too. */
    static SearchRequest by(SearchRequest whole, String condition) {
        return with(whole, whole.filters(), narrowed(whole.query(), condition));
    }

    /** The verbatims of a search that have a value; when it filters the dimension, one of those that it filters by. */
    static SearchRequest by(SearchRequest whole, Dimension dimension, String value) {
        return plain(whole).withFilter(dimension, value);
    }

    /** All verbatims of a search, whatever page of it, and without the counts beside. */
    static SearchRequest plain(SearchRequest whole) {
        return with(whole, whole.filters(), whole.query());
    }

    /** Refuses a query that a condition cannot be added to. */
    static void check(SearchRequest whole) throws QueryRefused {
        QueryParser.parse(whole.query());
        String longest = "\"" + "x".repeat(CONDITION_LENGTH_MAX - 2) + "\"";
        try {
            QueryParser.parse(narrowed(whole.query(), longest));
        } catch (QueryRefused e) {
            throw new QueryRefused(Refused.of(
                    Refused.Reason.TOO_COMPLEX,
                    "the query is so long or so deep that the verbatims behind a figure could not be asked for; shorten"
                            + " it by " + (CONDITION_LENGTH_MAX + 4) + " characters and one level of parentheses"));
        }
    }

    private static String narrowed(String query, String condition) {
        boolean all =
                query.isBlank() || query.strip().equals("*:*") || query.strip().equals("*");
        // The space keeps a last word such as the smiley :) apart from the parenthesis.
        return all ? condition : condition + " ( " + query.strip() + " )";
    }

    private static SearchRequest with(SearchRequest whole, Map<Dimension, List<String>> filters, String query) {
        return new SearchRequest(
                query,
                filters,
                whole.from(),
                whole.to(),
                whole.sort(),
                whole.size(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                whole.zone(),
                false);
    }
}
