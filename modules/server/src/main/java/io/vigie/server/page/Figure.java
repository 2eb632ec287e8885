package io.vigie.server.page;

import java.util.Optional;

/**
 * A number and the list that it counts: no number without its list.
 *
 * @param label what is counted
 * @param value as it is written
 * @param address of the list
 * @param note beside it, for example how it has changed
 */
public record Figure(String label, String value, String address, Optional<String> note) {
    public static Figure of(String label, String value, String address) {
        return new Figure(label, value, address, Optional.empty());
    }
}
