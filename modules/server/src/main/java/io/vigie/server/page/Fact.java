package io.vigie.server.page;

import java.util.Optional;

/**
 * A name and what is known under it.
 *
 * @param address of what it leads to, if anything
 */
public record Fact(String name, String value, Optional<String> address) {
    public static Fact of(String name, String value) {
        return new Fact(name, value, Optional.empty());
    }

    public static Fact of(String name, String value, String address) {
        return new Fact(name, value, Optional.of(address));
    }
}
