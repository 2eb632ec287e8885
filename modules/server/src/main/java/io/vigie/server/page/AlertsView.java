package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * The saved searches and what they found of late.
 *
 * @param live what the live feed is asked for later alerts, as an address
 * @param done what has just become of one
 * @param notice that there are none, or that they are not known yet
 * @param items the one that found something last is first
 */
public record AlertsView(Frame frame, String live, Optional<String> done, Optional<Notice> notice, List<Item> items) {
    public AlertsView {
        items = List.copyOf(items);
    }

    /**
     * A saved search.
     *
     * @param name with its page, where its alerts are
     * @param count how many and since when, with the same page; empty when there was none
     * @param newest when it found something last
     * @param badges whether it alerts, and is muted
     * @param asked what it searches, with the search
     */
    public record Item(
            Linked name,
            Optional<Linked> count,
            Optional<String> newest,
            List<String> badges,
            Linked asked,
            Optional<String> owner,
            Delivery delivery) {
        public Item {
            badges = List.copyOf(badges);
        }
    }

    /**
     * Whether what was found has come to where it was to go.
     *
     * @param look good, bad or empty
     */
    public record Delivery(String text, String look) {}
}
