package io.vigie.index;

import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/** One search of one state of the index, from the request to the answer. */
final class Search {
    /** Most values of one dimension's filter. */
    static final int FILTER_VALUES_MAX = 1_000;

    /** Stems count towards the length of a text as they count towards the average length. */
    static final Similarity SIMILARITY = new BM25Similarity(false);

    private final SearchRequest request;
    private final QueryTimeout deadline;
    private final Instant now;
    private final IndexSearcher searcher;
    private final Filters filters;

    private Search(DirectoryReader reader, SearchRequest request, QueryTimeout deadline, Instant now)
            throws IOException {
        this.request = request;
        this.deadline = deadline;
        this.now = now;
        this.searcher = searcher(reader, deadline);
        this.filters = new Filters(request);
    }

    /** Ends its searches at a deadline, and then says that it has timed out or throws that its reader exits. */
    static IndexSearcher searcher(DirectoryReader reader, QueryTimeout deadline) throws IOException {
        // The searcher's own timeout does not cover the words that prefixes and fuzzy words stand for, the reader's
        // does.
        var searcher = new IndexSearcher(ExitableDirectoryReader.wrap(reader, deadline));
        searcher.setTimeout(deadline);
        searcher.setSimilarity(SIMILARITY);
        return searcher;
    }

    /**
     * The state of the index that a page is taken from.
     *
     * @param ofCursor whether it is the state that the request's cursor names
     * @param snapshots keep it when there is a next page; empty when nobody will ask for that
     */
    record State(DirectoryReader reader, boolean ofCursor, Optional<Snapshots> snapshots) {}

    /** With a suggestion on the first page of a small result; who asks for counts only does not read suggestions. */
    static SearchOutcome run(State state, SearchRequest request, Deadline deadline) throws IOException {
        var outcome = plain(state, request, deadline);
        boolean first = request.size() > 0 && request.cursor().isEmpty();
        return first && outcome instanceof SearchResult result && result.total() <= Suggester.FEW_MAX
                ? result.suggesting(Suggester.suggest(state.reader(), request, result.total(), deadline))
                : outcome;
    }

    static SearchOutcome plain(State state, SearchRequest request, Deadline deadline) throws IOException {
        return Attempt.answered(
                () -> {
                    check(request);
                    var expression = QueryParser.parse(request.query());
                    var after = after(request, state.ofCursor());
                    var now = deadline.clock().instant();
                    return new Search(state.reader(), request, deadline, now).answer(state, expression, after);
                },
                refused -> refused);
    }

    /** The whole result; it takes over the caller's reference to the reader unless it is refused. */
    static StreamOutcome stream(DirectoryReader reader, SearchRequest request, Clock clock) throws IOException {
        return Attempt.answered(
                () -> {
                    var deadline = new RenewedDeadline(clock, Deadline.SEARCH_TIME_MAX);
                    var selection = select(reader, request, deadline, clock.instant());
                    var searcher = selection.searcher();
                    var result =
                            ResultStream.open(reader, searcher, selection.query(), request.sort(), deadline, clock);
                    return searcher.timedOut() ? tooSlow() : result;
                },
                refused -> refused);
    }

    /** Hands whatever a request finds to a collector, read exactly as {@link #run} reads it; or says why not. */
    static Optional<Refused> collect(
            DirectoryReader reader, SearchRequest request, QueryTimeout deadline, Instant now, Collector found)
            throws IOException {
        return Attempt.answered(
                () -> {
                    var selection = select(reader, request, deadline, now);
                    selection.searcher().search(selection.query(), once(found));
                    return Optional.empty();
                },
                Optional::of);
    }

    /** What has arrived and matches; of the request only what decides that matters. */
    static ArrivalOutcome arrived(
            DirectoryReader reader, SearchRequest request, ArrivalSearch wanted, Deadline deadline) throws IOException {
        return Attempt.answered(
                () -> {
                    var selection = select(reader, request, deadline);
                    var arrivals = wanted.find(selection.searcher(), selection.query());
                    return selection.searcher().timedOut() ? tooSlow() : arrivals;
                },
                refused -> refused);
    }

    /** What a search finds, for those who count it in their own way. */
    record Selection(IndexSearcher searcher, Query query) {}

    static Selection select(DirectoryReader reader, SearchRequest request, Deadline deadline)
            throws IOException, QueryRefused {
        return select(reader, request, deadline, deadline.clock().instant());
    }

    private static Selection select(DirectoryReader reader, SearchRequest request, QueryTimeout deadline, Instant now)
            throws IOException, QueryRefused {
        check(request);
        var expression = QueryParser.parse(request.query());
        var search = new Search(reader, request, deadline, now);
        var query = search.filters.around(search.words(expression));
        return new Selection(search.searcher, search.searcher.rewrite(query));
    }

    static void check(SearchRequest request) throws QueryRefused {
        if (request.size() < 0 || request.size() > SearchRequest.SIZE_MAX) {
            throw badParameter("size is " + request.size() + "; it must be from 0 to " + SearchRequest.SIZE_MAX);
        }
        for (var filter : request.filters().entrySet()) {
            if (filter.getValue().size() > FILTER_VALUES_MAX) {
                throw badParameter("the filter " + filter.getKey().parameter() + " has "
                        + filter.getValue().size() + " values; it may have " + FILTER_VALUES_MAX);
            }
        }
        if (request.from().isPresent()
                && request.to().isPresent()
                && request.from().get().isAfter(request.to().get())) {
            throw badParameter("from " + request.from().get() + " is after to "
                    + request.to().get());
        }
    }

    private static Optional<Cursor> after(SearchRequest request, boolean ofCursor) throws QueryRefused {
        if (request.cursor().isEmpty()) {
            return Optional.empty();
        }
        var cursor = Cursor.decode(request.cursor().get());
        if (cursor.isEmpty() || cursor.get().search() != Cursor.fingerprint(request)) {
            throw new QueryRefused(Refused.of(
                    Reason.BAD_CURSOR,
                    "the cursor is not from a page of this search; leave it out to start with the first page"));
        }
        if (!ofCursor && request.sort() == Sort.RELEVANCE) {
            throw new QueryRefused(Refused.of(
                    Reason.CURSOR_EXPIRED,
                    "the state of the index that the pages before were taken from is no longer kept ("
                            + Snapshots.UNUSED_MAX.toMinutes() + " minutes after the last page, less when many search,"
                            + " not over a restart), and in the present one the scores are others; leave the cursor out"
                            + " to start again, or sort by newest, which can always go on"));
        }
        return cursor;
    }

    private SearchOutcome answer(State state, Expression expression, Optional<Cursor> after)
            throws IOException, QueryRefused {
        var words = words(expression);
        var query = searcher.rewrite(filters.around(words));
        // One hit more than asked for tells whether there is a next page.
        var ranking = new Ranking(request.sort(), searcher.getIndexReader().leaves());
        var top = new TopHits(ranking, request.size() == 0 ? 0 : request.size() + 1, after);
        var counting = new Counting(request, filters);
        var collectors = new ArrayList<Collector>(List.of(top));
        collectors.addAll(counting.collectors());
        searcher.search(query, once(MultiCollector.wrap(collectors)));
        counting.countSideways(searcher, words);
        return searcher.timedOut() ? tooSlow() : page(state, query, top, ranking, counting.counts());
    }

    private Query words(Expression expression) throws IOException, QueryRefused {
        return searcher.rewrite(QueryBuilder.build(expression, searcher.getIndexReader(), request.zone(), now));
    }

    /** Asked for once: a searcher without threads of its own has one slice. */
    static CollectorManager<Collector, Collection<Collector>> once(Collector collector) {
        return new CollectorManager<>() {
            @Override
            public Collector newCollector() {
                return collector;
            }

            @Override
            public Collection<Collector> reduce(Collection<Collector> collectors) {
                return collectors;
            }
        };
    }

    private SearchOutcome page(State state, Query query, TopHits top, Ranking ranking, Counting.Counts counts)
            throws IOException {
        var places = top.hits();
        int page = Math.min(request.size(), places.size());
        var hits = new ArrayList<Hit>();
        var documents = searcher.storedFields();
        var highlighter = new Highlighter(searcher, query);
        for (int i = 0; i < page; i++) {
            if (deadline.shouldExit()) {
                return tooSlow();
            }
            var place = places.get(i);
            var verbatim = VerbatimDocument.verbatim(documents, place.document);
            hits.add(new Hit(verbatim, place.score, highlighter.highlights(place.document, verbatim.getText())));
        }
        boolean more = page > 0 && places.size() > page;
        Optional<String> cursor = Optional.empty();
        if (more && state.snapshots().isPresent()) {
            cursor = Optional.of(cursor(state, state.snapshots().get(), ranking.hit(places.get(page - 1))));
        }
        boolean sameState = request.cursor().isEmpty() || state.ofCursor();
        return new SearchResult(
                top.total(),
                hits,
                counts.facets(),
                counts.histogram(),
                cursor,
                counts.stats(),
                Optional.empty(),
                sameState);
    }

    private String cursor(State state, Snapshots snapshots, FieldDoc hit) throws IOException {
        long snapshot = snapshots.keep(state.reader());
        return HitOrder.cursor(Cursor.fingerprint(request), snapshot, request.sort(), hit)
                .encode();
    }

    static QueryRefused badParameter(String detail) {
        return new QueryRefused(Refused.of(Reason.BAD_PARAMETER, detail));
    }

    static Refused tooSlow() {
        return Refused.of(
                Reason.TOO_SLOW,
                "the search took longer than " + Deadline.SEARCH_TIME_MAX.toMillis()
                        + " ms; narrow it with a filter or a shorter time range");
    }
}
