package io.vigie.server.access;

import io.vigie.server.access.AuditTrail.Draft;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes one entry of a search that is typed letter by letter on the search page, which asks at each pause of the fingers: an
 * entry waits for {@link #PAUSE}, and is left out when the same person has gone on typing by then. Whatever is not the same
 * with more letters behind it stays an entry. One thread at a time.
 */
final class TypedSearches {
    static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String PAGE = "GET /";

    /** By user; the oldest first. */
    private final Map<String, Draft> held = new LinkedHashMap<>();

    /** What is to be written now, in the order of its coming. */
    List<Draft> take(Draft draft) {
        var now = new ArrayList<>(over(draft.at()));
        String user = draft.user().map(User::name).orElse("");
        Draft before = held.remove(user);
        if (before != null && !isContinued(before, draft)) {
            now.add(before);
        }
        if (isTyped(draft)) {
            held.put(user, draft);
        } else {
            now.add(draft);
        }
        return now;
    }

    /** What nobody has gone on with. */
    List<Draft> over(Instant now) {
        var over = held.values().stream()
                .filter(draft -> !draft.at().isAfter(now.minus(PAUSE)))
                .toList();
        held.values().removeAll(over);
        return over;
    }

    /** What still waits. */
    List<Draft> rest() {
        var rest = List.copyOf(held.values());
        held.clear();
        return rest;
    }

    private static boolean isTyped(Draft draft) {
        return draft.deed() == Deed.SEARCH
                && draft.route().equals(PAGE)
                && words(draft).isPresent();
    }

    private static boolean isContinued(Draft before, Draft draft) {
        return isTyped(draft)
                && others(before).equals(others(draft))
                && words(draft).orElseThrow().startsWith(words(before).orElseThrow());
    }

    private static Optional<String> words(Draft draft) {
        return Arrays.stream(draft.query().split("&", -1))
                .filter(TypedSearches::isWords)
                .map(pair -> decoded(pair.substring(2)).strip())
                .filter(words -> !words.isEmpty())
                .findFirst();
    }

    private static String others(Draft draft) {
        return Arrays.stream(draft.query().split("&", -1))
                .filter(pair -> !isWords(pair))
                .collect(Collectors.joining("&"));
    }

    private static boolean isWords(String pair) {
        return pair.startsWith("q=");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
