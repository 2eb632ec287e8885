package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Verbatim;
import io.vigie.index.Conversation;
import io.vigie.index.Highlight;
import io.vigie.index.Similar;
import io.vigie.index.Similar.NearDuplicate;
import io.vigie.index.Similar.SimilarHit;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/verbatims/{id}/similar} and {@code /conversation}: what there is around one verbatim. */
final class NeighboursEndpoint {
    private static final int SIZE_DEFAULT = 10;
    private static final Set<String> SIMILAR_PARAMETERS = Set.of("size");

    private final SearchEndpoint search;

    /** @param search whose places, refusals and measures these are too */
    NeighboursEndpoint(SearchEndpoint search) {
        this.search = search;
    }

    Document conversation(String id, @Nullable String query) throws Refusal, IOException {
        search.read(() -> Parameters.of(query, Set.of(), ""));
        Conversation conversation = search.lookup(ServerMetrics.Endpoint.CONVERSATION, index -> index.conversation(id));
        return Document.json(out -> {
            out.writeStartObject();
            out.writeNumberField("total", conversation.total());
            out.writeArrayFieldStart("verbatims");
            for (Verbatim verbatim : conversation.verbatims()) {
                out.writeStartObject();
                VerbatimJson.members(out, verbatim);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    Document similar(String id, @Nullable String query) throws Refusal, IOException {
        int size = search.read(
                () -> Parameters.of(query, SIMILAR_PARAMETERS, "").number("size", SIZE_DEFAULT, Similar.SIZE_MAX));
        Similar similar = search.lookup(ServerMetrics.Endpoint.SIMILAR, index -> index.similar(id, size));
        return Document.json(out -> {
            out.writeStartObject();
            texts(out, "words", similar.words());
            out.writeArrayFieldStart("nearDuplicates");
            for (NearDuplicate duplicate : similar.nearDuplicates()) {
                nearDuplicate(out, duplicate);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("hits");
            for (SimilarHit hit : similar.hits()) {
                hit(out, hit);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void nearDuplicate(JsonGenerator out, NearDuplicate duplicate) throws IOException {
        out.writeStartObject();
        VerbatimJson.members(out, duplicate.verbatim());
        out.writeNumberField("resemblance", duplicate.resemblance());
        out.writeEndObject();
    }

    private static void hit(JsonGenerator out, SimilarHit hit) throws IOException {
        out.writeStartObject();
        VerbatimJson.members(out, hit.verbatim());
        out.writeNumberField("score", hit.score());
        texts(out, "words", hit.words());
        out.writeArrayFieldStart("highlights");
        for (Highlight highlight : hit.highlights()) {
            VerbatimJson.range(out, highlight.start(), highlight.end());
        }
        out.writeEndArray();
        texts(out, "duplicates", hit.duplicates());
        out.writeEndObject();
    }

    private static void texts(JsonGenerator out, String field, List<String> texts) throws IOException {
        out.writeArrayFieldStart(field);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
