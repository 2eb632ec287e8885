package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Verbatim;
import io.vigie.index.SearchRequest;
import io.vigie.server.ReturnFeed.News;
import io.vigie.server.ReturnFeed.Reported;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.access.Right;
import io.vigie.server.access.User;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Chip;
import io.vigie.server.page.EffectView;
import io.vigie.server.page.Fact;
import io.vigie.server.page.Figure;
import io.vigie.server.page.Frame;
import io.vigie.server.page.Notice;
import io.vigie.server.page.ReturnsView;
import io.vigie.server.page.Section;
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
 * {@code /retours}: what became of what an agent reported, and, when none is named, all that was decided; each with whether it
 * has helped.
 */
final class ReturnsPage {
    private static final int SHOWN_MAX = 10;
    private static final int REPORTED_MAX = 200;
    private static final int QUOTES_MAX = 3;
    private static final int PAGE_MAX = 10_000;
    private static final Set<String> PARAMETERS = Set.of("agent", "kind", "offer", "page");

    private final Pages pages;
    private final LoopCards cards;
    private final ReturnFeed feed;
    private final ActionDirectory actions;
    private final SearchEndpoint search;

    /** @param search whose places, refusals and measures these are too */
    ReturnsPage(Pages pages, LoopCards cards, ReturnFeed feed, ActionDirectory actions, SearchEndpoint search) {
        this.pages = pages;
        this.cards = cards;
        this.feed = feed;
        this.actions = actions;
        this.search = search;
    }

    /** What is asked for: the address. */
    private record Wanted(String agent, Optional<Kind> kind, Optional<String> offer, int page) {
        static Wanted read(String query) throws Refusal {
            var parameters = Parameters.of(query, PARAMETERS, "");
            Optional<String> given = parameters.one("kind");
            Optional<Kind> kind = given.flatMap(Kind::of);
            if (given.isPresent() && kind.isEmpty()) {
                throw Parameters.bad("kind", given.get(), "answer, decision, comment");
            }
            return new Wanted(
                    parameters.one("agent").orElse("").strip(),
                    kind,
                    parameters.one("offer"),
                    Math.max(1, parameters.number("page", 1, PAGE_MAX)));
        }

        Wanted at(int other) {
            return new Wanted(agent, kind, offer, other);
        }

        Wanted reportedBy(String other) {
            return new Wanted(other, kind, offer, 1);
        }

        Wanted of(Optional<Kind> other) {
            return new Wanted(agent, other, offer, 1);
        }

        Wanted about(Optional<String> other) {
            return new Wanted(agent, kind, other, 1);
        }

        String address() {
            var pairs = new ArrayList<String>();
            if (!agent.isEmpty()) {
                pairs.add("agent=" + Addresses.encoded(agent));
            }
            kind.ifPresent(each -> pairs.add("kind=" + each.code()));
            offer.ifPresent(id -> pairs.add("offer=" + Addresses.encoded(id)));
            if (page > 1) {
                pairs.add("page=" + page);
            }
            return Section.RETURNS.address() + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
        }

        boolean takes(Action action) {
            return kind.map(each -> each.takes(action)).orElse(true)
                    && offer.map(action.getOfferId()::equals).orElse(true);
        }
    }

    private enum Kind {
        ANSWER,
        DECISION,
        COMMENT;

        static Optional<Kind> of(String code) {
            for (Kind kind : values()) {
                if (kind.code().equals(code)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean takes(Action action) {
            return switch (this) {
                case ANSWER -> action.getKind() == ActionKind.ANSWER;
                case DECISION -> isDecision(action);
                case COMMENT -> action.getKind() == ActionKind.COMMENT;
            };
        }
    }

    private static boolean isDecision(Action action) {
        return action.getKind() == ActionKind.DECISION || action.getKind() == ActionKind.MEASURE;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        Wanted wanted = search.read(() -> Wanted.read(request.query()));
        Optional<User> agent = request.user().filter(user -> !user.may(Right.READ));
        if (agent.isPresent() && wanted.agent().isEmpty()) {
            return PageAnswer.seeOther(wanted.reportedBy(agent.get().name()).address());
        }
        if (agent.isPresent()) {
            Doorkeeper.requireOwn(agent.get(), wanted.agent());
        }
        Wording in = request.wording();
        boolean isFeed = !wanted.agent().isEmpty();
        List<Reported> all = isFeed ? feed.reported(wanted.agent(), REPORTED_MAX) : decisions();
        List<Reported> found =
                all.stream().filter(each -> wanted.takes(each.action())).toList();
        int from = Math.min(found.size(), (wanted.page() - 1) * SHOWN_MAX);
        int to = Math.min(found.size(), from + SHOWN_MAX);
        var news = new ArrayList<ReturnsView.News>();
        for (News each : feed.tested(found.subList(from, to))) {
            news.add(news(each, isFeed, in));
        }
        Frame frame = pages.frame(request, in.say("returns.title"), Optional.of(Section.RETURNS), LoopPages.STYLE);
        return PageAnswer.page(Templates.returns(new ReturnsView(
                frame,
                wanted.agent(),
                isFeed && !all.isEmpty() ? figures(all, wanted, in) : List.of(),
                chips(wanted, in),
                new Wanted(wanted.agent(), Optional.empty(), Optional.empty(), 1).address(),
                title(wanted, all, in),
                news,
                news.isEmpty() ? Optional.of(notice(all, wanted, in)) : Optional.empty(),
                wanted.page() > 1 ? Optional.of(wanted.at(wanted.page() - 1).address()) : Optional.empty(),
                to < found.size() ? Optional.of(wanted.at(wanted.page() + 1).address()) : Optional.empty())));
    }

    private static String title(Wanted wanted, List<Reported> all, Wording in) {
        if (wanted.agent().isEmpty()) {
            return in.say("returns.decisions");
        }
        return all.isEmpty() ? in.say("returns.yours") : in.say("returns.feed", wanted.agent());
    }

    /** All that was decided or done, the newest first; its verbatims are looked up when it is shown. */
    private List<Reported> decisions() {
        return actions.actions().stream()
                .filter(ReturnsPage::isDecision)
                .map(action -> new Reported(action, List.of()))
                .toList();
    }

    /** Thanks to whom: what came of what was reported, and where each number is read. */
    private List<Figure> figures(List<Reported> all, Wanted wanted, Wording in) throws Refusal, IOException {
        String reports = "agent:\"" + wanted.agent().replace("\"", "") + "\"";
        long reported = search.answered(Endpoint.FEED, SearchRequest.of(reports).withSize(0))
                .total();
        var figures = new ArrayList<Figure>();
        figures.add(Figure.of(in.count("returns.reports", reported), in.number(reported), SearchLinks.words(reports)));
        for (Kind kind : Kind.values()) {
            long count = all.stream().filter(each -> kind.takes(each.action())).count();
            figures.add(Figure.of(
                    switch (kind) {
                        case ANSWER -> in.count("returns.answers", count);
                        case DECISION -> in.count("returns.acts", count);
                        case COMMENT -> in.count("returns.comments", count);
                    },
                    in.number(count),
                    wanted.of(Optional.of(kind)).address()));
        }
        return figures;
    }

    private List<Chip> chips(Wanted wanted, Wording in) {
        var chips = new ArrayList<Chip>();
        wanted.kind()
                .ifPresent(kind -> chips.add(new Chip(
                        in.say("questions.only"),
                        switch (kind) {
                            case ANSWER -> in.say("returns.only.answers");
                            case DECISION -> in.say("returns.only.acts");
                            case COMMENT -> in.say("returns.only.comments");
                        },
                        false,
                        wanted.of(Optional.empty()).address())));
        wanted.offer()
                .ifPresent(id -> chips.add(new Chip(
                        in.say("facet.offer"),
                        cards.offerName(id, in),
                        false,
                        wanted.about(Optional.empty()).address())));
        return chips;
    }

    private ReturnsView.News news(News news, boolean isFeed, Wording in) throws Refusal, IOException {
        Action action = news.reported().action();
        List<Verbatim> own = news.reported().verbatims();
        int total = isFeed ? own.size() : action.getVerbatimIds().size();
        List<Verbatim> shown = isFeed
                ? own.subList(0, Math.min(QUOTES_MAX, own.size()))
                : cards.verbatims(action.getVerbatimIds().subList(0, Math.min(QUOTES_MAX, total)));
        Optional<EffectView> effect = news.tested()
                .map(tested -> Effects.view(
                        tested,
                        action.getEffectiveAt().plus(Duration.ofDays(action.getWindowDays())),
                        in,
                        pages.zone()));
        return new ReturnsView.News(
                "n-" + action.getActionId(),
                kind(action, in),
                action.getTitle(),
                action.getText(),
                LoopCards.by(action, in),
                cards.offerName(action.getOfferId(), in),
                LoopCards.offerAddress(action.getOfferId()),
                about(action, in),
                isFeed ? in.count("returns.own", total) : in.count("returns.from", total),
                shown.stream().map(each -> cards.quote(each, false, in)).toList(),
                total > shown.size() ? Optional.of(in.count("returns.more", total - shown.size())) : Optional.empty(),
                effect);
    }

    private static String kind(Action action, Wording in) {
        return switch (action.getKind()) {
            case ANSWER -> in.say("returns.kind.answer");
            case DECISION -> in.say("returns.kind.decision");
            case MEASURE -> in.say("returns.kind.measure");
            case COMMENT, OWNER, TOLD -> in.say("returns.kind.comment");
        };
    }

    private Optional<Fact> about(Action action, Wording in) {
        if (action.getQuestionId().isPresent()) {
            return action.getQuestionId()
                    .map(id -> Fact.of(in.say("returns.question"), action.getTitle(), LoopCards.questionAddress(id)));
        }
        return action.getTheme()
                .map(theme -> Fact.of(
                        in.say("facet.theme"),
                        pages.names().theme(theme, in),
                        Section.SEARCH.address() + "?offer=" + Addresses.encoded(action.getOfferId()) + "&theme="
                                + Addresses.encoded(theme)));
    }

    private static Notice notice(List<Reported> all, Wanted wanted, Wording in) {
        if (!all.isEmpty()) {
            return new Notice(
                    Notice.Kind.EMPTY,
                    in.say("returns.filtered"),
                    List.of(Notice.way(
                            in.say("returns.all"),
                            new Wanted(wanted.agent(), Optional.empty(), Optional.empty(), 1).address())));
        }
        if (wanted.agent().isEmpty()) {
            return new Notice(
                    Notice.Kind.EMPTY,
                    in.say("returns.nodecision"),
                    List.of(
                            Notice.tip(in.say("returns.nodecision.how")),
                            Notice.way(in.say("returns.nodecision.signals"), Section.SIGNALS.address())));
        }
        return new Notice(
                Notice.Kind.EMPTY,
                in.say("returns.none", wanted.agent()),
                List.of(
                        Notice.tip(in.say("returns.none.why")),
                        Notice.way(
                                in.say("returns.none.reports"),
                                SearchLinks.words("agent:\"" + wanted.agent().replace("\"", "") + "\"")),
                        Notice.way(in.say("returns.everything"), Section.RETURNS.address())));
    }
}
