package io.vigie.server;

import io.vigie.events.Offer;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.Sort;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.page.Frame;
import io.vigie.server.page.Freshness;
import io.vigie.server.page.MessageView;
import io.vigie.server.page.Names;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Visitor;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What all pages share: the frame around them, the names of things, and how they say that something is wrong. */
final class Pages {
    /** Checks that say how far what is found goes. */
    private static final Set<String> OF_SEARCHES = Set.of("index", "sink");

    private final Names names;
    private final ZoneId zone;
    private final VerbatimIndex index;
    private final Health health;
    private final InstantSource clock;

    Pages(Presentation presentation, OfferDirectory offers, VerbatimIndex index, Health health, InstantSource clock) {
        this.names = new Names(presentation.themes(), id -> offers.offer(id).map(Offer::getName));
        this.zone = presentation.zone();
        this.index = index;
        this.health = health;
        this.clock = clock;
    }

    Names names() {
        return names;
    }

    ZoneId zone() {
        return zone;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * The frame of a page.
     *
     * @param extras scripts and styles that this page needs besides those of every page
     */
    Frame frame(PageRequest request, String title, Optional<Section> section, String... extras) throws IOException {
        return frame(request, title, section, Optional.of(freshness(request.wording())), List.of(extras));
    }

    /** The same without how fresh what is shown is: it asks nothing of the index, which may be what is broken. */
    Frame bareFrame(PageRequest request, String title, Optional<Section> section, String... extras) {
        return frame(request, title, section, Optional.empty(), List.of(extras));
    }

    private static Frame frame(
            PageRequest request,
            String title,
            Optional<Section> section,
            Optional<Freshness> freshness,
            List<String> extras) {
        return new Frame(
                request.wording(),
                request.appearance(),
                Doorkeeper.visitor(request.user()),
                title,
                section,
                request.address(),
                freshness,
                extras);
    }

    private Freshness freshness(Wording in) throws IOException {
        Optional<Instant> newest = switch (index.search(
                SearchRequest.of("").withSort(Sort.NEWEST).withSize(1))) {
            case SearchResult result ->
                result.hits().stream().findFirst().map(hit -> hit.verbatim().getOccurredAt());
            case io.vigie.index.Refused _ -> Optional.empty();
        };
        return new Freshness(index.documents(), newest, clock.instant(), caveats(in));
    }

    /** What is amiss, or at work, and touches what searches find. */
    List<Freshness.Caveat> caveats(Wording in) {
        Stream<String> atWork = health.findings().stream()
                .filter(finding -> OF_SEARCHES.contains(finding.name()))
                .flatMap(finding -> switch (finding.state()) {
                    case Health.Up() -> Stream.of();
                    case Health.Busy(String detail) -> Stream.of(detail);
                    case Health.Down(String detail) -> Stream.of(detail);
                });
        return Stream.concat(index.caveat().stream(), atWork)
                .map(detail -> new Freshness.Caveat(Refusals.said(detail, in), Refusals.isEnglish(detail, in)))
                .toList();
    }

    /** A page that says what is wrong with a request, with its status. */
    PageAnswer refused(PageRequest request, Problem problem, String requestId) {
        return refused(request, problem, requestId, Optional.empty());
    }

    /** @param back where to go on, besides where everybody begins */
    PageAnswer refused(PageRequest request, Problem problem, String requestId, Optional<Notice.Tip> back) {
        Wording in = request.wording();
        var tips = new ArrayList<Notice.Tip>();
        if (problem.fault() == Fault.INTERNAL) {
            tips.add(Notice.tip(in.say("problem.id", requestId)));
        } else if (problem.retryAfterSeconds().isPresent()) {
            tips.add(Notice.tip(in.say("problem.retry")));
        } else {
            tips.add(Notice.tip(Refusals.said(problem.detail(), in)));
        }
        back.ifPresent(tips::add);
        Visitor visitor = Doorkeeper.visitor(request.user());
        tips.add(Notice.way(
                visitor.mayOpen(Section.SEARCH) ? in.say("problem.home") : in.say("problem.start"), visitor.home()));
        String title = title(problem.fault(), in);
        // Asks nothing of the index, which may be what is broken.
        var frame = frame(request, title, Optional.empty(), Optional.empty(), List.of());
        var view = new MessageView(frame, new Notice(Notice.Kind.PROBLEM, title, tips));
        return PageAnswer.page(problem.status(), Templates.message(view));
    }

    static String title(Fault fault, Wording in) {
        return switch (fault) {
            case NOT_FOUND -> in.say("problem.notfound");
            case CURSOR_EXPIRED -> in.say("problem.gone");
            case QUERY_TOO_COSTLY -> in.say("problem.costly");
            case BUSY -> in.say("problem.busy");
            case UNAVAILABLE -> in.say("problem.unavailable");
            case INTERNAL -> in.say("problem.internal");
            case UNAUTHENTICATED -> in.say("problem.unauthenticated");
            case FORBIDDEN -> in.say("problem.forbidden");
            case BAD_REQUEST,
                    BAD_PARAMETER,
                    QUERY_SYNTAX,
                    NOTHING_ACCEPTED,
                    BAD_JSON,
                    FOREIGN,
                    BAD_METHOD,
                    CONFLICT,
                    TOO_LARGE,
                    URI_TOO_LONG,
                    BAD_MEDIA_TYPE,
                    HEADERS_TOO_LARGE -> in.say("problem.refused");
        };
    }
}
