package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.index.SearchRequest;
import io.vigie.server.page.DecisionCard;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was decided about an offer, and whether it has helped, as the pages say it. */
final class DecisionTelling {
    /** Each is tested with four searches. */
    static final int TESTED_MAX = 6;

    private final Pages pages;
    private final RecurrenceCheck recurrences;
    private final Wording in;

    DecisionTelling(Pages pages, RecurrenceCheck recurrences, Wording in) {
        this.pages = pages;
        this.recurrences = recurrences;
        this.in = in;
    }

    /** Decisions and measures about an offer, the newest effect first. */
    static List<Action> about(ActionDirectory actions, String offerId) {
        return actions.actions().stream()
                .filter(action -> action.getKind() == ActionKind.DECISION || action.getKind() == ActionKind.MEASURE)
                .filter(action -> action.getOfferId().equals(offerId))
                .sorted((a, b) -> b.getEffectiveAt().compareTo(a.getEffectiveAt()))
                .toList();
    }

    /** The id of its element on a page. */
    static String element(Action action) {
        return "decision-" + action.getActionId();
    }

    List<DecisionCard> tested(List<Action> actions) throws Refusal, IOException {
        var cards = new ArrayList<DecisionCard>();
        for (Action action : actions) {
            cards.add(card(action, recurrences.test(action).map(this::effect)));
        }
        return cards;
    }

    DecisionCard untested(Action action) {
        return card(action, Optional.empty());
    }

    private DecisionCard card(Action action, Optional<DecisionCard.Effect> effect) {
        int linked = action.getVerbatimIds().size();
        String about = action.getTheme()
                .map(theme -> in.say("decision.about", pages.names().theme(theme, in)))
                .orElse("");
        String told = in.say("decision.told", action.getAuthor(), in.day(action.getEffectiveAt()));
        return new DecisionCard(
                element(action),
                action.getTitle(),
                action.getKind() == ActionKind.DECISION ? in.say("decision.decision") : in.say("decision.measure"),
                about.isEmpty() ? told : told + " · " + about,
                action.getText(),
                new Linked(
                        linked > ListAddress.IDS_MAX
                                ? in.say("decision.verbatims.first", ListAddress.IDS_MAX, linked)
                                : in.count("decision.verbatims", linked),
                        ListAddress.ofIds(action.getVerbatimIds(), pages.zone())),
                effect);
    }

    private DecisionCard.Effect effect(RecurrenceCheck.Tested tested) {
        Recurrence recurrence = tested.recurrence();
        if (!recurrence.windows().begun()) {
            return new DecisionCard.Effect(in.say("decision.effect.later"), "", Optional.empty(), "");
        }
        RateChange change = recurrence.change();
        var searches = tested.searches();
        var counts = new DecisionCard.Counts(
                linked(change.before(), searches.before()),
                linked(change.beforeOf(), searches.beforeOf()),
                linked(change.after(), searches.after()),
                linked(change.afterOf(), searches.afterOf()));
        return new DecisionCard.Effect(
                verdict(recurrence.verdict()), kind(recurrence.verdict()), Optional.of(counts), changed(change));
    }

    private String verdict(Recurrence.Verdict verdict) {
        return switch (verdict) {
            case IMPROVED -> in.say("decision.effect.improved");
            case NOT_IMPROVED -> in.say("decision.effect.not");
            case TOO_EARLY -> in.say("decision.effect.early");
        };
    }

    private static String kind(Recurrence.Verdict verdict) {
        return switch (verdict) {
            case IMPROVED -> "good";
            case NOT_IMPROVED -> "bad";
            case TOO_EARLY -> "";
        };
    }

    private Linked linked(long count, SearchRequest request) {
        return new Linked(in.number(count), ListAddress.of(request, pages.zone()));
    }

    private String changed(RateChange change) {
        if (change.beforeOf() == 0 || change.afterOf() == 0) {
            return "";
        }
        return in.say(
                "decision.effect.change",
                in.percent((double) change.before() / change.beforeOf()),
                in.percent((double) change.after() / change.afterOf()));
    }
}
