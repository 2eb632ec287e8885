package io.vigie.index;

import io.vigie.events.Verbatim;
import java.util.List;

/**
 * What a customer said in one conversation, around one verbatim of it. A conversation is one of its source system and of
 * its kind: two systems that both count their tickets from 1 do not speak of the same ones.
 *
 * @param total how many verbatims the conversation has, always exact
 * @param verbatims oldest first, ties in the order of their ids: the verbatim that was asked for, at most
 *     {@value #SIDE_MAX} before and at most {@value #SIDE_MAX} after it
 */
public record Conversation(long total, List<Verbatim> verbatims) {
    /** Most verbatims shown before, and most after the one that was asked for; ask for the outermost to see more. */
    public static final int SIDE_MAX = 100;

    public Conversation {
        verbatims = List.copyOf(verbatims);
    }
}
