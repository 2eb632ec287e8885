package io.vigie.server.page;

import java.util.Optional;

/**
 * Something that was decided or done, and whether it has helped.
 *
 * @param id of its element on the page
 * @param told who, when, about what
 * @param verbatims those it goes back to
 */
public record DecisionCard(
        String id, String title, String badge, String told, String text, Linked verbatims, Optional<Effect> effect) {

    /**
     * A theme's share before and after.
     *
     * @param kind how the verdict looks
     * @param counts empty until it takes effect
     * @param change of the share, in words
     */
    public record Effect(String verdict, String kind, Optional<Counts> counts, String change) {}

    /**
     * What the verdict is made of.
     *
     * @param before cases before
     * @param beforeOf all verbatims of the offer before
     * @param after cases after
     * @param afterOf all verbatims of the offer after
     */
    public record Counts(Linked before, Linked beforeOf, Linked after, Linked afterOf) {}
}
