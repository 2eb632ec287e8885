package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Question;
import io.vigie.server.page.AskedView;
import io.vigie.server.page.AskedView.Step;
import io.vigie.server.page.Fact;
import io.vigie.server.page.Notice;
import io.vigie.server.page.QuestionCard;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code /questions/{id}}: one question, who asked it, who is to be told, and what was done about it. */
final class QuestionPage {
    static final String DONE = "done";
    static final String ANSWER = "/reponse";
    static final String OWNER = "/responsable";
    static final String TOLD = "/prevenus";

    private static final String ALL = "all";
    /** Of each list, until all are asked for. */
    private static final int SHOWN = 10;

    private final Pages pages;
    private final LoopCards cards;
    private final Questions questions;
    private final SearchEndpoint search;

    /** @param search whose refusals these are too */
    QuestionPage(Pages pages, LoopCards cards, Questions questions, SearchEndpoint search) {
        this.pages = pages;
        this.cards = cards;
        this.questions = questions;
        this.search = search;
    }

    /** What is in the forms of the page, and what is wrong with it. */
    record Draft(String key, String text, String author, String owner, Optional<Notice> problem, int status) {
        /** Nothing written yet, under a key of its own. */
        static Draft blank() {
            return new Draft(UUID.randomUUID().toString(), "", "", "", Optional.empty(), 200);
        }
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        Parameters parameters = search.read(() -> Parameters.of(request.query(), Set.of(ALL, DONE), ""));
        Optional<String> done = parameters.one(DONE).flatMap(code -> done(code, request.wording()));
        return page(request, parameters.one(ALL).isPresent(), done, Draft.blank());
    }

    private static Optional<String> done(String code, Wording in) {
        return switch (code) {
            case "answered" -> Optional.of(in.say("asked.done.answered"));
            case "owned" -> Optional.of(in.say("asked.done.owned"));
            case "told" -> Optional.of(in.say("asked.done.told"));
            default -> Optional.empty();
        };
    }

    PageAnswer page(PageRequest request, boolean whole, Optional<String> done, Draft draft)
            throws Refusal, IOException {
        String id = request.place("id");
        Wording in = request.wording();
        QuestionJson question = questions.one(id);
        List<Action> actions = questions.actions(id);
        List<String> told = told(actions);
        List<String> toTell =
                question.toTell().stream().filter(each -> !told.contains(each)).toList();
        long toTellTotal =
                Math.max(0, question.toTellTotal() - (question.toTell().size() - toTell.size()));
        List<String> askedBy = question.question().getVerbatimIds();
        int shown = whole ? ActionJson.VERBATIMS_MAX : SHOWN;
        QuestionCard card = cards.card(question, in);
        boolean isCut = askedBy.size() > shown || toTell.size() > shown;
        var view = new AskedView(
                pages.frame(request, question.question().getText(), Optional.of(Section.QUESTIONS), LoopPages.STYLE),
                card,
                done,
                draft.problem(),
                facts(question, card, in),
                LoopCards.sheetAddress(question.question().getOfferId()),
                new AskedView.Form(draft.key(), card.address(), draft.text(), draft.author(), draft.owner()),
                questions.owners(),
                in.count("asked.totell", toTellTotal),
                cards.verbatims(first(toTell, shown)).stream()
                        .map(verbatim -> cards.quote(verbatim, true, in))
                        .toList(),
                in.count("asked.verbatims", question.question().getVerbatims()),
                cards.cards(cards.verbatims(first(askedBy, shown)), in),
                isCut ? Optional.of(card.address() + "?" + ALL + "=1") : Optional.empty(),
                steps(actions, in));
        return PageAnswer.page(draft.status(), Templates.asked(view));
    }

    private static List<String> told(List<Action> actions) {
        return actions.stream()
                .filter(action -> action.getKind() == ActionKind.TOLD)
                .flatMap(action -> action.getVerbatimIds().stream())
                .toList();
    }

    private static List<String> first(List<String> ids, int max) {
        return ids.subList(0, Math.min(max, ids.size()));
    }

    private static List<Fact> facts(QuestionJson each, QuestionCard card, Wording in) {
        Question question = each.question();
        var facts = new ArrayList<Fact>();
        facts.add(Fact.of(in.say("facet.offer"), card.offer(), card.offerAddress()));
        facts.add(Fact.of(
                in.say("asked.by"),
                in.say(
                        "asked.many",
                        in.count("questions.customers", question.getCustomers()),
                        in.count("questions.verbatims", question.getVerbatims())),
                "#asked"));
        facts.add(Fact.of(in.say("asked.first"), in.moment(question.getFirstAskedAt())));
        facts.add(Fact.of(in.say("asked.last"), in.moment(question.getLastAskedAt())));
        if (!question.getTerms().isEmpty()) {
            facts.add(Fact.of(in.say("asked.terms"), String.join(", ", question.getTerms())));
        }
        facts.add(Fact.of(in.say("questions.owned"), each.owner().orElseGet(() -> in.say("asked.nobody"))));
        question.getLastVagueAnswerAt()
                .ifPresent(at -> facts.add(
                        Fact.of(in.say("asked.vague"), in.count("asked.vague.since", question.getVagueAnswers(), at))));
        return facts;
    }

    private static List<Step> steps(List<Action> actions, Wording in) {
        return actions.stream()
                .map(action -> new Step(what(action, in), action.getText(), LoopCards.by(action, in)))
                .toList();
    }

    private static String what(Action action, Wording in) {
        return switch (action.getKind()) {
            case ANSWER -> in.say("asked.step.answer");
            case OWNER ->
                action.getOwner()
                        .map(owner -> in.say("asked.step.owner", owner))
                        .orElseGet(() -> in.say("asked.step.unowned"));
            case TOLD -> in.count("asked.step.told", action.getVerbatimIds().size());
            case DECISION -> in.say("asked.step.decision", action.getTitle());
            case MEASURE -> in.say("asked.step.measure", action.getTitle());
            case COMMENT -> in.say("asked.step.comment");
        };
    }
}
