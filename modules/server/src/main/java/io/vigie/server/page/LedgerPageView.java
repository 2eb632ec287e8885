package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * The entries of a ledger of an offer.
 *
 * @param offer back to its page
 * @param told what is counted, and of which time
 * @param choices the kinds of entries, with how many there are of each
 * @param table what was chosen
 * @param more in words, when not all are shown
 */
public record LedgerPageView(
        Frame frame,
        Linked offer,
        String told,
        List<Choice> choices,
        Table table,
        Optional<String> more,
        Optional<Notice> empty) {
    public LedgerPageView {
        choices = List.copyOf(choices);
    }

    /** One kind of entries. */
    public record Choice(Linked way, boolean isCurrent) {}
}
