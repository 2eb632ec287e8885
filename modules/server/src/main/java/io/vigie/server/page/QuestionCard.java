package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * A question as lists show it.
 *
 * @param text in the words of whoever asked it most clearly
 * @param owner who is to answer, in a sentence; empty once somebody has
 * @param asked how often and since when
 * @param terms the technical terms it is about
 * @param answer the newest, when there is one
 */
public record QuestionCard(
        String id,
        String text,
        String address,
        String offer,
        String offerAddress,
        List<VerbatimCard.Badge> badges,
        String asked,
        String owner,
        List<String> terms,
        Optional<Answered> answer) {
    public QuestionCard {
        badges = List.copyOf(badges);
        terms = List.copyOf(terms);
    }
}
