package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.Signal;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.server.page.Linked;
import io.vigie.server.page.MessageView;
import io.vigie.server.page.Notice;
import io.vigie.server.page.OneSignalView;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.VerbatimCard;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /signaux/{id}}: one signal, what earned it, and what can be done about it. */
final class SignalPage {
    private static final int VERBATIMS_MAX = 20;
    private static final Set<String> PARAMETERS = Set.of("done");

    private final Pages pages;
    private final SearchEndpoint search;
    private final SignalTelling signals;
    private final ClosedLoop loop;
    private final RecurrenceCheck recurrences;

    SignalPage(
            Pages pages, SearchEndpoint search, SignalTelling signals, ClosedLoop loop, RecurrenceCheck recurrences) {
        this.pages = pages;
        this.search = search;
        this.signals = signals;
        this.loop = loop;
        this.recurrences = recurrences;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        var parameters = search.read(() -> Parameters.of(request.query(), PARAMETERS, ""));
        Optional<String> done = search.read(() -> parameters.one("done"));
        Optional<Signal> signal = signals.signal(request.place("id"));
        if (signal.isEmpty()) {
            return unknown(request);
        }
        return answer(request, signal.get(), done, Optional.empty(), 200);
    }

    /** The page again, with what was sent and what is wrong with it. */
    PageAnswer again(PageRequest request, Signal signal, SignalForm sent, int status) throws Refusal, IOException {
        return answer(request, signal, Optional.empty(), Optional.of(sent), status);
    }

    private PageAnswer answer(
            PageRequest request, Signal signal, Optional<String> done, Optional<SignalForm> sent, int status)
            throws Refusal, IOException {
        Wording in = request.wording();
        List<Verbatim> verbatims = signals.verbatims(signal, VERBATIMS_MAX);
        var mutes = signals.mutes();
        String title = in.say("signal.title", signals.title(signal, in), signals.offer(signal.getOfferId(), in));
        int gone = signal.getVerbatimIds().size() - verbatims.size();
        boolean canAct = !signal.getOfferId().equals(Topics.UNASSIGNED);
        SignalForm form = sent.orElseGet(() -> SignalForm.fresh(title, verbatims, pages.now(), pages.zone()));
        boolean isMuted = mutes.muting(signal, pages.now()).isPresent();
        var view = new OneSignalView(
                pages.frame(request, title, Optional.of(Section.SIGNALS), OfferPage.STYLE),
                signals.card(signal, Optional.empty(), mutes, in),
                done.flatMap(what -> done(what, signal, in)),
                signals.facts(signal, in),
                signals.causes(signal, in),
                signals.lists(signal, in),
                new SignalChart(in, search, pages.zone()).chart(signal, pages.now()),
                verbatims.stream()
                        .map(verbatim ->
                                VerbatimCard.cut(verbatim, List.of(), in, pages.names(), VerbatimCard.Links.toSearch()))
                        .toList(),
                gone == 0 ? Optional.empty() : Optional.of(in.count("signal.gone", gone)),
                canAct
                        ? Optional.of(form.view(
                                SignalTelling.path(signal),
                                verbatims,
                                isMuted,
                                signal.getTheme().isPresent(),
                                in))
                        : Optional.empty(),
                new DecisionTelling(pages, recurrences, in).tested(related(signal)));
        return PageAnswer.page(status, Templates.signal(view));
    }

    /** What was decided about the same theme of the offer, or goes back to the same verbatims. */
    private List<Action> related(Signal signal) {
        return DecisionTelling.about(loop.actions(), signal.getOfferId()).stream()
                .filter(action ->
                        (action.getTheme().isPresent() && action.getTheme().equals(signal.getTheme()))
                                || action.getVerbatimIds().stream().anyMatch(signal.getVerbatimIds()::contains))
                .limit(DecisionTelling.TESTED_MAX)
                .toList();
    }

    /** What was just done, and where it is to be seen. */
    private static Optional<Linked> done(String what, Signal signal, Wording in) {
        return switch (what) {
            case SignalForms.SAVED -> Optional.of(new Linked(in.say("signal.done.saved"), Section.SEARCH.address()));
            case SignalForms.DECIDED ->
                Optional.of(new Linked(
                        in.say("signal.done.decided"), OfferTelling.path(signal.getOfferId()) + "#decisions"));
            case SignalForms.MUTED -> Optional.of(new Linked(in.say("signal.done.muted"), Section.SIGNALS.address()));
            case SignalForms.HEARD -> Optional.of(new Linked(in.say("signal.done.heard"), Section.SIGNALS.address()));
            default -> Optional.empty();
        };
    }

    PageAnswer unknown(PageRequest request) throws IOException {
        Wording in = request.wording();
        String title = in.say("signal.unknown");
        var notice = new Notice(
                Notice.Kind.PROBLEM,
                title,
                List.of(
                        Notice.tip(in.say("signal.unknown.why", SignalDirectory.SIGNALS_MAX)),
                        Notice.way(in.say("signals.none.all"), Section.SIGNALS.address())));
        var view = new MessageView(pages.frame(request, title, Optional.of(Section.SIGNALS), OfferPage.STYLE), notice);
        return PageAnswer.page(Fault.NOT_FOUND.status, Templates.message(view));
    }
}
