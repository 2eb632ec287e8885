package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.index.Comparison;
import io.vigie.index.Comparison.Compared;
import io.vigie.index.Comparison.Side;
import io.vigie.index.ComparisonOutcome;
import io.vigie.index.Contrast;
import io.vigie.index.Dimension;
import io.vigie.index.MeanDifference;
import io.vigie.index.Refused;
import io.vigie.index.SearchRequest;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/compare}: two periods or two offers held against each other. Beside every number stands the address of
 * the search whose total it is.
 */
final class CompareEndpoint {
    private final SearchEndpoint search;
    private final VerbatimIndex index;
    private final ServerMetrics metrics;
    private final InstantSource clock;

    /** @param search whose places and refusals these are too */
    CompareEndpoint(SearchEndpoint search, VerbatimIndex index, ServerMetrics metrics, InstantSource clock) {
        this.search = search;
        this.index = index;
        this.metrics = metrics;
        this.clock = clock;
    }

    Document compare(@Nullable String query) throws Refusal, IOException {
        try (var _ = search.place()) {
            CompareParameters wanted = search.read(() -> CompareParameters.read(query, clock));
            // Before the comparison: what it sees afterwards may be better, not worse.
            Optional<String> caveat = index.caveat();
            var time = metrics.start();
            ComparisonOutcome outcome = index.compare(wanted.first(), wanted.second(), wanted.words());
            long nanos = time.stop(metrics.search(Endpoint.COMPARE));
            return switch (outcome) {
                case Comparison comparison ->
                    Document.json(out -> write(out, comparison, TimeUnit.NANOSECONDS.toMillis(nanos), caveat));
                case Refused refused -> throw search.refusal(refused);
            };
        }
    }

    private static void write(JsonGenerator out, Comparison comparison, long tookMs, Optional<String> caveat)
            throws IOException {
        out.writeStartObject();
        out.writeNumberField("tookMs", tookMs);
        if (caveat.isPresent()) {
            out.writeStringField("caveat", caveat.get());
        }
        side(out, "first", comparison.first());
        side(out, "second", comparison.second());
        out.writeObjectFieldStart("fields");
        for (Dimension dimension : Dimension.values()) {
            if (comparison.values().containsKey(dimension)) {
                list(out, dimension.parameter(), "value", comparison.values().getOrDefault(dimension, List.of()));
            }
        }
        out.writeEndObject();
        out.writeObjectFieldStart("words");
        out.writeNumberField("tested", comparison.wordsTested());
        list(out, "rising", "word", comparison.rising());
        list(out, "falling", "word", comparison.falling());
        out.writeEndObject();
        out.writeObjectFieldStart("pairs");
        out.writeBooleanField("inTime", comparison.pairs().inTime());
        out.writeNumberField("tested", comparison.pairs().tested());
        list(out, "rising", "pair", comparison.pairs().rising());
        list(out, "falling", "pair", comparison.pairs().falling());
        out.writeEndObject();
        if (comparison.sentiment().isPresent()) {
            sentiment(out, comparison.sentiment().get());
        }
        out.writeEndObject();
    }

    private static void side(JsonGenerator out, String name, Side side) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("total", side.total());
        if (side.verbatims().from().isPresent()) {
            Document.time(out, "from", side.verbatims().from().get());
        }
        if (side.verbatims().to().isPresent()) {
            Document.time(out, "to", side.verbatims().to().get());
        }
        out.writeStringField("query", SearchAddress.of(side.verbatims()));
        out.writeEndObject();
    }

    private static void list(JsonGenerator out, String name, String of, List<Compared> all) throws IOException {
        out.writeArrayFieldStart(name);
        for (Compared each : all) {
            Contrast contrast = each.contrast();
            out.writeStartObject();
            out.writeStringField(of, each.value());
            count(out, "first", contrast.first(), contrast.firstShare(), each.first());
            count(out, "second", contrast.second(), contrast.secondShare(), each.second());
            out.writeNumberField("difference", contrast.difference());
            out.writeNumberField("logOdds", contrast.logOdds());
            out.writeNumberField("g2", contrast.g2());
            out.writeNumberField("p", contrast.p());
            out.writeNumberField("q", each.q());
            out.writeBooleanField("significant", each.q() <= Comparison.FALSE_DISCOVERIES_MAX);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void count(JsonGenerator out, String side, long count, double share, SearchRequest verbatims)
            throws IOException {
        out.writeObjectFieldStart(side);
        out.writeNumberField("count", count);
        out.writeNumberField("share", share);
        out.writeStringField("query", SearchAddress.of(verbatims));
        out.writeEndObject();
    }

    private static void sentiment(JsonGenerator out, MeanDifference sentiment) throws IOException {
        out.writeObjectFieldStart("sentiment");
        mean(out, "first", sentiment.first());
        mean(out, "second", sentiment.second());
        out.writeNumberField("difference", sentiment.difference());
        if (sentiment.margin().isPresent()) {
            double margin = sentiment.margin().getAsDouble();
            out.writeNumberField("confidence", MeanDifference.CONFIDENCE);
            out.writeNumberField("low", sentiment.difference() - margin);
            out.writeNumberField("high", sentiment.difference() + margin);
        }
        out.writeEndObject();
    }

    private static void mean(JsonGenerator out, String side, MeanDifference.Mean mean) throws IOException {
        out.writeObjectFieldStart(side);
        out.writeNumberField("mean", mean.mean());
        out.writeNumberField("verbatims", mean.values());
        out.writeEndObject();
    }
}
