package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.BreachKind;
import io.vigie.events.Offer;
import io.vigie.events.PromiseState;
import io.vigie.events.Question;
import io.vigie.events.Signal;
import io.vigie.events.Topics;
import io.vigie.server.page.Figure;
import io.vigie.server.page.Linked;
import io.vigie.server.page.MessageView;
import io.vigie.server.page.Notice;
import io.vigie.server.page.OneOfferView;
import io.vigie.server.page.Section;
import io.vigie.server.page.SignalCard;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /offres/{id}}: all that is known of an offer in a period, for who answers for it. */
final class OfferPage {
    static final String STYLE = "offers.css";

    private static final int SIGNALS_MAX = 5;
    private static final int QUESTIONS_MAX = 10;
    private static final int LONG_DAYS = 365;

    private final Pages pages;
    private final SearchEndpoint search;
    private final OfferDirectory offers;
    private final ContactLedgers ledgers;
    private final SignalTelling signals;
    private final ClosedLoop loop;
    private final RecurrenceCheck recurrences;

    /** @param search whose places, refusals and measures these are too */
    OfferPage(
            Pages pages,
            SearchEndpoint search,
            OfferDirectory offers,
            ContactLedgers ledgers,
            SignalTelling signals,
            ClosedLoop loop,
            RecurrenceCheck recurrences) {
        this.pages = pages;
        this.search = search;
        this.offers = offers;
        this.ledgers = ledgers;
        this.signals = signals;
        this.loop = loop;
        this.recurrences = recurrences;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        Wording in = request.wording();
        String id = request.place("id");
        PagePeriod period = search.read(() ->
                PagePeriod.read(Parameters.of(request.query(), PagePeriod.PARAMETERS, ""), pages.now(), pages.zone()));
        Optional<Offer> offer = offers.offer(id);
        if (offer.isEmpty() && !id.equals(Topics.UNASSIGNED)) {
            return unknown(pages, request);
        }
        OfferFigures figures = OfferFigures.of(id, period, search);
        var told = new OfferTelling(in, pages.names(), figures);
        List<Action> decided = DecisionTelling.about(loop.actions(), id);
        boolean isEmpty = figures.all().total() == 0 && figures.former().total() == 0;
        var view = new OneOfferView(
                pages.frame(request, name(offer, in), Optional.of(Section.OFFERS), STYLE),
                offer.map(known -> OfferTelling.about(known, in)).orElseGet(() -> in.say("offer.unassigned")),
                period.view(request.path(), pages.now(), in),
                isEmpty ? List.of() : told.measures(),
                isEmpty ? Optional.empty() : told.tone(),
                new OfferChart(in, figures).chart(decided),
                isEmpty ? Optional.of(nothing(request, period, in)) : Optional.empty(),
                isEmpty ? List.of() : List.of(told.themes(), told.channels()),
                told.words(),
                figures.isWithoutWords() ? Optional.of(in.say("offer.words.slow")) : Optional.empty(),
                signals(id, period, in),
                questions(id, in),
                ledgers(id, period, in),
                decisions(decided, in));
        return PageAnswer.page(Templates.offer(view));
    }

    static String name(Optional<Offer> offer, Wording in) {
        return offer.map(Offer::getName).orElseGet(() -> in.say("value.offer.unassigned"));
    }

    /** Says that there is no such offer, and where they all are. */
    static PageAnswer unknown(Pages pages, PageRequest request) throws IOException {
        Wording in = request.wording();
        String title = in.say("offer.unknown");
        var notice = new Notice(
                Notice.Kind.PROBLEM,
                title,
                List.of(
                        Notice.tip(in.say("offer.unknown.why")),
                        Notice.way(in.say("offer.unknown.all"), Section.OFFERS.address())));
        var view = new MessageView(pages.frame(request, title, Optional.of(Section.OFFERS), STYLE), notice);
        return PageAnswer.page(Fault.NOT_FOUND.status, Templates.message(view));
    }

    private Notice nothing(PageRequest request, PagePeriod period, Wording in) {
        var longer = PagePeriod.presets(
                request.path(), "", LocalDate.ofInstant(pages.now(), pages.zone()), period.first(), period.last(), in);
        return new Notice(
                Notice.Kind.EMPTY,
                in.say("offer.nothing"),
                List.of(
                        Notice.way(
                                in.say("offer.nothing.longer", LONG_DAYS),
                                longer.getLast().address()),
                        Notice.way(in.say("offer.unknown.all"), Section.OFFERS.address())));
    }

    private OneOfferView.Signals signals(String id, PagePeriod period, Wording in) throws Refusal, IOException {
        List<Signal> found = signals.directory().newest().stream()
                .filter(signal -> signal.getOfferId().equals(id))
                .filter(signal -> period.within().holds(signal.getDetectedAt()))
                .toList();
        List<SignalCard> cards = signals.cards(found.subList(0, Math.min(SIGNALS_MAX, found.size())), in);
        String all =
                Section.SIGNALS.address() + "?" + PagePeriod.parameter("offer", id) + "&" + period.query() + "&muted=1";
        return new OneOfferView.Signals(
                cards, in.say("offer.signals.none"), new Linked(in.count("offer.signals.all", found.size()), all));
    }

    private OneOfferView.Questions questions(String id, Wording in) {
        List<QuestionJson> open = loop.questions().questions(id).stream()
                .map(question -> QuestionJson.of(question, loop.actions(), offers))
                .filter(question -> !question.answered())
                .toList();
        List<OneOfferView.Asked> asked =
                open.stream().limit(QUESTIONS_MAX).map(each -> asked(each, in)).toList();
        String total = open.size() > asked.size()
                ? in.say("offer.questions.first", asked.size(), open.size())
                : in.count("offer.questions.total", open.size());
        return new OneOfferView.Questions(
                asked,
                new Linked(total, Section.QUESTIONS.address() + "?state=open&" + PagePeriod.parameter("offer", id)));
    }

    private OneOfferView.Asked asked(QuestionJson each, Wording in) {
        Question question = each.question();
        Optional<String> owner = each.owner();
        return new OneOfferView.Asked(
                question.getText(),
                in.lasting(Duration.between(question.getFirstAskedAt(), pages.now())),
                new Linked(
                        in.count("offer.customers", question.getCustomers()),
                        question.getVerbatimIds().size() <= ListAddress.IDS_MAX
                                ? ListAddress.ofIds(question.getVerbatimIds(), pages.zone())
                                : LoopCards.questionAddress(question.getQuestionId()) + "?all=1#asked"),
                owner.orElseGet(() -> in.say("offer.questions.nobody")),
                owner.isPresent());
    }

    private OneOfferView.Ledgers ledgers(String id, PagePeriod period, Wording in) {
        var due = OfferPromises.of(ledgers.promises(), id, period.within());
        var ever = OfferPromises.of(ledgers.promises(), id, Within.ALWAYS);
        var breaches = OfferBreaches.of(ledgers.breaches(), id, period.within());
        String path = OfferTelling.path(id);
        var promises = new ArrayList<Figure>();
        long open = ever.in(Optional.of(PromiseState.OPEN)).size();
        promises.add(figure(
                in.count("promise.open", open), open, LedgerPage.promisesAt(path, "open", Optional.empty()), in));
        long kept = due.in(Optional.of(PromiseState.KEPT)).size();
        promises.add(figure(
                in.count("promise.kept", kept), kept, LedgerPage.promisesAt(path, "kept", Optional.of(period)), in));
        long broken = due.in(Optional.of(PromiseState.BROKEN)).size();
        promises.add(figure(
                in.count("promise.broken", broken),
                broken,
                LedgerPage.promisesAt(path, "broken", Optional.of(period)),
                in));
        long late = due.late().size();
        promises.add(figure(
                in.count("promise.late", late), late, LedgerPage.promisesAt(path, "late", Optional.of(period)), in));
        var against = new ArrayList<Figure>();
        for (BreachKind kind : BreachKind.values()) {
            long count = breaches.of(Optional.of(kind)).size();
            against.add(
                    figure(LedgerPage.breach(kind, count, in), count, LedgerPage.breachesAt(path, kind, period), in));
        }
        return new OneOfferView.Ledgers(promises, against);
    }

    private static Figure figure(String label, long count, String address, Wording in) {
        return Figure.of(label, in.number(count), address);
    }

    private OneOfferView.Decisions decisions(List<Action> decided, Wording in) throws Refusal, IOException {
        var telling = new DecisionTelling(pages, recurrences, in);
        int tested = Math.min(DecisionTelling.TESTED_MAX, decided.size());
        return new OneOfferView.Decisions(
                telling.tested(decided.subList(0, tested)),
                decided.subList(tested, decided.size()).stream()
                        .map(telling::untested)
                        .toList());
    }
}
