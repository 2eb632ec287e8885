package io.vigie.server;

import io.vigie.index.Refused;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses how a query that was refused was meant. */
final class Mending {
    private static final Pattern UNKNOWN = Pattern.compile(
            "unknown (?<of>\\S+) (?<value>.+) at column \\d+; did you mean (?<meant>[^,?]+?)(?:, .*)?:? ?\\?.*");

    private Mending() {}

    /** Empty when nothing better is known; the guess may be refused too. */
    static Optional<String> of(String query, Refused refused) {
        if (refused.column().isEmpty()) {
            return Optional.empty();
        }
        int at = refused.column().getAsInt() - 1;
        String detail = refused.detail();
        if (detail.startsWith("unclosed quote")) {
            return Optional.of(query + "\"");
        }
        if (detail.startsWith("unclosed (")) {
            return Optional.of(query + ")");
        }
        if (detail.startsWith("unclosed [") || detail.startsWith("unclosed {")) {
            return Optional.of(query + "]");
        }
        if (detail.startsWith(")") && at < query.length()) {
            return Optional.of(query.substring(0, at) + query.substring(at + 1));
        }
        return replaced(query, at, detail);
    }

    private static Optional<String> replaced(String query, int at, String detail) {
        Matcher unknown = UNKNOWN.matcher(detail);
        if (!unknown.matches() || !query.startsWith(unknown.group("value"), Math.clamp(at, 0, query.length()))) {
            return Optional.empty();
        }
        int end = at + unknown.group("value").length();
        return Optional.of(query.substring(0, at) + unknown.group("meant").strip() + query.substring(end));
    }
}
