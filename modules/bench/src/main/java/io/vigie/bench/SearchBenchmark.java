package io.vigie.bench;

import io.vigie.index.Dimension;
import io.vigie.index.Interval;
import io.vigie.index.SearchOutcome;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.Sort;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What each kind of search takes in the index itself, over 100,000 verbatims, without HTTP. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SearchBenchmark {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    /** What is searched. */
    public enum Kind {
        FREQUENT_WORD("box"),
        RARER_WORD("Guéret"),
        TWO_WORDS("facture remboursement"),
        THREE_ALTERNATIVES("panne OU coupure OU débit"),
        PHRASE("\"service client\""),
        PREFIX("rembours*"),
        MISSPELT("connexoin~"),
        NEWEST_OF_ALL("*:*"),
        OFFER_AND_WEEK("fibre"),
        FACETS("box"),
        PAGE("internet OU téléphone");

        private final String query;

        Kind(String query) {
            this.query = query;
        }

        SearchRequest request() {
            return switch (this) {
                case NEWEST_OF_ALL -> request(Map.of(), Sort.NEWEST, 20, EnumSet.noneOf(Dimension.class), null);
                case OFFER_AND_WEEK ->
                    request(
                                    Map.of(Dimension.OFFER, List.of(Events.offerId("Fibre Pro"))),
                                    Sort.RELEVANCE,
                                    10,
                                    EnumSet.noneOf(Dimension.class),
                                    null)
                            .withFrom(Verbatims.FIRST.plus(Duration.ofDays(10)))
                            .withTo(Verbatims.FIRST.plus(Duration.ofDays(17)));
                case FACETS ->
                    request(
                            Map.of(),
                            Sort.RELEVANCE,
                            0,
                            EnumSet.of(Dimension.OFFER, Dimension.THEME, Dimension.INTENT),
                            null);
                case PAGE ->
                    request(
                            Map.of(),
                            Sort.RELEVANCE,
                            20,
                            EnumSet.of(Dimension.OFFER, Dimension.THEME, Dimension.INTENT, Dimension.LANGUAGE),
                            Interval.DAY);
                default -> SearchRequest.of(query);
            };
        }

        private SearchRequest request(
                Map<Dimension, List<String>> filters,
                Sort sort,
                int size,
                Set<Dimension> facets,
                @Nullable Interval interval) {
            return new SearchRequest(
                    query,
                    filters,
                    Optional.empty(),
                    Optional.empty(),
                    sort,
                    size,
                    Optional.empty(),
                    facets,
                    Optional.ofNullable(interval),
                    ZONE,
                    false);
        }
    }

    @Param
    public Kind kind = Kind.FREQUENT_WORD;

    private VerbatimIndex index;
    private SearchRequest request;

    @Setup
    public void prepare() throws IOException {
        index = IndexedVerbatims.open();
        request = kind.request();
        if (!(index.search(request) instanceof SearchResult found) || found.total() == 0) {
            throw new IllegalStateException("nothing to find for " + request);
        }
    }

    @Benchmark
    public SearchOutcome search() throws IOException {
        return index.search(request);
    }

    @TearDown
    public void close() throws IOException {
        index.close();
    }
}
