package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Action;
import io.vigie.events.Verbatim;
import io.vigie.server.ReturnFeed.News;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/feeds/{agentId}}: what became of what an agent reported. */
final class FeedsEndpoint {
    private static final int SIZE_DEFAULT = 20;
    private static final int SIZE_MAX = 100;
    private static final Set<String> PARAMETERS = Set.of("size");

    private final ReturnFeed feed;
    private final SearchEndpoint search;

    /** @param search whose refusals these are too */
    FeedsEndpoint(ReturnFeed feed, SearchEndpoint search) {
        this.feed = feed;
        this.search = search;
    }

    Document feed(String agentId, @Nullable String query) throws Refusal, IOException {
        Parameters parameters = search.read(() -> Parameters.of(query, PARAMETERS, ""));
        int size = search.read(() -> parameters.number("size", SIZE_DEFAULT, SIZE_MAX));
        List<News> news = feed.of(agentId, size);
        return Document.json(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("news");
            for (News each : news) {
                write(out, each);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, News news) throws IOException {
        Action action = news.reported().action();
        out.writeStartObject();
        out.writeStringField("action", action.getActionId());
        out.writeStringField("kind", ActionJson.lower(action.getKind()));
        out.writeStringField("offer", action.getOfferId());
        ActionJson.text(out, "theme", action.getTheme());
        ActionJson.text(out, "question", action.getQuestionId());
        out.writeStringField("title", action.getTitle());
        if (!action.getText().isEmpty()) {
            out.writeStringField("text", action.getText());
        }
        out.writeStringField("author", action.getAuthor());
        Document.time(out, "at", action.getAt());
        Document.time(out, "effectiveAt", action.getEffectiveAt());
        out.writeArrayFieldStart("reported");
        for (Verbatim verbatim : news.reported().verbatims()) {
            out.writeStartObject();
            out.writeStringField("id", verbatim.getVerbatimId());
            Document.time(out, "occurredAt", verbatim.getOccurredAt());
            out.writeStringField("text", verbatim.getText());
            out.writeEndObject();
        }
        out.writeEndArray();
        if (news.tested().isPresent()) {
            RecurrenceCheck.write(out, "recurrence", news.tested().get());
        }
        out.writeEndObject();
    }
}
