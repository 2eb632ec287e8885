package io.vigie.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address. Whatever cannot be understood is refused by name: a search that silently ignored a
 * misspelt filter would answer another question than the one that was asked.
 */
final class Parameters {
    private static final int LENGTH_MAX = 512;
    private static final int QUOTE_LENGTH_MAX = 40;
    /** Positions in all partitions of a topic. */
    private static final Set<String> POSITIONS = Set.of(ReadYourWrites.AFTER, LiveEndpoint.LAST_EVENT_ID);

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * @param query what follows the question mark, as it was sent
     * @param known every parameter that is understood
     * @param unbounded the one that may be long; its reader limits it
     */
    static Parameters of(@Nullable String query, Set<String> known, String unbounded) throws Refusal {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            requireKnown(name, known);
            requireShort(name, value, unbounded);
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return new Parameters(values);
    }

    /**
     * The same from elsewhere than an address.
     *
     * @param given values by name
     */
    static Parameters of(Map<String, List<String>> given, Set<String> known, String unbounded) throws Refusal {
        for (Map.Entry<String, List<String>> each : given.entrySet()) {
            requireKnown(each.getKey(), known);
            for (String value : each.getValue()) {
                requireShort(each.getKey(), value, unbounded);
            }
        }
        return new Parameters(given);
    }

    /** The value of a parameter that may be given once; a blank one counts as not given. */
    Optional<String> one(String name) throws Refusal {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new Refusal(Fault.BAD_PARAMETER, name + " is given " + given.size() + " times; give it once");
        }
        return given.stream().filter(value -> !value.isBlank()).findFirst();
    }

    /** All values of a parameter that may be repeated or hold several values with commas between. */
    List<String> many(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    /** All values of a parameter that may be repeated, each as it was given. */
    List<String> each(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .distinct()
                .toList();
    }

    /** A whole number from 0 to a most, or the one that counts when none is given. */
    int number(String name, int otherwise, int max) throws Refusal {
        Optional<String> given = one(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        String allowed = "0 to " + max;
        try {
            int number = Integer.parseInt(given.get().strip());
            if (number < 0 || number > max) {
                throw bad(name, given.get(), allowed);
            }
            return number;
        } catch (NumberFormatException e) {
            throw bad(name, given.get(), allowed);
        }
    }

    /** A parameter whose value is none of those that are allowed. */
    static Refusal bad(String name, String value, String allowed) {
        String cut = value.length() > QUOTE_LENGTH_MAX ? value.substring(0, QUOTE_LENGTH_MAX) + "…" : value;
        return new Refusal(Problem.of(Fault.BAD_PARAMETER, name + " is \"" + cut + "\"; allowed: " + allowed)
                .with(out -> out.writeStringField("parameter", name)));
    }

    private static void requireKnown(String name, Set<String> known) throws Refusal {
        if (!known.contains(name)) {
            String cut = name.length() > QUOTE_LENGTH_MAX ? name.substring(0, QUOTE_LENGTH_MAX) + "…" : name;
            String meant = NearestName.to(name, known)
                    .map(nearest -> "did you mean " + nearest + "?")
                    .orElse(
                            known.isEmpty()
                                    ? "there are none"
                                    : "known are " + String.join(", ", new TreeSet<>(known)));
            throw new Refusal(Fault.BAD_PARAMETER, "unknown parameter \"" + cut + "\"; " + meant);
        }
    }

    private static void requireShort(String name, String value, String unbounded) throws Refusal {
        int max = POSITIONS.contains(name) ? WriteToken.LENGTH_MAX : LENGTH_MAX;
        if (value.length() > max && !name.equals(unbounded)) {
            throw bad(name, value, "at most " + max + " characters");
        }
    }

    private static String decoded(String text) throws Refusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Fault.BAD_PARAMETER, "the address has a % that is not followed by two hex digits");
        }
    }
}
