package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Facets and sums over whole results. */
class FacetTest {
    private final VerbatimIndex index;

    FacetTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void theOtherValuesOfAFilteredDimensionStayInItsFacet() throws IOException {
        index.put(draft("a", "box").setOfferId("fibre").build());
        index.put(draft("b", "box").setOfferId("mobile").build());
        index.put(draft("c", "box")
                .setOfferId("mobile")
                .setIntent(Intent.QUESTION)
                .build());
        index.put(draft("d", "câble").setOfferId("tv").build());
        index.refresh();
        var request = SearchRequest.of("box")
                .withFilter(Dimension.OFFER, "fibre")
                .withFacets(EnumSet.of(Dimension.OFFER, Dimension.INTENT));

        var found = result(request);

        assertThat(found.total()).isEqualTo(1);
        assertThat(found.facets().get(Dimension.OFFER)).containsExactly(new Count("mobile", 2), new Count("fibre", 1));
        assertThat(found.facets().get(Dimension.INTENT)).containsExactly(new Count("COMPLAINT", 1));
    }

    /** Every facet equals a loop over everything with all filters but its own; every sum one with all filters. */
    @RepeatedTest(20)
    void countsAndSumsEqualThoseOfALoop() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var model = filled(random);
        var request = request(random);

        var found = result(request);

        var expected = matching(request, model, Optional.empty());
        assertThat(found.total()).as("-Dseed=%d", seed).isEqualTo(expected.size());
        for (var dimension : Dimension.values()) {
            assertThat(found.facets().get(dimension))
                    .as("%s of %s -Dseed=%d", dimension, request, seed)
                    .isEqualTo(counts(dimension, matching(request, model, Optional.of(dimension))));
        }
        assertSums(found.stats().orElseThrow(), expected, seed);
    }

    private List<Verbatim> filled(Random random) throws IOException {
        var model = Verbatims.filled(index, 300, random, FacetTest::random);
        return List.copyOf(model.values());
    }

    private static Verbatim random(String id, Random random) {
        return draft(id, "mot" + random.nextInt(3))
                .setOfferId("offre" + random.nextInt(4))
                .setThemes(Verbatims.themes(random.ints(random.nextInt(4), 0, 5)
                        .distinct()
                        .mapToObj(i -> "theme" + i)
                        .toArray(String[]::new)))
                .setIntent(any(List.of(Intent.values()), random))
                .setKind(any(List.of(Kind.values()), random))
                .setChannel(any(List.of(Channel.values()), random))
                .setLanguage(random.nextBoolean() ? "fr" : "en")
                .setOccurredAt(NOON.plusSeconds(random.nextInt(1_000)))
                .setSentiment(random.nextDouble(-1, 1))
                .setSeverity(random.nextInt(5))
                .setChurnRisk(random.nextInt(5) / 4.0)
                .setNps(random.nextInt(3) == 0 ? null : random.nextInt(11))
                .setCsat(random.nextInt(3) == 0 ? null : 1 + random.nextInt(5))
                .build();
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static SearchRequest request(Random random) {
        var request = SearchRequest.of(random.nextBoolean() ? "" : "mot" + random.nextInt(3))
                .withFacets(EnumSet.allOf(Dimension.class))
                .withStats();
        for (var filter : filters(random).entrySet()) {
            request = request.withFilter(filter.getKey(), filter.getValue().toArray(String[]::new));
        }
        return random.nextBoolean() ? request : request.withFrom(from(random));
    }

    private static Instant from(Random random) {
        return NOON.plusSeconds(random.nextInt(1_000));
    }

    private static Map<Dimension, List<String>> filters(Random random) {
        var filters = new EnumMap<Dimension, List<String>>(Dimension.class);
        for (var dimension : Dimension.values()) {
            var values = new ArrayList<String>();
            for (int i = random.nextInt(4); i > 1; i--) {
                values.addAll(values(dimension, random("any", random)));
            }
            if (!values.isEmpty() && random.nextBoolean()) {
                filters.put(dimension, values);
            }
        }
        return filters;
    }

    private static List<Verbatim> matching(SearchRequest request, List<Verbatim> all, Optional<Dimension> but) {
        return all.stream()
                .filter(v -> request.query().isEmpty() || v.getText().equals(request.query()))
                .filter(v -> request.from().isEmpty()
                        || !v.getOccurredAt().isBefore(request.from().get()))
                .filter(v -> request.filters().entrySet().stream()
                        .filter(filter -> !but.equals(Optional.of(filter.getKey())))
                        .allMatch(filter -> values(filter.getKey(), v).stream()
                                .anyMatch(value -> filter.getValue().contains(value))))
                .toList();
    }

    private static List<String> values(Dimension dimension, Verbatim v) {
        return switch (dimension) {
            case OFFER -> List.of(v.getOfferId());
            case THEME -> v.getThemes().stream().map(Theme::getTheme).toList();
            case INTENT -> List.of(v.getIntent().name());
            case KIND -> List.of(v.getKind().name());
            case LANGUAGE -> List.of(v.getLanguage());
            case CHANNEL -> List.of(v.getChannel().name());
        };
    }

    private static List<Count> counts(Dimension dimension, List<Verbatim> verbatims) {
        var counts = new HashMap<String, Long>();
        verbatims.forEach(v -> values(dimension, v).forEach(value -> counts.merge(value, 1L, Long::sum)));
        return counts.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::value))
                .toList();
    }

    private static void assertSums(Stats stats, List<Verbatim> verbatims, long seed) {
        var nps = verbatims.stream().flatMap(v -> v.getNps().stream()).toList();
        var csat = verbatims.stream().flatMap(v -> v.getCsat().stream()).toList();
        long promoters = nps.stream().filter(n -> n >= 9).count();
        long detractors = nps.stream().filter(n -> n <= 6).count();
        assertThat(stats.severe())
                .as("-Dseed=%d", seed)
                .isEqualTo(verbatims.stream().filter(v -> v.getSeverity() >= 3).count());
        assertThat(stats.churn())
                .as("-Dseed=%d", seed)
                .isEqualTo(
                        verbatims.stream().filter(v -> v.getChurnRisk() >= 0.5).count());
        assertThat(List.of(stats.promoters(), stats.detractors(), stats.npsAnswers(), stats.csatAnswers()))
                .as("-Dseed=%d", seed)
                .isEqualTo(List.of(promoters, detractors, (long) nps.size(), (long) csat.size()));
        assertMean(
                stats.sentiment(),
                verbatims.stream().mapToDouble(Verbatim::getSentiment).average(),
                seed);
        assertMean(stats.csat(), csat.stream().mapToInt(Integer::intValue).average(), seed);
        assertMean(
                stats.nps(),
                nps.stream().mapToInt(n -> n >= 9 ? 100 : n <= 6 ? -100 : 0).average(),
                seed);
    }

    private static void assertMean(OptionalDouble mean, OptionalDouble expected, long seed) {
        assertThat(mean.isPresent()).as("-Dseed=%d", seed).isEqualTo(expected.isPresent());
        assertThat(mean.orElse(0)).as("-Dseed=%d", seed).isCloseTo(expected.orElse(0), Offset.offset(1e-9));
    }

    @Test
    void numbersOutOfTheirRangeAreNobodysAnswer() throws IOException {
        index.put(draft("a", "box")
                .setSentiment(Double.NaN)
                .setNps(11)
                .setCsat(0)
                .setChurnRisk(Double.NaN)
                .build());
        index.put(draft("b", "box").setSentiment(0.5).setNps(-1).setCsat(6).build());
        index.refresh();

        assertThat(result(SearchRequest.of("").withStats()).stats())
                .contains(new Stats(OptionalDouble.of(0.5), 0, 0, 0, 0, 0, OptionalDouble.empty(), 0));
    }

    @Test
    void nothingFoundHasNoMeans() throws IOException {
        assertThat(result(SearchRequest.of("rien").withStats()).stats())
                .contains(new Stats(OptionalDouble.empty(), 0, 0, 0, 0, 0, OptionalDouble.empty(), 0));
        assertThat(result(SearchRequest.of("rien")).stats()).isEmpty();
    }

    private SearchResult result(SearchRequest request) throws IOException {
        return (SearchResult) index.search(request);
    }
}
