package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * One saved search and the verbatims that it alerted of.
 *
 * @param address of this page, with what is newest
 * @param live what the live feed is asked for its alerts, as an address
 * @param done what has just become of it
 * @param facts what it searches, whose it is, whom it tells
 * @param notice that nothing was found, or is not known yet
 * @param count how many were found, and since when
 * @param gone how many of them are no more
 * @param list the same verbatims as a search
 * @param before the page of newer ones
 * @param after the page of older ones
 * @param forms how it is changed, by whoever may
 * @param whose says who may, to others
 */
public record SavedSearchView(
        Frame frame,
        String address,
        String live,
        List<String> badges,
        Optional<String> done,
        List<Fact> facts,
        Optional<Notice> notice,
        Optional<String> count,
        Optional<String> gone,
        Optional<Linked> list,
        List<VerbatimCard> cards,
        Optional<String> before,
        Optional<String> after,
        Optional<Forms> forms,
        Optional<String> whose) {
    public SavedSearchView {
        badges = List.copyOf(badges);
        facts = List.copyOf(facts);
        cards = List.copyOf(cards);
    }

    /**
     * Where what is changed is sent.
     *
     * @param error what was wrong with the name that was sent
     */
    public record Forms(String renames, String removes, String name, Optional<String> error) {}
}
