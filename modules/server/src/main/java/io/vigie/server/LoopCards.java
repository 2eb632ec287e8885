package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.Offer;
import io.vigie.events.Question;
import io.vigie.events.QuestionAnswer;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Answered;
import io.vigie.server.page.QuestionCard;
import io.vigie.server.page.Quote;
import io.vigie.server.page.Section;
import io.vigie.server.page.VerbatimCard;
import io.vigie.server.page.VerbatimCard.Badge;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the pages about questions and what became of them have in common: names of offers, questions and verbatims as cards. */
final class LoopCards {
    /** After so long without an answer a question looks overdue, and before that late. */
    static final Duration OVERDUE = Duration.ofDays(7);

    static final Duration LATE = Duration.ofDays(3);

    private final Pages pages;
    private final OfferDirectory offers;
    private final SearchEndpoint search;

    LoopCards(Pages pages, OfferDirectory offers, SearchEndpoint search) {
        this.pages = pages;
        this.offers = offers;
        this.search = search;
    }

    String offerName(String id, Wording in) {
        return offers.offer(id)
                .map(Offer::getName)
                .orElseGet(() -> pages.names().value("offer", id, in));
    }

    /** The page of an offer; of verbatims without one, their list. */
    static String offerAddress(String id) {
        return id.equals(Topics.UNASSIGNED)
                ? Section.SEARCH.address() + "?offer=" + id
                : "/offres/" + Addresses.encoded(id);
    }

    /** Verbatims without an offer have none. */
    static Optional<String> sheetAddress(String offerId) {
        return offerId.equals(Topics.UNASSIGNED)
                ? Optional.empty()
                : Optional.of("/offres/" + Addresses.encoded(offerId) + "/fiche");
    }

    static String questionAddress(String id) {
        return Section.QUESTIONS.address() + "/" + Addresses.encoded(id);
    }

    QuestionCard card(QuestionJson each, Wording in) {
        Question question = each.question();
        return new QuestionCard(
                question.getQuestionId(),
                question.getText(),
                questionAddress(question.getQuestionId()),
                offerName(question.getOfferId(), in),
                offerAddress(question.getOfferId()),
                badges(each, in),
                in.say(
                        "questions.asked",
                        in.count("questions.customers", question.getCustomers()),
                        in.count("questions.verbatims", question.getVerbatims()),
                        in.day(question.getFirstAskedAt())),
                each.answered() ? "" : owner(each, in),
                question.getTerms(),
                answered(each, in));
    }

    private static String owner(QuestionJson each, Wording in) {
        return each.owner().map(owner -> in.say("questions.owner", owner)).orElseGet(() -> in.say("questions.unowned"));
    }

    private List<Badge> badges(QuestionJson each, Wording in) {
        Question question = each.question();
        var badges = new ArrayList<Badge>();
        if (each.answered()) {
            badges.add(new Badge(in.say("questions.answered"), "good"));
            if (question.getAskedAgain() > 0) {
                badges.add(new Badge(in.count("questions.again", question.getAskedAgain()), "bad"));
            }
            if (each.toTellTotal() > 0) {
                badges.add(new Badge(in.count("questions.totell", each.toTellTotal()), ""));
            }
            return badges;
        }
        Duration age = Duration.between(question.getFirstAskedAt(), pages.now());
        String look = age.compareTo(OVERDUE) >= 0 ? "grave" : age.compareTo(LATE) >= 0 ? "bad" : "";
        badges.add(new Badge(in.say("questions.age", in.lasting(age)), look));
        if (question.getVagueAnswers() > 0) {
            badges.add(new Badge(in.count("questions.vague", question.getVagueAnswers()), "bad"));
        }
        return badges;
    }

    private static Optional<Answered> answered(QuestionJson each, Wording in) {
        Optional<Answered> published = each.answer().map(answer -> new Answered(answer.getText(), by(answer, in)));
        return published.or(() -> each.question().getAnswer().map(known -> new Answered("", by(known, in))));
    }

    static String by(Action action, Wording in) {
        return in.say("loop.by", action.getAuthor(), action.getAt());
    }

    private static String by(QuestionAnswer answer, Wording in) {
        return in.say("loop.by", answer.getAuthor(), answer.getAt());
    }

    /** Those verbatims that are still there, in their order. */
    List<Verbatim> verbatims(List<String> ids) throws Refusal, IOException {
        if (ids.isEmpty()) {
            return List.of();
        }
        return search.asked(Endpoint.VERBATIM, index -> {
            var found = new ArrayList<Verbatim>();
            for (String id : ids) {
                index.find(id).ifPresent(found::add);
            }
            return found;
        });
    }

    /** @param dossier whether its conversation is named, under which whoever speaks with the customer finds him */
    Quote quote(Verbatim verbatim, boolean dossier, Wording in) {
        String channel = pages.names().value("channel", verbatim.getChannel().name(), in);
        String origin =
                dossier ? in.say("loop.dossier", verbatim.getConversationId(), verbatim.getSource(), channel) : channel;
        return Quote.of(verbatim, origin, in);
    }

    List<VerbatimCard> cards(List<Verbatim> verbatims, Wording in) {
        return verbatims.stream()
                .map(verbatim ->
                        VerbatimCard.cut(verbatim, List.of(), in, pages.names(), VerbatimCard.Links.toSearch()))
                .toList();
    }
}
