package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * A signal: what rose, against what, since when, and what can be done about it.
 *
 * @param done what was just done, with the way to it
 * @param facts names and values
 * @param causes what explains it, the strongest first
 * @param lists the verbatims around it
 * @param chart how often it was said before and after; empty when nothing of it is left
 * @param cards the verbatims that earned it
 * @param gone how many of them are not there any more, in words
 * @param forms what can be done; empty where nothing can
 * @param related what was done about the same before
 */
public record OneSignalView(
        Frame frame,
        SignalCard card,
        Optional<Linked> done,
        List<Fact> facts,
        List<Cause> causes,
        List<Linked> lists,
        Optional<Chart> chart,
        List<VerbatimCard> cards,
        Optional<String> gone,
        Optional<Forms> forms,
        List<DecisionCard> related) {
    public OneSignalView {
        facts = List.copyOf(facts);
        causes = List.copyOf(causes);
        lists = List.copyOf(lists);
        cards = List.copyOf(cards);
        related = List.copyOf(related);
    }

    /** A name and its value. */
    public record Fact(String name, String value) {}

    /**
     * A value whose share is larger than usual.
     *
     * @param expected what the usual share makes expect, in words
     */
    public record Cause(String name, Linked observed, Linked of, String expected) {}

    /**
     * The forms.
     *
     * @param id of what they would publish: a form that is sent twice is one action
     * @param error what was wrong with the one that was sent
     * @param wrong which one that was; empty for none
     * @param isTested whether it will be told if a decision has helped
     */
    public record Forms(
            String address,
            String id,
            String wrong,
            Optional<String> error,
            Optional<SignalCard.Quote> errorDetail,
            String name,
            String minimum,
            boolean isAlert,
            String title,
            String text,
            String author,
            boolean isMeasure,
            String day,
            List<Pick> picks,
            String reason,
            List<Days> days,
            boolean isMuted,
            boolean isTested) {
        public Forms {
            picks = List.copyOf(picks);
            days = List.copyOf(days);
        }

        public boolean isWrong(String form) {
            return wrong.equals(form);
        }
    }

    /** A verbatim that a decision can go back to. */
    public record Pick(String id, String value, String text, String language, boolean isPicked) {}

    /** How long it can be muted. */
    public record Days(int days, String text, boolean isChosen) {}
}
