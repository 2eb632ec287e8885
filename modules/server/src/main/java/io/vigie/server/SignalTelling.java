package io.vigie.server;

import io.vigie.events.Offer;
import io.vigie.events.Signal;
import io.vigie.events.SignalCause;
import io.vigie.events.SignalKind;
import io.vigie.events.Verbatim;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Linked;
import io.vigie.server.page.OneSignalView;
import io.vigie.server.page.Section;
import io.vigie.server.page.SignalCard;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signals as the pages say them, each number with its list. */
final class SignalTelling {
    /** How far back the list of what is usual reaches: half of the past is forgotten in 6 weeks. */
    static final Period USUAL = Period.ofDays(42);

    private static final int QUOTE_MAX = 200;
    /** Less is told as less than that. */
    private static final double EXPECTED_MIN = 0.1;

    private static final double CHANCE_MIN = 0.001;

    private final Pages pages;
    private final SearchEndpoint search;
    private final SignalDirectory directory;
    private final OfferDirectory offers;
    private final ActionDirectory actions;

    SignalTelling(
            Pages pages,
            SearchEndpoint search,
            SignalDirectory directory,
            OfferDirectory offers,
            ActionDirectory actions) {
        this.pages = pages;
        this.search = search;
        this.directory = directory;
        this.offers = offers;
        this.actions = actions;
    }

    SignalDirectory directory() {
        return directory;
    }

    Optional<Signal> signal(String id) {
        return directory.newest().stream()
                .filter(signal -> signal.getSignalId().equals(id))
                .findFirst();
    }

    SignalMutes mutes() {
        return SignalMutes.of(actions);
    }

    static String path(Signal signal) {
        return Section.SIGNALS.address() + "/" + Addresses.encoded(signal.getSignalId());
    }

    List<SignalCard> cards(List<Signal> signals, Wording in) throws Refusal, IOException {
        var mutes = mutes();
        var cards = new ArrayList<SignalCard>();
        for (Signal signal : signals) {
            cards.add(card(signal, verbatims(signal, 1).stream().findFirst(), mutes, in));
        }
        return cards;
    }

    /** Those of a signal's verbatims that are still there, the newest first. */
    List<Verbatim> verbatims(Signal signal, int max) throws Refusal, IOException {
        return search.asked(Endpoint.VERBATIM, index -> {
            var found = new ArrayList<Verbatim>();
            for (String id : signal.getVerbatimIds()) {
                if (found.size() < max) {
                    index.find(id).ifPresent(found::add);
                }
            }
            return found;
        });
    }

    SignalCard card(Signal signal, Optional<Verbatim> said, SignalMutes mutes, Wording in) {
        String offer = offer(signal.getOfferId(), in);
        return new SignalCard(
                "signal-" + signal.getSignalId(),
                title(signal, in),
                badge(signal, in),
                path(signal),
                new Linked(offer, OfferTelling.path(signal.getOfferId())),
                new Linked(
                        in.count("signal.customers", signal.getObserved()),
                        ListAddress.ofIds(signal.getVerbatimIds(), pages.zone())),
                new Linked(expected(signal.getExpected(), in), address(usual(signal))),
                ratio(signal, in),
                in.say("signal.told", signal.getSince(), signal.getDetectedAt()),
                said.map(SignalTelling::quote),
                mutes.muting(signal, pages.now())
                        .map(action -> in.say("signal.muted", in.day(SignalMutes.until(action)), action.getAuthor())));
    }

    String offer(String id, Wording in) {
        return offers.offer(id)
                .map(Offer::getName)
                .orElseGet(() -> pages.names().value(Dimension.OFFER.parameter(), id, in));
    }

    /** What has risen. */
    String title(Signal signal, Wording in) {
        if (signal.getTheme().isPresent()) {
            return pages.names().theme(signal.getTheme().get(), in);
        }
        return in.quoted(signal.getTerm().orElse(""));
    }

    private static String badge(Signal signal, Wording in) {
        return signal.getKind() == SignalKind.NEW_TERM ? in.say("signal.kind.new") : in.say("signal.kind.rise");
    }

    private static String expected(double expected, Wording in) {
        if (expected < EXPECTED_MIN) {
            return in.say("signal.chance.less", in.decimal(EXPECTED_MIN, 1));
        }
        return in.decimal(expected, expected < 10 ? 1 : 0);
    }

    /** With hardly anything expected a ratio says nothing. */
    private static String ratio(Signal signal, Wording in) {
        double ratio = signal.getObserved() / signal.getExpected();
        return signal.getExpected() < 0.5 ? "" : in.say("signal.ratio", in.decimal(ratio, ratio < 10 ? 1 : 0));
    }

    static SignalCard.Quote quote(Verbatim verbatim) {
        return new SignalCard.Quote(shortened(verbatim.getText()), language(verbatim));
    }

    static String language(Verbatim verbatim) {
        return verbatim.getLanguage().equals("fr") || verbatim.getLanguage().equals("en") ? verbatim.getLanguage() : "";
    }

    private static String shortened(String text) {
        if (text.length() <= QUOTE_MAX) {
            return text;
        }
        int end = text.lastIndexOf(' ', QUOTE_MAX);
        return text.substring(0, end < QUOTE_MAX / 2 ? text.offsetByCodePoints(0, QUOTE_MAX / 2) : end) + " …";
    }

    List<OneSignalView.Fact> facts(Signal signal, Wording in) {
        var facts = new ArrayList<OneSignalView.Fact>();
        facts.add(new OneSignalView.Fact(in.say("signal.since"), in.moment(signal.getSince())));
        facts.add(new OneSignalView.Fact(
                in.say("signal.window"), in.say("signal.window.of", signal.getWindowStart(), signal.getWindowEnd())));
        facts.add(new OneSignalView.Fact(in.say("signal.detected"), in.moment(signal.getDetectedAt())));
        facts.add(new OneSignalView.Fact(
                in.say("signal.chance"), in.say("signal.chance.month", small(signal.getFalseAlarmsPerMonth(), in))));
        return facts;
    }

    private static String small(double number, Wording in) {
        return number < CHANCE_MIN ? in.say("signal.chance.less", in.decimal(CHANCE_MIN, 3)) : in.decimal(number, 3);
    }

    List<OneSignalView.Cause> causes(Signal signal, Wording in) {
        return signal.getExplanation().stream()
                .map(cause -> {
                    boolean isOffer = cause.getDimension().equals(Dimension.OFFER.parameter());
                    SearchRequest among = window(
                            isOffer ? about(signal) : about(signal).withFilter(Dimension.OFFER, signal.getOfferId()),
                            signal);
                    return new OneSignalView.Cause(
                            cause(cause, in),
                            new Linked(in.number(cause.getObserved()), address(narrowed(among, cause))),
                            new Linked(in.number(cause.getOf()), address(among)),
                            expected(cause.getExpected(), in));
                })
                .toList();
    }

    private String cause(SignalCause cause, Wording in) {
        return switch (cause.getDimension()) {
            case "offer" -> in.pair(in.say("facet.offer"), offer(cause.getValue(), in));
            case "channel" -> in.pair(in.say("facet.channel"), pages.names().value("channel", cause.getValue(), in));
            case "theme" -> in.pair(in.say("signal.cause.theme"), pages.names().theme(cause.getValue(), in));
            case "word" -> in.pair(in.say("signal.cause.word"), in.quoted(cause.getValue()));
            default -> in.pair(in.say("signal.cause.source"), cause.getValue());
        };
    }

    private static SearchRequest narrowed(SearchRequest request, SignalCause cause) {
        return switch (cause.getDimension()) {
            case "offer" -> request.withFilter(Dimension.OFFER, cause.getValue());
            case "channel" -> request.withFilter(Dimension.CHANNEL, cause.getValue());
            case "theme" -> asking(request, "thème:" + ListAddress.quoted(cause.getValue()));
            case "word" -> asking(request, ListAddress.quoted(cause.getValue()));
            default -> asking(request, "source:" + ListAddress.quoted(cause.getValue()));
        };
    }

    private static SearchRequest asking(SearchRequest request, String more) {
        SearchRequest asked = SearchRequest.of((request.query() + " " + more).strip());
        for (var filter : request.filters().entrySet()) {
            asked = asked.withFilter(filter.getKey(), filter.getValue().toArray(String[]::new));
        }
        return asked.withFrom(request.from().orElseThrow()).withTo(request.to().orElseThrow());
    }

    /** Lists around the signal: the window, and what is said since. */
    List<Linked> lists(Signal signal, Wording in) {
        SearchRequest said = asked(signal);
        return List.of(
                new Linked(in.say("signal.list.window"), address(window(said, signal))),
                new Linked(in.say("signal.list.before"), address(usual(signal))),
                new Linked(in.say("signal.list.all"), address(said)));
    }

    /** What a signal is about, about its offer. */
    static SearchRequest asked(Signal signal) {
        return about(signal).withFilter(Dimension.OFFER, signal.getOfferId());
    }

    private static SearchRequest about(Signal signal) {
        return signal.getTheme()
                .map(theme -> SearchRequest.of("").withFilter(Dimension.THEME, theme))
                .orElseGet(() ->
                        SearchRequest.of(ListAddress.quoted(signal.getTerm().orElse(""))));
    }

    private static SearchRequest window(SearchRequest request, Signal signal) {
        return request.withFrom(signal.getWindowStart())
                .withTo(signal.getWindowEnd().plusMillis(1));
    }

    private static SearchRequest usual(Signal signal) {
        return asked(signal).withFrom(signal.getWindowStart().minus(USUAL)).withTo(signal.getWindowStart());
    }

    private String address(SearchRequest request) {
        return ListAddress.of(request, pages.zone());
    }
}
