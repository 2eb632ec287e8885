package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * All that is known of an offer in a period.
 *
 * @param about owner, segment and dates, in words; may be empty
 * @param measures the numbers at the top
 * @param tone how the mean tone has changed, in words
 * @param empty in place of the numbers, when nothing was said
 * @param changes themes and channels
 * @param words more and less frequent ones
 * @param wordless why there are none, in words
 */
public record OneOfferView(
        Frame frame,
        String about,
        PeriodView period,
        List<Measure> measures,
        Optional<String> tone,
        Optional<Chart> chart,
        Optional<Notice> empty,
        List<Changes> changes,
        List<Changes> words,
        Optional<String> wordless,
        Signals signals,
        Questions questions,
        Ledgers ledgers,
        Decisions decisions) {
    public OneOfferView {
        measures = List.copyOf(measures);
        changes = List.copyOf(changes);
        words = List.copyOf(words);
    }

    /**
     * What has risen about the offer.
     *
     * @param all the way to all of it
     */
    public record Signals(List<SignalCard> cards, String none, Linked all) {
        public Signals {
            cards = List.copyOf(cards);
        }
    }

    /**
     * Open ones, the oldest first.
     *
     * @param total in words
     */
    public record Questions(List<Asked> asked, Linked total) {
        public Questions {
            asked = List.copyOf(asked);
        }
    }

    /**
     * An open question.
     *
     * @param age since it was first asked, in words
     * @param customers how many ask it, and what they said
     * @param owner who is to answer, in words
     */
    public record Asked(String text, String age, Linked customers, String owner, boolean isOwned) {}

    /** Promises and contacts against a customer's wish. */
    public record Ledgers(List<Figure> promises, List<Figure> breaches) {
        public Ledgers {
            promises = List.copyOf(promises);
            breaches = List.copyOf(breaches);
        }
    }

    /**
     * What was decided.
     *
     * @param older those whose effect is not tested here
     */
    public record Decisions(List<DecisionCard> cards, List<DecisionCard> older) {
        public Decisions {
            cards = List.copyOf(cards);
            older = List.copyOf(older);
        }
    }
}
