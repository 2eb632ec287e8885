package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * What an agent needs to know of an offer.
 *
 * @param offerId for the search among its answers
 * @param retired when it is no longer sold, in a sentence
 * @param answers the most asked first
 * @param more how many are left out, if any
 * @param notice instead of answers, when there are none
 * @param themes of its complaints
 */
public record SheetView(
        Frame frame,
        String offerId,
        String title,
        Optional<String> retired,
        List<Fact> facts,
        List<Figure> figures,
        List<QuestionCard> answers,
        Optional<String> more,
        Optional<Notice> notice,
        Optional<Table> themes) {
    public SheetView {
        facts = List.copyOf(facts);
        figures = List.copyOf(figures);
        answers = List.copyOf(answers);
    }
}
