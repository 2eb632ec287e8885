package io.vigie.server;

import io.vigie.index.Checkpoint;
import io.vigie.index.Comparison;
import io.vigie.index.ComparisonOutcome;
import io.vigie.index.GroupedOutcome;
import io.vigie.index.GroupedResult;
import io.vigie.index.Hit;
import io.vigie.index.Refused;
import io.vigie.index.SearchOutcome;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.Suggestion;
import io.vigie.server.SearchParameters.Wanted;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.ComparisonView;
import io.vigie.server.page.Frame;
import io.vigie.server.page.SearchView;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code /}: the search. The whole state is in the address; a script asks for the same address and gets only the part that
 * changes, so everything works without scripts too.
 */
final class SearchPage {
    private static final int PAGE_SIZE = 20;
    private static final int WORDS_MAX = 12;
    /** Of the link to the next page, which is replaced by what it leads to. */
    private static final String MORE = "more";

    private static final String TYPED = "q";

    private final Pages pages;
    private final SearchEndpoint search;
    private final Alerting alerting;
    private final SearchPrivacy privacy;

    /** @param search whose places, refusals and measures these are too */
    SearchPage(Pages pages, SearchEndpoint search, Alerting alerting, SearchPrivacy privacy) {
        this.pages = pages;
        this.search = search;
        this.alerting = alerting;
        this.privacy = privacy;
    }

    /**
     * What was found.
     *
     * @param hits one page of them
     * @param groups for each hit, when near-duplicates are one
     * @param cursor of the next page
     * @param since whatever became searchable later than that may be missing
     */
    record Answer(
            SearchRequest request,
            SearchResult counts,
            List<Hit> hits,
            List<GroupedResult.Group> groups,
            Optional<String> cursor,
            Checkpoint since,
            long tookMs) {}

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        SearchState state = search.read(() -> SearchState.read(request.query()));
        var told = new SearchTelling(pages, request, state, privacy.isPersonal(state));
        try {
            Wanted wanted = search.read(() -> SearchParameters.read(asked(state)));
            return answer(request, state, told, found(wanted));
        } catch (RefusedSearch e) {
            search.refusal(e.refused);
            return troubled(
                    request,
                    state,
                    told,
                    SearchTrouble.of(
                            e.refused, state.q(), meant(state, e.refused).map(told::meant), request.wording()));
        } catch (Refusal refusal) {
            return troubled(request, state, told, SearchTrouble.of(refusal.problem(), request.wording()));
        }
    }

    private String asked(SearchState state) {
        String counts =
                state.cursor().isPresent() ? "" : "&facets=" + SearchTelling.FACETS + "&interval=auto&stats=true";
        return state.sorted(pages.zone()) + "&size=" + PAGE_SIZE + counts
                + (state.groups() ? "&group=similar" : "")
                + state.cursor().map(cursor -> "&cursor=" + cursor).orElse("");
    }

    /** Refused by the index, with a place in the query. */
    private static final class RefusedSearch extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Refused refused;

        RefusedSearch(Refused refused) {
            super(refused.detail());
            this.refused = refused;
        }
    }

    /** A guess counts only when it finds something. */
    private Optional<Suggestion> meant(SearchState state, Refused refused) throws Refusal, IOException {
        Optional<String> guess = Mending.of(state.q(), refused);
        if (guess.isEmpty()) {
            return Optional.empty();
        }
        SearchRequest request = SearchParameters.read(state.asking(guess.get()).asked(pages.zone()) + "&size=0")
                .request();
        SearchOutcome outcome = search.asked(Endpoint.SEARCH, index -> index.search(request));
        return switch (outcome) {
            case SearchResult result
            when result.total() > 0 -> Optional.of(new Suggestion(guess.get(), result.total()));
            case SearchResult _, Refused _ -> Optional.empty();
        };
    }

    private Answer found(Wanted wanted) throws Refusal, RefusedSearch, IOException {
        long started = System.nanoTime();
        Checkpoint since = search.searchable();
        SearchRequest request = wanted.autoInterval() ? withBars(wanted.request()) : wanted.request();
        if (wanted.grouped()) {
            GroupedOutcome outcome = search.asked(Endpoint.SEARCH, index -> index.grouped(request));
            return switch (outcome) {
                case GroupedResult result ->
                    new Answer(
                            request,
                            result.counts(),
                            result.page().stream().map(GroupedResult.Group::hit).toList(),
                            result.page(),
                            result.cursor(),
                            since,
                            since(started));
                case Refused refused -> throw new RefusedSearch(refused);
            };
        }
        SearchOutcome outcome = search.asked(Endpoint.SEARCH, index -> index.search(request));
        return switch (outcome) {
            case SearchResult result ->
                new Answer(request, result, result.hits(), List.of(), result.cursor(), since, since(started));
            case Refused refused -> throw new RefusedSearch(refused);
        };
    }

    /** Without a beginning of the time, its months tell how much there is. */
    private SearchRequest withBars(SearchRequest request) throws Refusal, RefusedSearch, IOException {
        if (request.from().isPresent()) {
            Instant to = request.to().orElseGet(pages::now);
            return request.withHistogram(HistogramWidth.over(request.from().get(), to), request.zone());
        }
        var months = HistogramWidth.months(request);
        SearchOutcome outcome = search.asked(Endpoint.SEARCH, index -> index.search(months));
        return switch (outcome) {
            case SearchResult result -> request.withHistogram(HistogramWidth.over(result.histogram()), request.zone());
            case Refused refused -> throw new RefusedSearch(refused);
        };
    }

    private static long since(long started) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }

    private PageAnswer answer(PageRequest request, SearchState state, SearchTelling told, Answer answer)
            throws Refusal, IOException {
        boolean isMore =
                request.swap().filter(swap -> swap.target().equals(MORE)).isPresent();
        SearchCounts counts = state.cursor().isPresent() ? SearchCounts.NONE : counts(state, answer);
        Optional<ComparisonView> comparison =
                state.compares() && !isMore ? comparison(state, request.wording()) : Optional.empty();
        Frame frame = frame(request, state, told);
        var view = new SearchView(
                frame,
                told.box(),
                Optional.empty(),
                told.total(answer.counts().total()),
                told.chips(),
                state.cleared().address(),
                Optional.of(told.found(answer, counts)),
                answer.counts().total() == 0 ? Optional.of(told.nothing(isEmpty(), frame.caveats())) : Optional.empty(),
                comparison,
                told.saved(alerting.searches().searches()),
                told.examples(),
                told.opensHelp(),
                unnamed(state));
        PageAnswer page = isMore
                ? PageAnswer.page(Templates.hitsPart(view)).with(Map.of("HX-Push-Url", "false"))
                : whole(request, state, view);
        return page.counting(answer.counts().total());
    }

    private boolean isEmpty() throws Refusal, IOException {
        return search.asked(Endpoint.SEARCH, index -> index.documents() == 0);
    }

    private Frame frame(PageRequest request, SearchState state, SearchTelling told) throws IOException {
        return pages.frame(
                privacy.kept(request, state), told.title(), Optional.of(Section.SEARCH), "search.css", "search.js");
    }

    /** Counts that are searches of their own. */
    private SearchCounts counts(SearchState state, Answer answer) throws Refusal, IOException {
        return SearchCounts.of(state, answer, search, pages.zone());
    }

    private Optional<ComparisonView> comparison(SearchState state, Wording in) throws Refusal, IOException {
        String asked = state.asked(pages.zone()) + "&compare=previous&size=" + WORDS_MAX;
        CompareParameters wanted = search.read(() -> CompareParameters.read(asked, pages::now));
        ComparisonOutcome outcome =
                search.asked(Endpoint.COMPARE, index -> index.compare(wanted.first(), wanted.second(), wanted.words()));
        return switch (outcome) {
            case Comparison comparison -> Optional.of(new SearchComparison(in, pages.names(), state).told(comparison));
            case Refused refused -> throw search.refusal(refused);
        };
    }

    private Optional<String> unnamed(SearchState state) {
        return privacy.isPersonal(state) ? Optional.of(privacy.kept(state).address()) : Optional.empty();
    }

    private PageAnswer troubled(PageRequest request, SearchState state, SearchTelling told, SearchTrouble trouble)
            throws IOException {
        var view = new SearchView(
                frame(request, state, told),
                told.box(),
                Optional.of(trouble.told()),
                trouble.told().title(),
                told.chips(),
                state.cleared().address(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                told.saved(List.of()),
                told.examples(),
                told.opensHelp(),
                unnamed(state));
        if (request.swap().filter(swap -> swap.target().equals(MORE)).isPresent()) {
            return PageAnswer.page(trouble.status(), Templates.hitsPart(view));
        }
        PageAnswer answer = whole(request, state, view);
        return new PageAnswer(trouble.status(), answer.html(), answer.headers(), Optional.empty());
    }

    /** The page, or the part of it that changes, with the address that the browser is to show. */
    private static PageAnswer whole(PageRequest request, SearchState state, SearchView view) {
        if (request.swap().isEmpty()) {
            return PageAnswer.page(Templates.search(view));
        }
        PageRequest.Swap swap = request.swap().get();
        if (view.unnamed().isPresent()) {
            return PageAnswer.page(Templates.foundPart(view))
                    .with(Map.of("HX-Replace-Url", view.unnamed().get()));
        }
        String address = state.address();
        // What is typed letter by letter is one step back, not ten.
        boolean isThere = swap.current().endsWith(address) || swap.trigger().equals(TYPED);
        return PageAnswer.page(Templates.foundPart(view))
                .with(Map.of(isThere ? "HX-Replace-Url" : "HX-Push-Url", address));
    }
}
