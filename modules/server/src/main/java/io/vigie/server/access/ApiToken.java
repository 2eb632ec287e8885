package io.vigie.server.access;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is kept of an API token: everything but the token.
 *
 * @param name whose it is: 1 to 64 letters, digits and {@code . _ @ -}
 * @param roles one or more
 * @param hash SHA-256 of the token, in hexadecimal
 * @param expires empty: never
 */
public record ApiToken(String name, Set<Role> roles, String hash, Optional<Instant> expires, Instant created) {
    /** What every token begins with, so that scanners for secrets find one that got out. */
    public static final String PREFIX = "vigie_";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String NEVER = "-";
    private static final int FIELDS = 5;

    public ApiToken {
        roles = Set.copyOf(roles);
    }

    /** A new token: what is kept, and what is shown once. */
    public record Fresh(ApiToken kept, String secret) {
        @Override
        public String toString() {
            return "Fresh[kept=" + kept + ", secret=***]";
        }
    }

    /**
     * Makes a token.
     *
     * @throws IllegalArgumentException when the name is none, or there is no role; the message says what to write
     */
    public static Fresh make(String name, Set<Role> roles, Optional<Instant> expires, Instant now) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a token; write 1 to 64 letters, digits and . _ @ -");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(
                    "a token needs a role; roles are " + Role.words(EnumSet.allOf(Role.class)));
        }
        String secret = PREFIX + Secrets.random();
        return new Fresh(new ApiToken(name, roles, Secrets.sha256(secret), expires, now), secret);
    }

    /** Whether it may still be used. */
    public boolean isValidAt(Instant now) {
        return expires.map(now::isBefore).orElse(true);
    }

    boolean hasHash(String other) {
        return Secrets.equal(hash, other);
    }

    User user() {
        return new User(name, roles, User.Via.TOKEN);
    }

    /** As a line of the file. */
    String line() {
        return String.join(
                " ",
                name,
                Role.words(roles),
                hash,
                expires.map(Instant::toString).orElse(NEVER),
                created.toString());
    }

    /** @throws IllegalArgumentException when the line is none; the message says what is wrong with it, without its hash */
    static ApiToken of(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "has " + fields.length + " fields; a line is: name roles sha256 expires created");
        }
        if (!NAME.matcher(fields[0]).matches()) {
            throw new IllegalArgumentException("its name may have 1 to 64 letters, digits and . _ @ -");
        }
        if (!HASH.matcher(fields[2]).matches()) {
            throw new IllegalArgumentException("its third field is no SHA-256 in 64 small hexadecimal digits");
        }
        Optional<Instant> expires = fields[3].equals(NEVER) ? Optional.empty() : Optional.of(time(fields[3]));
        return new ApiToken(fields[0], roles(fields[1]), fields[2], expires, time(fields[4]));
    }

    /**
     * The roles of words with commas between.
     *
     * @throws IllegalArgumentException when one is unknown; the message names it and those there are
     */
    public static Set<Role> roles(String words) {
        var roles = EnumSet.noneOf(Role.class);
        for (String word : Arrays.asList(words.split(",", -1))) {
            roles.add(Role.of(word.strip())
                    .orElseThrow(() -> new IllegalArgumentException("\"" + word.strip() + "\" is no role; roles are "
                            + Role.words(EnumSet.allOf(Role.class)))));
        }
        return roles;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no time such as 2027-01-31T12:00:00Z", e);
        }
    }
}
