package io.vigie.server.page;

import java.util.List;

/**
 * One verbatim by itself, with what is around it.
 *
 * @param back to the search that it was found by
 * @param conversation what was said in it, in order; the verbatim itself is one of them
 * @param copies nearly the same text
 * @param similar others that share words, with the words
 * @param fields everything that is known of it
 */
public record VerbatimView(
        Frame frame,
        Linked back,
        VerbatimCard card,
        String conversationCount,
        List<Turn> conversation,
        List<VerbatimCard> copies,
        List<VerbatimCard> similar,
        Table fields) {
    public VerbatimView {
        conversation = List.copyOf(conversation);
        copies = List.copyOf(copies);
        similar = List.copyOf(similar);
    }

    /** Whether a list shows only parts of it. */
    public boolean isLong() {
        return card.verbatim().getText().length() > Snippet.WHOLE_MAX;
    }

    /** One thing said. */
    public record Turn(VerbatimCard card, boolean isThis) {}
}
