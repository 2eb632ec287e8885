package io.vigie.server;

import io.vigie.events.Breach;
import io.vigie.events.BreachKind;
import io.vigie.events.Offer;
import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import io.vigie.events.Topics;
import io.vigie.index.SearchRequest;
import io.vigie.server.page.LedgerPageView;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Section;
import io.vigie.server.page.Table;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /offres/{id}/promesses} and {@code /offres/{id}/manquements}: the entries that the page of an offer counts. As the
 * API of the same, neither names an agent or a customer.
 */
final class LedgerPage {
    private static final int ROWS_MAX = 200;
    private static final String LATE = "late";
    private static final List<String> STATES = List.of("open", "kept", "broken", LATE);
    private static final Set<String> PROMISES = Set.of("state", "from", "to");
    private static final Set<String> BREACHES = Set.of("kind", "from", "to");

    private final Pages pages;
    private final SearchEndpoint search;
    private final OfferDirectory offers;
    private final ContactLedgers ledgers;

    LedgerPage(Pages pages, SearchEndpoint search, OfferDirectory offers, ContactLedgers ledgers) {
        this.pages = pages;
        this.search = search;
        this.offers = offers;
        this.ledgers = ledgers;
    }

    /**
     * Where promises are listed.
     *
     * @param path of the offer
     * @param period in which they were due; always, when there is none
     */
    static String promisesAt(String path, String state, Optional<PagePeriod> period) {
        return path + "/promesses?state=" + state
                + period.map(each -> "&" + each.query()).orElse("");
    }

    /** Where contacts against a customer's wish are listed. */
    static String breachesAt(String path, BreachKind kind, PagePeriod period) {
        return path + "/manquements?kind=" + lower(kind) + "&" + period.query();
    }

    /** What a kind of breaches is called. */
    static String breach(BreachKind kind, long count, Wording in) {
        return switch (kind) {
            case CHANNEL -> in.count("breach.channel", count);
            case WINDOW -> in.count("breach.window", count);
            case PRESSURE -> in.count("breach.pressure", count);
        };
    }

    PageAnswer promises(PageRequest request) throws Refusal, IOException {
        String id = request.place("id");
        Optional<Offer> offer = offers.offer(id);
        var parameters = search.read(() -> Parameters.of(request.query(), PROMISES, ""));
        String state = search.read(() -> state(parameters));
        Optional<PagePeriod> period = search.read(() -> period(parameters));
        if (offer.isEmpty() && !id.equals(Topics.UNASSIGNED)) {
            return OfferPage.unknown(pages, request);
        }
        Wording in = request.wording();
        var all = OfferPromises.of(
                ledgers.promises(), id, period.map(PagePeriod::within).orElse(Within.ALWAYS));
        var choices = new ArrayList<LedgerPageView.Choice>();
        for (String each : STATES) {
            int count = chosen(all, each).size();
            choices.add(new LedgerPageView.Choice(
                    new Linked(
                            in.pair(state(each, count, in), in.number(count)),
                            promisesAt(OfferTelling.path(id), each, period)),
                    each.equals(state)));
        }
        List<Promise> wanted = chosen(all, state);
        var rows =
                wanted.stream().limit(ROWS_MAX).map(promise -> row(promise, in)).toList();
        var heads = List.of(
                new Table.Head(in.say("promise.text"), false),
                new Table.Head(in.say("promise.made"), false),
                new Table.Head(in.say("promise.due"), false),
                new Table.Head(in.say("promise.answered"), false),
                new Table.Head(in.say("promise.conversation"), false));
        return page(request, in.say("promise.title"), offer, period, choices, heads, rows, wanted.size());
    }

    PageAnswer breaches(PageRequest request) throws Refusal, IOException {
        String id = request.place("id");
        Optional<Offer> offer = offers.offer(id);
        var parameters = search.read(() -> Parameters.of(request.query(), BREACHES, ""));
        BreachKind kind = search.read(() -> kind(parameters));
        PagePeriod period = search.read(() -> PagePeriod.read(parameters, pages.now(), pages.zone()));
        if (offer.isEmpty() && !id.equals(Topics.UNASSIGNED)) {
            return OfferPage.unknown(pages, request);
        }
        Wording in = request.wording();
        var all = OfferBreaches.of(ledgers.breaches(), id, period.within());
        var choices = new ArrayList<LedgerPageView.Choice>();
        for (BreachKind each : BreachKind.values()) {
            int count = all.of(Optional.of(each)).size();
            choices.add(new LedgerPageView.Choice(
                    new Linked(
                            in.pair(breach(each, count, in), in.number(count)),
                            breachesAt(OfferTelling.path(id), each, period)),
                    each == kind));
        }
        List<Breach> wanted = all.of(Optional.of(kind));
        var rows =
                wanted.stream().limit(ROWS_MAX).map(breach -> row(breach, in)).toList();
        var heads = List.of(
                new Table.Head(in.say("breach.when"), false),
                new Table.Head(in.say("breach.by"), false),
                new Table.Head(in.say("breach.wished"), false),
                new Table.Head(in.say("breach.stated"), false),
                new Table.Head(in.say("promise.conversation"), false));
        return page(request, in.say("breach.title"), offer, Optional.of(period), choices, heads, rows, wanted.size());
    }

    private PageAnswer page(
            PageRequest request,
            String title,
            Optional<Offer> offer,
            Optional<PagePeriod> period,
            List<LedgerPageView.Choice> choices,
            List<Table.Head> heads,
            List<List<Table.Cell>> rows,
            int total)
            throws IOException {
        Wording in = request.wording();
        String name = OfferPage.name(offer, in);
        String back = OfferTelling.path(request.place("id"))
                + period.map(each -> "?" + each.query()).orElse("");
        var view = new LedgerPageView(
                pages.frame(request, in.say("ledger.title", title, name), Optional.of(Section.OFFERS), OfferPage.STYLE),
                new Linked(name, back),
                period.map(each -> in.say("ledger.period", in.day(each.first()), in.day(each.last())))
                        .orElseGet(() -> in.say("ledger.always")),
                choices,
                new Table(title, heads, rows),
                total > ROWS_MAX ? Optional.of(in.say("ledger.first", ROWS_MAX, total)) : Optional.empty(),
                total > 0
                        ? Optional.empty()
                        : Optional.of(new Notice(
                                Notice.Kind.EMPTY,
                                in.say("ledger.none"),
                                List.of(Notice.way(in.say("ledger.back", name), back)))));
        return PageAnswer.page(Templates.ledger(view));
    }

    private static String state(Parameters parameters) throws Refusal {
        String given = parameters.one("state").orElse(STATES.getFirst());
        if (!STATES.contains(given)) {
            throw Parameters.bad("state", given, String.join(", ", STATES));
        }
        return given;
    }

    private static String state(String state, long count, Wording in) {
        return switch (state) {
            case "kept" -> in.count("promise.kept", count);
            case "broken" -> in.count("promise.broken", count);
            case LATE -> in.count("promise.late", count);
            default -> in.count("promise.open", count);
        };
    }

    private static List<Promise> chosen(OfferPromises all, String state) {
        return state.equals(LATE)
                ? all.late()
                : all.in(Optional.of(PromiseState.valueOf(state.toUpperCase(Locale.ROOT))));
    }

    private Optional<PagePeriod> period(Parameters parameters) throws Refusal {
        boolean isGiven =
                parameters.one("from").isPresent() || parameters.one("to").isPresent();
        return isGiven ? Optional.of(PagePeriod.read(parameters, pages.now(), pages.zone())) : Optional.empty();
    }

    private static BreachKind kind(Parameters parameters) throws Refusal {
        String given = parameters.one("kind").orElse(lower(BreachKind.CHANNEL));
        for (BreachKind kind : BreachKind.values()) {
            if (lower(kind).equals(given)) {
                return kind;
            }
        }
        throw Parameters.bad("kind", given, "channel, window, pressure");
    }

    private List<Table.Cell> row(Promise promise, Wording in) {
        String answered = promise.getAnsweredAt()
                .map(time -> time.isAfter(promise.getDueAt())
                        ? in.say("promise.late.by", in.lasting(Duration.between(promise.getDueAt(), time)))
                        : in.moment(time))
                .orElseGet(() -> in.say("promise.unanswered"));
        return List.of(
                Table.cell(in.quoted(promise.getText())),
                Table.cell(in.moment(promise.getMadeAt())),
                Table.cell(in.moment(promise.getDueAt())),
                Table.cell(answered),
                conversation(promise.getConversationId(), in));
    }

    private List<Table.Cell> row(Breach breach, Wording in) {
        return List.of(
                Table.cell(in.moment(breach.getOccurredAt())),
                Table.cell(pages.names().value("channel", breach.getChannel().name(), in)),
                Table.cell(wished(breach, in)),
                Table.cell(breach.getStatedAt().map(in::moment).orElse("–")),
                conversation(breach.getConversationId(), in));
    }

    private String wished(Breach breach, Wording in) {
        return switch (breach.getKind()) {
            case CHANNEL ->
                breach.getWishedChannel()
                        .map(channel -> pages.names().value("channel", channel.name(), in))
                        .orElseGet(() -> in.say("breach.writing"));
            case WINDOW ->
                in.say(
                        "breach.between",
                        minute(breach.getWindowFrom().orElse(0)),
                        minute(breach.getWindowTo().orElse(0)));
            case PRESSURE -> in.count("breach.calls", breach.getCalls().size());
        };
    }

    private static String minute(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    private Table.Cell conversation(String id, Wording in) {
        var said = SearchRequest.of("conversation:" + ListAddress.quoted(id));
        return Table.cell(in.say("promise.read"), ListAddress.of(said, pages.zone()));
    }

    private static String lower(BreachKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
