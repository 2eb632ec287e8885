package io.vigie.server;

import io.vigie.events.Alert;
import io.vigie.events.SavedSearch;
import io.vigie.events.Verbatim;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Fact;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Notice;
import io.vigie.server.page.SavedSearchView;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.VerbatimCard;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /alertes/{id}}: one saved search, exactly the verbatims that it alerted of, and the forms that change it. */
final class SavedSearchPage {
    static final String RENAMES = "/nom";
    static final String REMOVES = "/retrait";
    static final String RENAMED = "renamed";

    private static final int PAGE_SIZE = 20;
    private static final int PAGES_MAX = (AlertDirectory.ALERTS_MAX + PAGE_SIZE - 1) / PAGE_SIZE;
    private static final String PAGE = "page";

    private final Pages pages;
    private final SearchEndpoint search;
    private final Alerting alerting;
    private final AlertTelling telling;

    /** @param search whose places, refusals and measures these are too */
    SavedSearchPage(Pages pages, SearchEndpoint search, Alerting alerting, AlertTelling telling) {
        this.pages = pages;
        this.search = search;
        this.alerting = alerting;
        this.telling = telling;
    }

    /** Of the forms of a saved search. */
    static String form(String searchId, String which) {
        return "/recherches/" + Addresses.encoded(searchId) + which;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        Parameters parameters = search.read(() -> Parameters.of(request.query(), Set.of(PAGE, AlertsPage.DONE), ""));
        int page = search.read(() -> Math.max(1, parameters.number(PAGE, 1, PAGES_MAX)));
        Optional<String> done = search.read(() -> parameters.one(AlertsPage.DONE));
        Wording in = request.wording();
        return page(
                request, page, done.filter(RENAMED::equals).map(_ -> in.say("saved.renamed")), Optional.empty(), 200);
    }

    /** The page again, with what is wrong with the name that was sent. */
    PageAnswer again(PageRequest request, String name, Problem problem) throws Refusal, IOException {
        var forms = forms(request.place("id"), name, Optional.of(Refusals.said(problem.detail(), request.wording())));
        return page(request, 1, Optional.empty(), Optional.of(forms), problem.status());
    }

    private PageAnswer page(
            PageRequest request, int page, Optional<String> done, Optional<SavedSearchView.Forms> sent, int status)
            throws Refusal, IOException {
        String id = request.place("id");
        Wording in = request.wording();
        SavedSearch saved = alerting.searches()
                .search(id)
                .orElseThrow(() ->
                        new Refusal(Fault.NOT_FOUND, "no saved search has this id; GET /api/v1/searches lists them"));
        String live = telling.live("?search=" + Addresses.encoded(id));
        List<Alert> alerts = alerting.alerts().newest(id);
        int start = Math.min((page - 1) * PAGE_SIZE, alerts.size());
        int end = Math.min(start + PAGE_SIZE, alerts.size());
        List<VerbatimCard> cards = cards(alerts.subList(start, end), in);
        int gone = end - start - cards.size();
        boolean may = SearchesEndpoint.mayChange(request.user(), saved);
        String path = AlertTelling.path(id);
        var view = new SavedSearchView(
                pages.frame(request, saved.getName(), Optional.of(Section.ALERTS), LoopPages.STYLE, "alerts.js"),
                path,
                live,
                telling.badges(saved, in),
                done,
                facts(saved, alerts, in),
                telling.reading(in).or(() -> alerts.isEmpty() ? Optional.of(nothing(saved, in)) : Optional.empty()),
                telling.counted(alerts, in),
                gone == 0 ? Optional.empty() : Optional.of(in.count("alerts.gone", gone)),
                alerts.isEmpty() ? Optional.empty() : Optional.of(list(alerts, in)),
                cards,
                page > 1 ? Optional.of(path + "?page=" + (page - 1)) : Optional.empty(),
                end < alerts.size() ? Optional.of(path + "?page=" + (page + 1)) : Optional.empty(),
                may ? sent.or(() -> Optional.of(forms(id, saved.getName(), Optional.empty()))) : Optional.empty(),
                may ? Optional.empty() : saved.getOwner().map(owner -> in.say("saved.whose", owner)));
        return PageAnswer.page(status, Templates.savedSearch(view)).counting(cards.size());
    }

    private static SavedSearchView.Forms forms(String id, String name, Optional<String> error) {
        return new SavedSearchView.Forms(form(id, RENAMES), form(id, REMOVES), name, error);
    }

    private List<VerbatimCard> cards(List<Alert> alerts, Wording in) throws Refusal, IOException {
        return search.asked(Endpoint.ALERTS, index -> {
            var cards = new ArrayList<VerbatimCard>();
            for (Alert alert : alerts) {
                Optional<Verbatim> verbatim = index.find(alert.getVerbatimId());
                verbatim.map(said -> VerbatimCard.cut(said, List.of(), in, pages.names(), VerbatimCard.Links.toSearch())
                                .noting(in.say("alerts.at", alert.getMatchedAt())))
                        .ifPresent(cards::add);
            }
            return cards;
        });
    }

    private List<Fact> facts(SavedSearch saved, List<Alert> alerts, Wording in) {
        var facts = new ArrayList<Fact>();
        Linked asked = telling.asked(saved, in);
        facts.add(Fact.of(in.say("alerts.asked"), asked.text(), asked.address()));
        saved.getOwner().ifPresent(owner -> facts.add(Fact.of(in.say("saved.owner"), owner)));
        facts.add(Fact.of(in.say("saved.since"), in.moment(saved.getCreatedAt())));
        facts.add(Fact.of(
                in.say("alerts.delivery"), telling.delivery(saved, alerts, in).text()));
        if (saved.getMinimumCount() > 1) {
            facts.add(Fact.of(in.say("saved.minimum"), in.number(saved.getMinimumCount())));
        }
        return facts;
    }

    private static Notice nothing(SavedSearch saved, Wording in) {
        return new Notice(
                Notice.Kind.EMPTY,
                in.say("alerts.quiet.one"),
                List.of(Notice.tip(in.say(saved.getActive() ? "alerts.quiet.why" : "alerts.quiet.off"))));
    }

    private Linked list(List<Alert> alerts, Wording in) {
        List<String> ids = alerts.stream().map(Alert::getVerbatimId).toList();
        return new Linked(
                ids.size() <= ListAddress.IDS_MAX
                        ? in.count("alerts.list", ids.size())
                        : in.say("list.cut", ListAddress.IDS_MAX, ids.size()),
                ListAddress.ofIds(ids, pages.zone()));
    }
}
