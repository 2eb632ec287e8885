package io.vigie.server;

import io.vigie.events.SavedSearch;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.page.Addresses;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All of the search page that can be shared and gone back to: its address. In the address of a page {@code lang} is the
 * language of the page, so the filter is called {@code language}.
 *
 * @param q what was typed, as it was typed
 * @param from as it was given: a day, or a time without a zone; empty for no bound
 * @param to as it was given; a day is meant to its end
 * @param sort empty for the one that suits the query
 * @param groups whether near-duplicates are one
 * @param compares whether the period is held against the one before it
 * @param byTheme whether bars are divided by theme, and not by intent
 */
record SearchState(
        String q,
        Map<Dimension, List<String>> filters,
        String from,
        String to,
        String sort,
        boolean groups,
        boolean compares,
        boolean byTheme,
        Optional<String> cursor) {
    static final String PATH = "/";
    static final SearchState BLANK = new SearchState("", Map.of(), "", "", "", false, false, false, Optional.empty());

    private static final String LANGUAGE = "language";
    private static final String HELP = "help";
    private static final String SAVED = "saved";
    private static final Set<String> KNOWN = known();
    /** A value that is left out, as {@link #excluding} writes it. */
    private static final Pattern EXCLUDED =
            Pattern.compile("(?:^|(?<=\\s))-(offer|theme|intent|kind|channel|lang):\"([^\"]*)\"(?=\\s|$)");

    private static final Pattern TRAIT = Pattern.compile("(?:^|(?<=\\s))est:[\\p{L}-]+(?=\\s|$)");
    private static final Pattern ALTERNATIVES = Pattern.compile("(?:^|\\s)(?:OU|OR)(?:\\s|$)");

    SearchState {
        filters = Map.copyOf(filters);
    }

    static SearchState read(String query) throws Refusal {
        Parameters parameters = Parameters.of(query, KNOWN, "q");
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            List<String> values = parameters.many(name(dimension));
            if (!values.isEmpty()) {
                filters.put(dimension, values);
            }
        }
        return new SearchState(
                parameters.one("q").orElse("").strip(),
                filters,
                parameters.one("from").orElse("").strip(),
                parameters.one("to").orElse("").strip(),
                parameters.one("sort").orElse(""),
                parameters.one("group").isPresent(),
                parameters.one("compare").isPresent(),
                parameters.one("bars").isPresent(),
                parameters.one("cursor"));
    }

    /** The search that finds the verbatims of a request. */
    static SearchState of(SearchRequest request) {
        return new SearchState(
                request.query().strip().equals("*:*") ? "" : request.query(),
                request.filters(),
                request.from().map(from -> start(from, request.zone())).orElse(""),
                request.to().map(to -> end(to, request.zone())).orElse(""),
                "",
                false,
                false,
                false,
                Optional.empty());
    }

    static SearchState of(SavedSearch saved, ZoneId zone) {
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        saved.getFilters()
                .forEach((name, values) ->
                        Dimension.ofParameter(name).ifPresent(dimension -> filters.put(dimension, values)));
        return new SearchState(
                saved.getQuery(),
                filters,
                saved.getFrom().map(from -> start(from, zone)).orElse(""),
                saved.getTo().map(to -> end(to, zone)).orElse(""),
                "",
                false,
                false,
                false,
                Optional.empty());
    }

    /** Where a period begins, as an address of this page says it. */
    static String start(Instant from, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(from, zone);
        return isMidnight(local) ? local.toLocalDate().toString() : written(local);
    }

    /** Where a period ends, which is not part of it any more: the day before where a day ends. */
    static String end(Instant to, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(to, zone);
        return isMidnight(local) ? local.toLocalDate().minusDays(1).toString() : written(local);
    }

    private static boolean isMidnight(LocalDateTime local) {
        return local.equals(local.toLocalDate().atStartOfDay());
    }

    private static String written(LocalDateTime local) {
        return local.getSecond() == 0 && local.getNano() == 0
                ? local.toString()
                : local.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Whether nothing is asked for. */
    boolean isBlank() {
        return q.isEmpty() && filters.isEmpty() && from.isEmpty() && to.isEmpty();
    }

    List<String> values(Dimension dimension) {
        return filters.getOrDefault(dimension, List.of());
    }

    /** Takes a value into a filter, or out of it. */
    SearchState toggled(Dimension dimension, String value) {
        var values = new ArrayList<>(values(dimension));
        if (!values.remove(value)) {
            values.add(value);
        }
        return with(dimension, values);
    }

    /** Only that value of a dimension. */
    SearchState only(Dimension dimension, String value) {
        return with(dimension, List.of(value));
    }

    private SearchState with(Dimension dimension, List<String> values) {
        Map<Dimension, List<String>> next = new EnumMap<>(Dimension.class);
        next.putAll(filters);
        if (values.isEmpty()) {
            next.remove(dimension);
        } else {
            next.put(dimension, List.copyOf(values));
        }
        return new SearchState(q, next, from, to, sort, groups, compares, byTheme, Optional.empty());
    }

    SearchState asking(String query) {
        return new SearchState(query, filters, from, to, sort, groups, compares, byTheme, Optional.empty());
    }

    SearchState between(String first, String last) {
        return new SearchState(q, filters, first, last, sort, groups, compares, byTheme, Optional.empty());
    }

    SearchState grouping(boolean whether) {
        return new SearchState(q, filters, from, to, sort, whether, compares, byTheme, Optional.empty());
    }

    SearchState comparing(boolean whether) {
        return new SearchState(q, filters, from, to, sort, groups, whether, byTheme, Optional.empty());
    }

    SearchState dividing(boolean themes) {
        return new SearchState(q, filters, from, to, sort, groups, compares, themes, Optional.empty());
    }

    SearchState following(String end) {
        return new SearchState(q, filters, from, to, sort, groups, compares, byTheme, Optional.of(end));
    }

    SearchState first() {
        return new SearchState(q, filters, from, to, sort, groups, compares, byTheme, Optional.empty());
    }

    /** The same without filters, period and what is left out; the words stay. */
    SearchState cleared() {
        String words = TRAIT.matcher(EXCLUDED.matcher(q).replaceAll("")).replaceAll("");
        return new SearchState(tidied(words), Map.of(), "", "", sort, groups, false, byTheme, Optional.empty());
    }

    /** One more word of the query that all must match, or one less. */
    SearchState toggled(String word) {
        var all = Pattern.compile("(?:^|(?<=\\s))" + Pattern.quote(word) + "(?=\\s|$)")
                .matcher(q);
        return asking(all.find() ? tidied(all.replaceAll("")) : narrowed(word));
    }

    boolean has(String word) {
        return List.of(q.split("\\s+")).contains(word);
    }

    /** Leaves out a value, in the words of the query, so that it does so wherever the query goes. */
    SearchState excluding(Dimension dimension, String value) {
        if (value.indexOf('"') >= 0) {
            return this;
        }
        SearchState without = values(dimension).contains(value) ? toggled(dimension, value) : this;
        String word = excluded(dimension, value);
        return without.has(word) ? without : without.asking(without.narrowed(word));
    }

    private static String excluded(Dimension dimension, String value) {
        return "-" + dimension.parameter() + ":\"" + value + "\"";
    }

    /** A value that the query leaves out, and the search without that. */
    record Exclusion(Dimension dimension, String value, SearchState without) {}

    List<Exclusion> exclusions() {
        var all = new ArrayList<Exclusion>();
        Matcher found = EXCLUDED.matcher(q);
        while (found.find()) {
            SearchState without = asking(tidied(q.substring(0, found.start()) + q.substring(found.end())));
            Dimension.ofParameter(found.group(1))
                    .ifPresent(dimension -> all.add(new Exclusion(dimension, found.group(2), without)));
        }
        return all;
    }

    private String narrowed(String word) {
        if (q.isEmpty()) {
            return word;
        }
        return (ALTERNATIVES.matcher(q).find() && !q.startsWith("(") ? "(" + q + ")" : q) + " " + word;
    }

    private static String tidied(String text) {
        return text.strip().replaceAll(" {2,}", " ");
    }

    /** Of the page. */
    String address() {
        String query = query();
        return query.isEmpty() ? PATH : PATH + "?" + query;
    }

    /** What follows the question mark of its address. */
    String query() {
        var pairs = new ArrayList<String>();
        add(pairs, "q", q);
        for (Dimension dimension : Dimension.values()) {
            values(dimension).forEach(value -> add(pairs, name(dimension), value));
        }
        add(pairs, "from", from);
        add(pairs, "to", to);
        add(pairs, "sort", sort);
        if (groups) {
            pairs.add("group=similar");
        }
        if (compares) {
            pairs.add("compare=previous");
        }
        if (byTheme) {
            pairs.add("bars=theme");
        }
        cursor.ifPresent(end -> add(pairs, "cursor", end));
        return String.join("&", pairs);
    }

    /** What the API is asked for the same verbatims, as what follows the question mark. */
    String asked(ZoneId zone) {
        var pairs = new ArrayList<String>();
        add(pairs, "q", q);
        for (Dimension dimension : Dimension.values()) {
            values(dimension).forEach(value -> add(pairs, dimension.parameter(), value));
        }
        add(pairs, "from", from);
        add(pairs, "to", to);
        add(pairs, "zone", zone.getId());
        return String.join("&", pairs);
    }

    /** As {@link #asked}, in order. */
    String sorted(ZoneId zone) {
        return sort.isEmpty() ? asked(zone) : asked(zone) + "&sort=" + Addresses.encoded(sort);
    }

    /** Since when a period of so many days to now begins. */
    static String daysBefore(LocalDate today, int days) {
        return today.minusDays(days - 1L).toString();
    }

    static String name(Dimension dimension) {
        return dimension == Dimension.LANGUAGE ? LANGUAGE : dimension.parameter();
    }

    private static void add(List<String> pairs, String name, String value) {
        if (!value.isEmpty()) {
            pairs.add(name + "=" + Addresses.encoded(value));
        }
    }

    private static Set<String> known() {
        Set<String> known =
                new HashSet<>(Set.of("q", "from", "to", "sort", "group", "compare", "bars", "cursor", HELP, SAVED));
        for (Dimension dimension : Dimension.values()) {
            known.add(name(dimension));
        }
        return Set.copyOf(known);
    }
}
