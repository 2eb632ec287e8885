package io.vigie.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a record lies in a topic that is known from elsewhere; written as {@code partition-offset}. */
record Position(int partition, long offset) {
    private static final Pattern WRITTEN = Pattern.compile("(?:.+-)?([0-9]{1,9})-([0-9]{1,18})");

    /**
     * Reads {@code 3-120}, also with the topic's name and a dash before it.
     *
     * @throws CommandFailedException when it is none
     */
    static Position parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new CommandFailedException("\"" + text
                    + "\" is no dead letter; one is written as partition-offset, such as 3-120:"
                    + " vigie dead-letters list --single");
        }
        return new Position(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
