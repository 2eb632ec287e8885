package io.vigie.server;

import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.index.Dimension;
import io.vigie.index.Interval;
import io.vigie.index.SearchRequest;
import io.vigie.index.Sort;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the address of a search. */
final class SearchParameters {
    private static final int VALUES_MAX = 50;
    private static final String AUTO = "auto";
    private static final String SIMILAR = "similar";
    /** Every parameter of a search. */
    static final Set<String> KNOWN = known();

    private static final SearchRequest DEFAULTS = SearchRequest.of("");

    private final Parameters parameters;

    private SearchParameters(Parameters parameters) {
        this.parameters = parameters;
    }

    /**
     * What to search.
     *
     * @param autoInterval whether the width of the histogram's buckets is to be chosen; the request then has none
     * @param grouped whether verbatims of nearly the same text are one hit
     * @param after tokens of events that must be searchable before
     */
    record Wanted(SearchRequest request, boolean autoInterval, boolean grouped, List<String> after) {}

    static Wanted read(@Nullable String query) throws Refusal {
        return read(Parameters.of(query, KNOWN, "q"));
    }

    static Wanted read(Parameters parameters) throws Refusal {
        return new SearchParameters(parameters).wanted();
    }

    /** A time as a search's own are given. */
    static Optional<Instant> time(Parameters parameters, String name, ZoneId zone, boolean end) throws Refusal {
        return new SearchParameters(parameters).time(name, zone, end);
    }

    private Wanted wanted() throws Refusal {
        String query = parameters.one("q").orElse("");
        ZoneId zone = zone();
        Optional<Instant> from = time("from", zone, false);
        Optional<Instant> to = time("to", zone, true);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new Refusal(Fault.BAD_PARAMETER, "from is not before to: there is no time between them");
        }
        Optional<String> interval = parameters.one("interval").map(SearchParameters::lower);
        boolean auto = interval.equals(Optional.of(AUTO));
        var request = new SearchRequest(
                query,
                filters(),
                from,
                to,
                sort(query),
                size(),
                parameters.one("cursor"),
                facets(),
                auto ? Optional.empty() : interval(interval),
                zone,
                stats());
        return new Wanted(request, auto, grouped(), parameters.many(ReadYourWrites.AFTER));
    }

    private Map<Dimension, List<String>> filters() throws Refusal {
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            List<String> values = parameters.many(dimension.parameter());
            if (values.size() > VALUES_MAX) {
                throw new Refusal(
                        Fault.BAD_PARAMETER,
                        dimension.parameter() + " has " + values.size() + " values; allowed: at most " + VALUES_MAX);
            }
            if (!values.isEmpty()) {
                filters.put(dimension, symbols(dimension, values));
            }
        }
        return filters;
    }

    private static List<String> symbols(Dimension dimension, List<String> values) throws Refusal {
        return switch (dimension) {
            case OFFER, THEME -> values;
            case LANGUAGE -> values.stream().map(SearchParameters::lower).toList();
            case INTENT -> symbols(dimension, values, Intent.values());
            case KIND -> symbols(dimension, values, Kind.values());
            case CHANNEL -> symbols(dimension, values, Channel.values());
        };
    }

    private static List<String> symbols(Dimension dimension, List<String> values, Enum<?>[] known) throws Refusal {
        List<String> names = Arrays.stream(known).map(Enum::name).toList();
        for (String value : values) {
            if (!names.contains(upper(value))) {
                throw Parameters.bad(dimension.parameter(), value, String.join(", ", names));
            }
        }
        return values.stream().map(SearchParameters::upper).toList();
    }

    private Set<Dimension> facets() throws Refusal {
        Set<Dimension> facets = EnumSet.noneOf(Dimension.class);
        for (String name : parameters.many("facets")) {
            facets.add(Dimension.ofParameter(name)
                    .orElseThrow(() -> Parameters.bad(
                            "facets",
                            name,
                            names(Dimension.values(), Dimension::parameter) + ", with commas between")));
        }
        return facets;
    }

    /** Without words to search for all hits are equally relevant, and the newest are the ones to see. */
    private Sort sort(String query) throws Refusal {
        Optional<String> given = parameters.one("sort");
        if (given.isEmpty()) {
            return query.isBlank() || query.strip().equals("*:*") ? Sort.NEWEST : Sort.RELEVANCE;
        }
        return symbol("sort", given.get(), Sort.values());
    }

    private static Optional<Interval> interval(Optional<String> given) throws Refusal {
        return given.isEmpty() ? Optional.empty() : Optional.of(symbol("interval", given.get(), Interval.values()));
    }

    private static <E extends Enum<E>> E symbol(String name, String value, E[] known) throws Refusal {
        return Arrays.stream(known)
                .filter(symbol -> symbol.name().equals(upper(value)))
                .findFirst()
                .orElseThrow(() -> Parameters.bad(
                        name,
                        value,
                        names(known, symbol -> lower(symbol.name())) + (name.equals("interval") ? ", auto" : "")));
    }

    private int size() throws Refusal {
        return parameters.number("size", DEFAULTS.size(), SearchRequest.SIZE_MAX);
    }

    private boolean stats() throws Refusal {
        String given = lower(parameters.one("stats").orElse("false"));
        return switch (given) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Parameters.bad("stats", given, "true, false");
        };
    }

    private boolean grouped() throws Refusal {
        Optional<String> given = parameters.one("group");
        if (given.isPresent() && !lower(given.get()).equals(SIMILAR)) {
            throw Parameters.bad("group", given.get(), SIMILAR);
        }
        return given.isPresent();
    }

    private ZoneId zone() throws Refusal {
        Optional<String> given = parameters.one("zone");
        try {
            return given.isPresent() ? ZoneId.of(given.get().strip()) : DEFAULTS.zone();
        } catch (DateTimeException e) {
            throw Parameters.bad("zone", given.orElse(""), "a time zone such as Europe/Paris or UTC");
        }
    }

    /** @param end whether a whole day stands for its end: people who search up to a day mean that day too */
    private Optional<Instant> time(String name, ZoneId zone, boolean end) throws Refusal {
        Optional<String> given = parameters.one(name).map(String::strip);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(instant(given.get(), zone, end));
        } catch (DateTimeException | NumberFormatException e) {
            throw Parameters.bad(
                    name,
                    given.get(),
                    "a date such as 2026-03-01, a time such as 2026-03-01T09:30:00Z (or without Z, in the zone), or"
                            + " milliseconds since 1970");
        }
    }

    private static Instant instant(String text, ZoneId zone, boolean end) {
        if (text.matches("-?[0-9]+")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        // A plus sign in an address arrives as a blank.
        String time = text.replace(' ', '+');
        if (time.indexOf('T') < 0) {
            LocalDate day = LocalDate.parse(time);
            return (end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            return LocalDateTime.parse(time).atZone(zone).toInstant();
        }
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(
                Set.of("q", "from", "to", "sort", "size", "cursor", "facets", "interval", "zone", "stats", "group"));
        known.add(ReadYourWrites.AFTER);
        Arrays.stream(Dimension.values()).map(Dimension::parameter).forEach(known::add);
        return Set.copyOf(known);
    }

    private static <E> String names(E[] known, Function<E, String> name) {
        return Arrays.stream(known).map(name).collect(Collectors.joining(", "));
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static String upper(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }
}
