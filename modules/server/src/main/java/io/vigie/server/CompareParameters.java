package io.vigie.server;

import io.vigie.index.Comparison;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of a comparison, read.
 *
 * @param first the search that its parameters make
 * @param second the same of another time or another offer
 * @param words most words on each list
 */
record CompareParameters(SearchRequest first, SearchRequest second, int words) {
    private static final int WORDS_DEFAULT = 20;
    private static final String PREVIOUS = "previous";
    private static final Set<String> KNOWN = known();

    static CompareParameters read(@Nullable String query, InstantSource clock) throws Refusal {
        var parameters = Parameters.of(query, KNOWN, "q");
        int words = parameters.number("size", WORDS_DEFAULT, Comparison.WORDS_MAX);
        var first = SearchParameters.read(parameters).request();
        List<String> offers = parameters.many("offer2");
        boolean ranged =
                parameters.one("from2").isPresent() || parameters.one("to2").isPresent();
        boolean previous = previous(parameters);
        int ways = (offers.isEmpty() ? 0 : 1) + (ranged ? 1 : 0) + (previous ? 1 : 0);
        if (ways != 1) {
            throw bad((ways == 0 ? "it is not said what to compare with" : "two comparisons are asked for at once")
                    + "; give one of: compare=previous; from2 and to2; offer2");
        }
        if (!offers.isEmpty()) {
            return new CompareParameters(first, ofOffers(first, offers), words);
        }
        return previous
                ? previous(first, words, clock)
                : new CompareParameters(first, ranged(first, parameters), words);
    }

    private static boolean previous(Parameters parameters) throws Refusal {
        Optional<String> given = parameters.one("compare").map(String::strip);
        if (given.isPresent() && !given.get().toLowerCase(Locale.ROOT).equals(PREVIOUS)) {
            throw Parameters.bad("compare", given.get(), PREVIOUS);
        }
        return given.isPresent();
    }

    private static SearchRequest ofOffers(SearchRequest first, List<String> offers) throws Refusal {
        if (first.filters().getOrDefault(Dimension.OFFER, List.of()).isEmpty()) {
            throw bad("offer2 is given without offer; give the offer to compare as offer");
        }
        return first.withFilter(Dimension.OFFER, offers.toArray(String[]::new));
    }

    private static SearchRequest ranged(SearchRequest first, Parameters parameters) throws Refusal {
        Optional<Instant> from = SearchParameters.time(parameters, "from2", first.zone(), false);
        Optional<Instant> to = SearchParameters.time(parameters, "to2", first.zone(), true);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw bad("from2 is not before to2: there is no time between them");
        }
        return between(first, from, to);
    }

    private static CompareParameters previous(SearchRequest first, int words, InstantSource clock) throws Refusal {
        if (first.from().isEmpty()) {
            throw bad("compare=previous needs a period to go back from; give from, and to unless it is now");
        }
        Instant from = first.from().get();
        Instant to = first.to().orElseGet(clock::instant);
        if (!from.isBefore(to)) {
            throw bad("from is not before to: there is no time between them");
        }
        try {
            Instant start = PreviousPeriod.start(from, to, first.zone());
            return new CompareParameters(
                    first.withTo(to), between(first, Optional.of(start), Optional.of(from)), words);
        } catch (DateTimeException | ArithmeticException e) {
            throw bad("the period is so long that no calendar has one before it");
        }
    }

    private static SearchRequest between(SearchRequest request, Optional<Instant> from, Optional<Instant> to) {
        return new SearchRequest(
                request.query(),
                request.filters(),
                from,
                to,
                request.sort(),
                request.size(),
                request.cursor(),
                request.facets(),
                request.interval(),
                request.zone(),
                request.stats());
    }

    private static Refusal bad(String detail) {
        return new Refusal(Fault.BAD_PARAMETER, detail);
    }

    /** Whatever decides which verbatims there are, and what to hold them against. */
    private static Set<String> known() {
        Set<String> known = new HashSet<>(SearchParameters.KNOWN);
        known.removeAll(Set.of("sort", "cursor", "facets", "interval", "stats", "group"));
        known.addAll(Set.of("compare", "from2", "to2", "offer2"));
        return Set.copyOf(known);
    }
}
