package io.vigie.index;

import java.util.List;
import java.util.Optional;

/**
 * The answer to a search with its duplicates grouped, all of it from one state of the index. No group is on two pages.
 *
 * @param counts total, facets, histogram, stats and suggestion, of verbatims and not of groups; without hits
 * @param groups how many groups the result has, always exact
 * @param page one page of them, in the order of their first hits
 * @param cursor of the next page, empty when this is the last one
 */
public record GroupedResult(SearchResult counts, long groups, List<Group> page, Optional<String> cursor)
        implements GroupedOutcome {
    /** Most verbatims that are grouped at once, in some 60 MB when all of them differ. */
    public static final int VERBATIMS_MAX = 200_000;

    public GroupedResult {
        page = List.copyOf(page);
    }

    /**
     * Verbatims of nearly the same text.
     *
     * @param hit the first of them in the order of the search
     * @param duplicates how many others the result has, 0 or more
     * @param verbatims the search that finds all of them, the hit included, and nothing else
     */
    public record Group(Hit hit, long duplicates, SearchRequest verbatims) {}
}
