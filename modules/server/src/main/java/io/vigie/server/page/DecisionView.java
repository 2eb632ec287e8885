package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * A decision about verbatims that somebody picked.
 *
 * @param done what was just recorded, with the way to it
 * @param notice instead of a form, when there is nothing to decide about
 * @param offers those that it can be about
 * @param themes those whose share can be watched
 */
public record DecisionView(
        Frame frame,
        Optional<Linked> done,
        Optional<Notice> notice,
        Optional<OneSignalView.Forms> forms,
        List<Choice> offers,
        List<Choice> themes) {
    public DecisionView {
        offers = List.copyOf(offers);
        themes = List.copyOf(themes);
    }

    /** An entry of a list to choose from. */
    public record Choice(String value, String text, boolean isChosen) {}
}
