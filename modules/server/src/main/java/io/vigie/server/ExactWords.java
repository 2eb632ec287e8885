package io.vigie.server;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns words that are found in any form into words that are found as they are written, and back. */
final class ExactWords {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}]+(?: +[\\p{L}\\p{N}]+)*");
    private static final Pattern EXACT = Pattern.compile("\"[\\p{L}\\p{N}]+\"(?: +\"[\\p{L}\\p{N}]+\")*");
    private static final Set<String> OPERATORS = Set.of("ET", "OU", "SAUF", "AND", "OR", "NOT");

    private ExactWords() {}

    /** Whether the query is nothing but words that are meant as they are written. */
    static boolean isExact(String query) {
        return EXACT.matcher(query).matches();
    }

    /** The other way to ask for the same words; empty for a query that is more than words. */
    static Optional<String> toggled(String query) {
        if (isExact(query)) {
            return Optional.of(query.replace("\"", ""));
        }
        boolean isPlain = PLAIN.matcher(query).matches()
                && Arrays.stream(query.split(" +")).noneMatch(OPERATORS::contains);
        return isPlain
                ? Optional.of(Arrays.stream(query.split(" +"))
                        .map(word -> '"' + word + '"')
                        .collect(Collectors.joining(" ")))
                : Optional.empty();
    }
}
