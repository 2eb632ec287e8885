package io.vigie.server;

import io.vigie.events.Offer;
import io.vigie.events.Theme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.index.Dimension;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.DecisionView;
import io.vigie.server.page.Frame;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Notice;
import io.vigie.server.page.SearchView;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /decision}: records what was decided about verbatims that somebody picked among those of a search, with the same form
 * as that of a signal. What it is about is chosen among the offers and themes of the verbatims.
 */
final class DecisionPage {
    static final String PATH = "/decision";
    private static final Set<String> PARAMETERS = Set.of("verbatim", "done");

    private final Pages pages;
    private final SearchEndpoint search;
    private final OfferDirectory offers;
    private final ActionsEndpoint actions;

    /** @param search whose places, refusals and measures these are too */
    DecisionPage(Pages pages, SearchEndpoint search, OfferDirectory offers, ActionsEndpoint actions) {
        this.pages = pages;
        this.search = search;
        this.offers = offers;
        this.actions = actions;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        var parameters = search.read(() -> Parameters.of(request.query(), PARAMETERS, ""));
        Optional<String> done = search.read(() -> parameters.one("done"));
        List<Verbatim> verbatims = verbatims(parameters.each("verbatim"));
        if (verbatims.isEmpty()) {
            return PageAnswer.page(Templates.decision(nothing(request, done)));
        }
        var form = SignalForm.fresh("", verbatims, pages.now(), pages.zone());
        return PageAnswer.page(Templates.decision(asking(request, form, verbatims)));
    }

    /** What was sent; what is refused comes back as the page with the form as it was. Its address has all that can be ticked. */
    PageAnswer send(PageRequest request) throws Refusal, IOException {
        SignalForm form = SignalForm.read(SignalForms.DECIDED, request);
        Wording in = request.wording();
        Optional<String> missing = form.offer().isEmpty()
                ? Optional.of(in.say("decide.missing.offer"))
                : SignalForms.missingOfDecision(form, in);
        if (missing.isPresent()) {
            return again(request, form.wrong(missing.get(), Optional.empty()), Fault.BAD_REQUEST.status);
        }
        try {
            Optional<String> theme = Optional.of(form.theme()).filter(each -> !each.isEmpty());
            actions.create(SignalForms.decision(form.offer(), theme, form, pages.zone()));
        } catch (Refusal refusal) {
            return again(
                    request,
                    SignalForms.refused(form, refusal, in),
                    refusal.problem().status());
        }
        return PageAnswer.seeOther(PATH + "?done=" + Addresses.encoded(form.offer()));
    }

    private PageAnswer again(PageRequest request, SignalForm form, int status) throws Refusal, IOException {
        var parameters = search.read(() -> Parameters.of(request.query(), PARAMETERS, ""));
        var view = asking(request, form, verbatims(parameters.each("verbatim")));
        return PageAnswer.page(status, Templates.decision(view));
    }

    private List<Verbatim> verbatims(List<String> ids) throws Refusal, IOException {
        return search.asked(Endpoint.VERBATIM, index -> {
            var found = new ArrayList<Verbatim>();
            for (String id : ids.subList(0, Math.min(SearchView.PICKED_MAX, ids.size()))) {
                index.find(id).ifPresent(found::add);
            }
            return found;
        });
    }

    private DecisionView nothing(PageRequest request, Optional<String> done) throws IOException {
        Wording in = request.wording();
        var notice = new Notice(
                Notice.Kind.EMPTY,
                in.say("decide.none"),
                List.of(
                        Notice.tip(in.say("decide.none.how")),
                        Notice.way(in.say("problem.home"), Section.SEARCH.address())));
        return new DecisionView(
                frame(request),
                done.map(offer -> new Linked(in.say("signal.done.decided"), OfferTelling.path(offer) + "#decisions")),
                done.isPresent() ? Optional.empty() : Optional.of(notice),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private DecisionView asking(PageRequest request, SignalForm form, List<Verbatim> verbatims) throws IOException {
        Wording in = request.wording();
        List<DecisionView.Choice> themes = themes(verbatims, form, in);
        return new DecisionView(
                frame(request),
                Optional.empty(),
                Optional.empty(),
                Optional.of(form.view("", verbatims, false, false, in)),
                offers(verbatims, form, in),
                themes);
    }

    private Frame frame(PageRequest request) throws IOException {
        String title = request.wording().say("form.decision");
        return pages.frame(request, title, Optional.of(Section.SEARCH), OfferPage.STYLE, "decision.js");
    }

    /** Those of the verbatims; all that there are when nobody knows of which offer the verbatims are. */
    private List<DecisionView.Choice> offers(List<Verbatim> verbatims, SignalForm form, Wording in) {
        List<String> spokenOf = verbatims.stream()
                .map(Verbatim::getOfferId)
                .filter(id -> !id.equals(Topics.UNASSIGNED))
                .distinct()
                .toList();
        List<String> ids = spokenOf.isEmpty()
                ? offers.offers().stream().map(Offer::getOfferId).toList()
                : spokenOf;
        return ids.stream()
                .map(id -> new DecisionView.Choice(
                        id, pages.names().value(Dimension.OFFER.parameter(), id, in), id.equals(form.offer())))
                .toList();
    }

    private List<DecisionView.Choice> themes(List<Verbatim> verbatims, SignalForm form, Wording in) {
        return verbatims.stream()
                .flatMap(verbatim -> verbatim.getThemes().stream())
                .map(Theme::getTheme)
                .distinct()
                .map(id -> new DecisionView.Choice(id, pages.names().theme(id, in), id.equals(form.theme())))
                .toList();
    }
}
