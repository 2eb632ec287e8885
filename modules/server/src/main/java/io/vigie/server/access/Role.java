package io.vigie.server.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody is here for. Nobody has a role that was not given to him. */
public enum Role {
    /** Searches, opens, compares, exports, saves searches, decides. */
    ANALYST,
    /** Of customer service: offer sheets, questions, and what came of his own reports. */
    AGENT,
    /** A system that sends events, and does nothing else. */
    SOURCE,
    /** An analyst who also looks after offers, erasures and dead letters. */
    STEWARD,
    /** Runs it: metrics and state, no customer's words. */
    OPS,
    /** Everything, and the journal. */
    ADMIN;

    /** As it is written in files, claims and documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with this word, exactly. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** All words, in the order of their declaration, with commas. */
    public static String words(Collection<Role> roles) {
        return ordered(roles).stream().map(Role::word).collect(Collectors.joining(","));
    }

    private static Set<Role> ordered(Collection<Role> roles) {
        return roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
    }
}
