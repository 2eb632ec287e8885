package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * The signals.
 *
 * @param total in words
 * @param filter what is asked for
 * @param muted the way to those that are not shown, or back
 * @param next the way to older ones
 */
public record SignalsView(
        Frame frame,
        PeriodView period,
        Filter filter,
        String total,
        Optional<Linked> muted,
        List<SignalCard> cards,
        Optional<Linked> next,
        Optional<Notice> notice) {
    public SignalsView {
        cards = List.copyOf(cards);
    }

    /** What can be chosen from. */
    public record Filter(List<Option> offers, List<Option> kinds, List<PeriodView.Kept> kept) {
        public Filter {
            offers = List.copyOf(offers);
            kinds = List.copyOf(kinds);
            kept = List.copyOf(kept);
        }
    }

    /**
     * Something to choose.
     *
     * @param value empty for all
     */
    public record Option(String value, String text, boolean isChosen) {}
}
