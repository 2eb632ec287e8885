package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/** Dead letters one by one. */
public record DeadLettersView(
        Frame frame,
        String title,
        List<Chip> chips,
        String none,
        List<Entry> entries,
        Optional<String> more,
        Optional<Notice> notice) {
    public DeadLettersView {
        chips = List.copyOf(chips);
        entries = List.copyOf(entries);
    }

    /**
     * One.
     *
     * @param detail as it was written when it was buried, in English
     * @param command that shows it
     */
    public record Entry(
            String when, String reason, String origin, String stage, String detail, String command, String state) {}
}
