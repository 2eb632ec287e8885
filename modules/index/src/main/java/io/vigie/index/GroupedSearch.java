package io.vigie.index;

import io.vigie.index.GroupedResult.Group;
import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A search with its duplicates grouped. What is counted beside the groups is counted by a search of its own: it must be of
 * verbatims, like everywhere else.
 */
final class GroupedSearch {
    private final Search.State state;
    private final SearchRequest request;
    private final Deadline deadline;

    private GroupedSearch(Search.State state, SearchRequest request, Deadline deadline) {
        this.state = state;
        this.request = request;
        this.deadline = deadline;
    }

    static GroupedOutcome run(Search.State state, SearchRequest request, Deadline deadline) throws IOException {
        return Attempt.answered(() -> new GroupedSearch(state, request, deadline).answer(), refused -> refused);
    }

    private GroupedOutcome answer() throws IOException, QueryRefused {
        Search.check(request);
        Narrowing.check(request);
        var after = after();
        var counts = Search.plain(state, counts(), deadline);
        if (request.size() > 0
                && after.isEmpty()
                && counts instanceof SearchResult few
                && few.total() <= Suggester.FEW_MAX) {
            counts = few.suggesting(Suggester.suggest(state.reader(), request, few.total(), deadline));
        }
        return switch (counts) {
            case Refused refused -> refused;
            case SearchResult result -> grouped(result, after);
        };
    }

    private SearchRequest counts() {
        return new SearchRequest(
                request.query(),
                request.filters(),
                request.from(),
                request.to(),
                request.sort(),
                0,
                Optional.empty(),
                request.facets(),
                request.interval(),
                request.zone(),
                request.stats());
    }

    /** By newest too a page is only continued in its own state: in another one a group may have another first hit. */
    private Optional<Cursor> after() throws QueryRefused {
        if (request.cursor().isEmpty()) {
            return Optional.empty();
        }
        var cursor = Cursor.decode(request.cursor().get());
        if (cursor.isEmpty() || cursor.get().search() != fingerprint()) {
            throw new QueryRefused(Refused.of(
                    Reason.BAD_CURSOR,
                    "the cursor is not from a page of this search with its duplicates grouped; leave it out to start"
                            + " with the first page"));
        }
        if (!state.ofCursor()) {
            throw new QueryRefused(Refused.of(
                    Reason.CURSOR_EXPIRED,
                    "the state of the index that the groups before were taken from is no longer kept ("
                            + Snapshots.UNUSED_MAX.toMinutes() + " minutes after the last page, less when many search,"
                            + " not over a restart), and in the present one a group may be on two pages; leave the"
                            + " cursor out to start again"));
        }
        return cursor;
    }

    /** Not that of the same search without groups, whose pages end elsewhere. */
    private int fingerprint() {
        return ~Cursor.fingerprint(request);
    }

    private GroupedOutcome grouped(SearchResult counts, Optional<Cursor> after) throws IOException, QueryRefused {
        if (counts.total() > GroupedResult.VERBATIMS_MAX) {
            throw new QueryRefused(Refused.of(
                    Reason.TOO_COMPLEX,
                    "the result has " + counts.total() + " verbatims, and at most " + GroupedResult.VERBATIMS_MAX
                            + " can be grouped; narrow it with a filter or a shorter time range, or leave group out"));
        }
        var selection = Search.select(state.reader(), request, deadline);
        var searcher = selection.searcher();
        var ranking = new Ranking(request.sort(), searcher.getLeafContexts());
        var counter = new GroupCounter(ranking);
        searcher.search(selection.query(), Search.once(counter));
        var all = searcher.timedOut() ? List.<GroupCounter.Group>of() : counter.groups(textsMax());
        // One group more than asked for tells whether there is a next page.
        var found = counter.page(all, after, request.size() + 1);
        var page = found.subList(0, Math.min(request.size(), found.size()));
        var groups = groups(selection, page);
        if (searcher.timedOut() || deadline.shouldExit()) {
            return Search.tooSlow();
        }
        Optional<String> cursor = Optional.empty();
        if (!page.isEmpty() && found.size() > page.size() && state.snapshots().isPresent()) {
            long snapshot = state.snapshots().get().keep(state.reader());
            var last = ranking.hit(page.getLast().first());
            cursor = Optional.of(HitOrder.cursor(fingerprint(), snapshot, request.sort(), last)
                    .encode());
        }
        return new GroupedResult(counts, all.size(), groups, cursor);
    }

    private List<Group> groups(Search.Selection selection, List<GroupCounter.Group> page) throws IOException {
        var highlighter = new Highlighter(selection.searcher(), selection.query());
        var documents = selection.searcher().storedFields();
        var groups = new ArrayList<Group>();
        for (var group : page) {
            if (deadline.shouldExit()) {
                break;
            }
            var first = group.first();
            var verbatim = VerbatimDocument.verbatim(documents, first.document);
            var hit = new Hit(verbatim, first.score, highlighter.highlights(first.document, verbatim.getText()));
            groups.add(new Group(hit, group.size() - 1L, Narrowing.by(request, condition(group.signatures()))));
        }
        return groups;
    }

    private static String condition(List<Long> signatures) {
        if (signatures.size() == 1) {
            return "duplicates:" + TextSignature.text(signatures.getFirst());
        }
        return signatures.stream().map(TextSignature::text).collect(Collectors.joining(" OR ", "duplicates:(", ")"));
    }

    /** As many texts as the search that lists a group can name beside the query; for a long query only one. */
    private int textsMax() throws IOException, QueryRefused {
        var widest = Narrowing.by(request, condition(Collections.nCopies(NearGroups.TEXTS_MAX, 0L)));
        try {
            Search.select(state.reader(), widest, deadline);
            return NearGroups.TEXTS_MAX;
        } catch (QueryRefused e) {
            if (e.refused().reason() == Reason.TOO_SLOW) {
                throw e;
            }
            return 1;
        }
    }
}
