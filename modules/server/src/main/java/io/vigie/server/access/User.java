package io.vigie.server.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who is known.
 *
 * @param name without control characters, 1 to {@value #NAME_LENGTH_MAX} characters; of an agent it is his id
 * @param via how he showed who he is
 */
public record User(String name, Set<Role> roles, Via via) {
    /** Whoever is on this machine, while nobody is asked. */
    public static final User LOCAL = new User("local", EnumSet.allOf(Role.class), Via.LOCAL);

    static final int NAME_LENGTH_MAX = 100;

    /** How somebody showed who he is. */
    public enum Via {
        LOCAL,
        TOKEN,
        SESSION,
        JWT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Names come from issuers too: what could end a line of a log or a header is taken out of them. */
    public User {
        name = clean(name);
        roles = Set.copyOf(roles);
    }

    public boolean may(Right right) {
        return right.isOf(roles);
    }

    /** What people know him by; empty where nobody is asked who he is. */
    public Optional<String> login() {
        return via == Via.LOCAL ? Optional.empty() : Optional.of(name);
    }

    User via(Via other) {
        return new User(name, roles, other);
    }

    private static String clean(String name) {
        String plain = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "").strip();
        if (plain.isEmpty()) {
            return "?";
        }
        return plain.length() <= NAME_LENGTH_MAX ? plain : plain.substring(0, NAME_LENGTH_MAX);
    }
}
