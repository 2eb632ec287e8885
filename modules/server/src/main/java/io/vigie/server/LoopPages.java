package io.vigie.server;

import io.vigie.server.page.Section;
import java.util.Map;

/**
 * The pages of the closed loop and of operations: questions and their answers, sheets for agents, the way back, the state of
 * the pipeline.
 */
final class LoopPages {
    /** Their style, besides that of all pages. */
    static final String STYLE = "loop.css";

    private final Map<String, PageDoor.Page> pages;
    private final Map<String, PageDoor.Page> forms;

    private LoopPages(Map<String, PageDoor.Page> pages, Map<String, PageDoor.Page> forms) {
        this.pages = Map.copyOf(pages);
        this.forms = Map.copyOf(forms);
    }

    /** What these pages ask, which is what the API asks. */
    record Sources(
            Questions questions,
            OfferSheets sheets,
            ReturnFeed feed,
            ActionsEndpoint actions,
            ClosedLoop loop,
            OfferDirectory offers,
            SearchEndpoint search) {}

    static LoopPages of(Pages pages, Sources from, OperationsPage operations, DeadLettersPage deadLetters) {
        var cards = new LoopCards(pages, from.offers(), from.search());
        var one = new QuestionPage(pages, cards, from.questions(), from.search());
        var sent = new QuestionForms(one, from.questions(), from.actions(), pages::now);
        var returns = new ReturnsPage(pages, cards, from.feed(), from.loop().actions(), from.search());
        String question = Section.QUESTIONS.address() + "/{id}";
        return new LoopPages(
                Map.of(
                        Section.QUESTIONS.address(),
                        new QuestionsPage(pages, cards, from.questions(), from.search())::page,
                        question,
                        one::page,
                        "/offres/{id}/fiche",
                        new SheetPage(pages, cards, from.sheets(), from.search())::page,
                        Section.RETURNS.address(),
                        returns::page,
                        Section.STATE.address(),
                        operations::page,
                        DeadLettersPage.PATH,
                        deadLetters::page),
                Map.of(
                        question + QuestionPage.ANSWER, sent::answer,
                        question + QuestionPage.OWNER, sent::owner,
                        question + QuestionPage.TOLD, sent::told));
    }

    /** Each by its path. */
    Map<String, PageDoor.Page> pages() {
        return pages;
    }

    Map<String, PageDoor.Page> forms() {
        return forms;
    }
}
