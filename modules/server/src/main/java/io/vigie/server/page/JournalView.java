package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * Who did what.
 *
 * @param from as it was asked for, or empty
 * @param actions what can be chosen
 * @param cut that there may be more, if so
 */
public record JournalView(
        Frame frame,
        String from,
        String to,
        String user,
        List<Choice> actions,
        Table table,
        Optional<String> cut,
        Optional<Notice> notice) {
    public JournalView {
        actions = List.copyOf(actions);
    }

    /** A value of a choice. */
    public record Choice(String value, String text, boolean isChosen) {}
}
