package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * One question, what is done about it and what can be done.
 *
 * @param done what has just been done, in a sentence
 * @param facts what is known of it
 * @param sheet of its offer, if it is about one
 * @param form what can be sent, with what was written before when it was refused
 * @param owners those who are known to own questions
 * @param toldTitle how many are to be told
 * @param toTell those of them that are shown
 * @param askedTitle how many have asked
 * @param asked what they said, those that are shown
 * @param more address of the page with all that are kept, when not all are shown
 * @param history what was done, the newest first
 */
public record AskedView(
        Frame frame,
        QuestionCard question,
        Optional<String> done,
        Optional<Notice> problem,
        List<Fact> facts,
        Optional<String> sheet,
        Form form,
        List<String> owners,
        String toldTitle,
        List<Quote> toTell,
        String askedTitle,
        List<VerbatimCard> asked,
        Optional<String> more,
        List<Step> history) {
    public AskedView {
        facts = List.copyOf(facts);
        owners = List.copyOf(owners);
        toTell = List.copyOf(toTell);
        asked = List.copyOf(asked);
        history = List.copyOf(history);
    }

    /**
     * What is sent.
     *
     * @param key the same for the same sending, so that two clicks are one
     * @param address that forms are sent below
     */
    public record Form(String key, String address, String text, String author, String owner) {}

    /** One thing that was done. */
    public record Step(String what, String text, String by) {}
}
