package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Question;
import io.vigie.events.Verbatim;
import io.vigie.server.RecurrenceCheck.Tested;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/feeds/{agentId}}: what became of what an agent reported. It names nobody else than who acted: of the
 * verbatims that an action goes back to, an agent sees his own.
 */
final class FeedsEndpoint {
    /** Actions that are looked at, the newest ones. */
    static final int ACTIONS_MAX = 500;
    /** Verbatims that are looked up for one answer. */
    static final int LOOKUPS_MAX = 5_000;

    private static final int SIZE_DEFAULT = 20;
    private static final int SIZE_MAX = 100;
    private static final Set<String> PARAMETERS = Set.of("size");
    private static final Set<ActionKind> NEWS =
            Set.of(ActionKind.ANSWER, ActionKind.DECISION, ActionKind.MEASURE, ActionKind.COMMENT);

    private final ClosedLoop loop;
    private final SearchEndpoint search;
    private final RecurrenceCheck recurrences;

    FeedsEndpoint(ClosedLoop loop, SearchEndpoint search, RecurrenceCheck recurrences) {
        this.loop = loop;
        this.search = search;
        this.recurrences = recurrences;
    }

    /** What was done, and the agent's verbatims that it goes back to. */
    private record News(Action action, List<Verbatim> reported, Optional<Tested> tested) {}

    Document feed(String agentId, @Nullable String query) throws Refusal, IOException {
        Parameters parameters = search.read(() -> Parameters.of(query, PARAMETERS, ""));
        int size = search.read(() -> parameters.number("size", SIZE_DEFAULT, SIZE_MAX));
        var news = new ArrayList<News>();
        for (Map.Entry<Action, List<Verbatim>> each : reported(agentId, size)) {
            news.add(new News(each.getKey(), each.getValue(), recurrences.test(each.getKey())));
        }
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

    private List<Map.Entry<Action, List<Verbatim>>> reported(String agentId, int size) throws Refusal, IOException {
        List<Action> actions = loop.actions().actions().stream()
                .filter(action -> NEWS.contains(action.getKind()))
                .limit(ACTIONS_MAX)
                .toList();
        return search.asked(Endpoint.FEED, index -> {
            var found = new ArrayList<Map.Entry<Action, List<Verbatim>>>();
            Map<String, Optional<Verbatim>> known = new HashMap<>();
            for (Action action : actions) {
                var own = new ArrayList<Verbatim>();
                for (String id : verbatims(action)) {
                    if (!known.containsKey(id) && known.size() < LOOKUPS_MAX) {
                        known.put(
                                id,
                                index.find(id)
                                        .filter(verbatim -> verbatim.getAgentId()
                                                .filter(agentId::equals)
                                                .isPresent()));
                    }
                    known.getOrDefault(id, Optional.empty()).ifPresent(own::add);
                }
                if (!own.isEmpty() && found.size() < size) {
                    found.add(Map.entry(action, List.copyOf(own)));
                }
            }
            return found;
        });
    }

    /** Those it names, and those that asked what it answers. */
    private Set<String> verbatims(Action action) {
        var ids = new LinkedHashSet<>(action.getVerbatimIds());
        if (action.getKind() == ActionKind.ANSWER) {
            action.getQuestionId()
                    .flatMap(loop.questions()::question)
                    .map(Question::getVerbatimIds)
                    .ifPresent(ids::addAll);
        }
        return ids;
    }

    private static void write(JsonGenerator out, News news) throws IOException {
        Action action = news.action();
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
        for (Verbatim verbatim : news.reported()) {
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
