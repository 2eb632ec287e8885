package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * Says how things stand where there is nothing to show, and what to do.
 *
 * @param tips what to do, in the order of worth
 */
public record Notice(Kind kind, String title, List<Tip> tips) {
    public Notice {
        tips = List.copyOf(tips);
    }

    /** How it looks, and whether it is read out at once. */
    public enum Kind {
        EMPTY,
        WORKING,
        PROBLEM
    }

    /**
     * One thing to do.
     *
     * @param command to be typed, if it is one
     * @param address to go to, if it is a way
     */
    public record Tip(String text, Optional<String> command, Optional<String> address) {}

    public static Tip tip(String text) {
        return new Tip(text, Optional.empty(), Optional.empty());
    }

    public static Tip command(String text, String command) {
        return new Tip(text, Optional.of(command), Optional.empty());
    }

    public static Tip way(String text, String address) {
        return new Tip(text, Optional.empty(), Optional.of(address));
    }
}
