package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Verbatim;
import io.vigie.index.Bucket;
import io.vigie.index.Checkpoint;
import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.GroupedOutcome;
import io.vigie.index.GroupedResult;
import io.vigie.index.Highlight;
import io.vigie.index.Hit;
import io.vigie.index.Interval;
import io.vigie.index.Lookup;
import io.vigie.index.Refused;
import io.vigie.index.SearchOutcome;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.Suggestion;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.ServerMetrics.Rejection;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/search} and {@code GET /api/v1/verbatims/{id}}. */
final class SearchEndpoint {
    private static final int RETRY_SECONDS = 1;

    private final VerbatimIndex index;
    private final ReadYourWrites writes;
    private final ServerMetrics metrics;
    private final InstantSource clock;
    private final Admission places;

    SearchEndpoint(
            ServerSettings settings,
            VerbatimIndex index,
            ReadYourWrites writes,
            ServerMetrics metrics,
            InstantSource clock) {
        this.index = index;
        this.writes = writes;
        this.metrics = metrics;
        this.clock = clock;
        this.places = new Admission(settings.searchesAtOnceMax(), settings.searchWaitMax());
    }

    Document search(@Nullable String query) throws Refusal, IOException {
        SearchParameters.Wanted wanted = read(() -> SearchParameters.read(query));
        writes.await(wanted.after());
        try (var _ = place()) {
            var time = metrics.start();
            SearchRequest request = wanted.autoInterval() ? withChosenInterval(wanted.request()) : wanted.request();
            Content content = wanted.grouped() ? grouped(request) : plain(request);
            long nanos = time.stop(metrics.search(Endpoint.SEARCH));
            return Document.json(out -> content.write(out, TimeUnit.NANOSECONDS.toMillis(nanos)))
                    .counting(Optional.of(content.total()));
        }
    }

    /** @param total how many verbatims were found */
    private record Content(long total, Writing writing) {
        void write(JsonGenerator out, long tookMs) throws IOException {
            writing.write(out, tookMs);
        }
    }

    private interface Writing {
        void write(JsonGenerator out, long tookMs) throws IOException;
    }

    private Content plain(SearchRequest request) throws Refusal, IOException {
        // Before the search: what it sees afterwards may be better, not worse.
        Optional<String> caveat = index.caveat();
        SearchResult result = result(request);
        return new Content(result.total(), (out, tookMs) -> {
            begin(out, result, tookMs, caveat);
            out.writeArrayFieldStart("hits");
            for (Hit hit : result.hits()) {
                hit(out, hit);
            }
            out.writeEndArray();
            end(out, request, result, result.cursor());
        });
    }

    private Content grouped(SearchRequest request) throws Refusal, IOException {
        Optional<String> caveat = index.caveat();
        GroupedOutcome outcome = index.grouped(request);
        return switch (outcome) {
            case Refused refused -> throw refusal(refused);
            case GroupedResult result ->
                new Content(result.counts().total(), (out, tookMs) -> {
                    begin(out, result.counts(), tookMs, caveat);
                    GroupsJson.write(out, result);
                    end(out, request, result.counts(), result.cursor());
                });
        };
    }

    Document verbatim(String id) throws Refusal, IOException {
        try (var _ = place()) {
            var time = metrics.start();
            Optional<Verbatim> found = index.find(id);
            time.stop(metrics.search(Endpoint.VERBATIM));
            Verbatim verbatim = found.orElseThrow(SearchEndpoint::missing);
            return Document.json(out -> {
                out.writeStartObject();
                VerbatimJson.members(out, verbatim);
                VerbatimJson.superseded(out, verbatim);
                out.writeEndObject();
            });
        }
    }

    /** How far searches that are asked from now on see at least. */
    Checkpoint searchable() {
        return index.searchable();
    }

    Admission.Permit place() throws Refusal {
        return places.enter(1).orElseThrow(() -> {
            metrics.rejected(Rejection.BUSY).increment();
            return new Refusal(Problem.of(Fault.BUSY, "too many searches at once; try again")
                    .retryAfter(RETRY_SECONDS));
        });
    }

    /** Reads an address. */
    interface Reading<T> {
        T read() throws Refusal;
    }

    /** Counts what is refused. */
    <T> T read(Reading<T> reading) throws Refusal {
        try {
            return reading.read();
        } catch (Refusal e) {
            metrics.rejected(Rejection.BAD_PARAMETER).increment();
            throw e;
        }
    }

    /** Reads the index. */
    interface Asking<T> {
        T ask(VerbatimIndex index) throws IOException;
    }

    /** In a place of its own, measured. */
    <T> T asked(Endpoint endpoint, Asking<T> asking) throws Refusal, IOException {
        try (var _ = place()) {
            var time = metrics.start();
            T answer = asking.ask(index);
            time.stop(metrics.search(endpoint));
            return answer;
        }
    }

    /** As {@link #asked}; refused as a search is. */
    SearchResult answered(Endpoint endpoint, SearchRequest request) throws Refusal, IOException {
        SearchOutcome outcome = asked(endpoint, searched -> searched.search(request));
        return result(outcome);
    }

    /** Asks the index about one verbatim. */
    interface Looking<T> {
        Lookup<T> look(VerbatimIndex index) throws IOException;
    }

    /** In a place of its own, measured; refused when there is no such verbatim. */
    <T> T lookup(Endpoint endpoint, Looking<T> looking) throws Refusal, IOException {
        try (var _ = place()) {
            var time = metrics.start();
            Lookup<T> outcome = looking.look(index);
            time.stop(metrics.search(endpoint));
            return switch (outcome) {
                case Lookup.Found<T>(T answer) -> answer;
                case Lookup.Missing<T> _ -> throw missing();
                case Lookup.Failed<T>(Refused refused) -> throw refusal(refused);
            };
        }
    }

    private static Refusal missing() {
        return new Refusal(Fault.NOT_FOUND, "no verbatim has this id; it may have been erased, or not be indexed yet");
    }

    /** Without both ends of the time given, a coarse histogram tells how much time the result spans. */
    private SearchRequest withChosenInterval(SearchRequest request) throws Refusal, IOException {
        if (request.from().isPresent()) {
            Instant from = request.from().get();
            return histogram(request, HistogramWidth.over(from, request.to().orElseGet(clock::instant)));
        }
        var months = HistogramWidth.months(request);
        return histogram(request, HistogramWidth.over(result(months).histogram()));
    }

    private static SearchRequest histogram(SearchRequest request, Interval interval) {
        return request.withHistogram(interval, request.zone());
    }

    private SearchResult result(SearchRequest request) throws Refusal, IOException {
        return result(index.search(request));
    }

    private SearchResult result(SearchOutcome outcome) throws Refusal {
        return switch (outcome) {
            case SearchResult result -> result;
            case Refused refused -> throw refusal(refused);
        };
    }

    Refusal refusal(Refused refused) {
        Fault fault = switch (refused.reason()) {
            case SYNTAX -> rejected(Rejection.SYNTAX, Fault.QUERY_SYNTAX);
            case TOO_COMPLEX -> rejected(Rejection.TOO_COMPLEX, Fault.QUERY_TOO_COSTLY);
            case TOO_LONG -> rejected(Rejection.TOO_LONG, Fault.BAD_PARAMETER);
            case BAD_CURSOR -> rejected(Rejection.BAD_CURSOR, Fault.BAD_PARAMETER);
            case CURSOR_EXPIRED -> rejected(Rejection.CURSOR_EXPIRED, Fault.CURSOR_EXPIRED);
            case TOO_SLOW -> rejected(Rejection.TOO_SLOW, Fault.QUERY_TOO_COSTLY);
            case BAD_PARAMETER -> rejected(Rejection.BAD_PARAMETER, Fault.BAD_PARAMETER);
        };
        if (refused.column().isEmpty()) {
            return new Refusal(fault, refused.detail());
        }
        int column = refused.column().getAsInt();
        String place = "column " + column;
        String detail = refused.detail().contains(place) ? refused.detail() : refused.detail() + " (" + place + ")";
        return new Refusal(Problem.of(fault, detail).with(out -> out.writeNumberField("column", column)));
    }

    private Fault rejected(Rejection reason, Fault fault) {
        metrics.rejected(reason).increment();
        return fault;
    }

    private static void begin(JsonGenerator out, SearchResult result, long tookMs, Optional<String> caveat)
            throws IOException {
        out.writeStartObject();
        out.writeNumberField("total", result.total());
        out.writeStringField("totalRelation", "eq");
        out.writeNumberField("tookMs", tookMs);
        if (caveat.isPresent()) {
            out.writeStringField("caveat", caveat.get());
        }
    }

    private static void end(JsonGenerator out, SearchRequest request, SearchResult result, Optional<String> cursor)
            throws IOException {
        facets(out, result.facets());
        if (request.interval().isPresent()) {
            out.writeStringField("interval", request.interval().get().name().toLowerCase(Locale.ROOT));
        }
        histogram(out, result.histogram());
        if (cursor.isPresent()) {
            out.writeStringField("cursor", cursor.get());
        }
        if (result.stats().isPresent()) {
            StatsJson.write(out, result.stats().get());
        }
        if (result.suggestion().isPresent()) {
            suggestion(out, result.suggestion().get());
        }
        if (!result.sameState()) {
            out.writeBooleanField("sameState", false);
        }
        out.writeEndObject();
    }

    private static void suggestion(JsonGenerator out, Suggestion suggestion) throws IOException {
        out.writeObjectFieldStart("suggestion");
        out.writeStringField("query", suggestion.query());
        out.writeNumberField("total", suggestion.total());
        out.writeEndObject();
    }

    static void hit(JsonGenerator out, Hit hit) throws IOException {
        out.writeStartObject();
        members(out, hit);
        out.writeEndObject();
    }

    static void members(JsonGenerator out, Hit hit) throws IOException {
        VerbatimJson.members(out, hit.verbatim());
        out.writeNumberField("score", hit.score());
        out.writeArrayFieldStart("highlights");
        for (Highlight highlight : hit.highlights()) {
            VerbatimJson.range(out, highlight.start(), highlight.end());
        }
        out.writeEndArray();
    }

    private static void facets(JsonGenerator out, Map<Dimension, List<Count>> facets) throws IOException {
        out.writeObjectFieldStart("facets");
        for (Dimension dimension : Dimension.values()) {
            if (!facets.containsKey(dimension)) {
                continue;
            }
            out.writeArrayFieldStart(dimension.parameter());
            for (Count count : facets.getOrDefault(dimension, List.of())) {
                out.writeStartObject();
                out.writeStringField("value", count.value());
                out.writeNumberField("count", count.count());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void histogram(JsonGenerator out, List<Bucket> buckets) throws IOException {
        out.writeArrayFieldStart("histogram");
        for (Bucket bucket : buckets) {
            out.writeStartObject();
            Document.time(out, "start", bucket.start());
            out.writeNumberField("count", bucket.count());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
