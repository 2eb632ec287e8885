package io.vigie.server;

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

/**
 * What became of what an agent reported. It names nobody else than who acted: of the verbatims that an action goes back to,
 * an agent sees his own.
 */
final class ReturnFeed {
    /** Actions that are looked at, the newest ones. */
    static final int ACTIONS_MAX = 500;
    /** Verbatims that are looked up for one answer. */
    static final int LOOKUPS_MAX = 5_000;

    private static final Set<ActionKind> NEWS =
            Set.of(ActionKind.ANSWER, ActionKind.DECISION, ActionKind.MEASURE, ActionKind.COMMENT);

    private final ClosedLoop loop;
    private final SearchEndpoint search;
    private final RecurrenceCheck recurrences;

    ReturnFeed(ClosedLoop loop, SearchEndpoint search, RecurrenceCheck recurrences) {
        this.loop = loop;
        this.search = search;
        this.recurrences = recurrences;
    }

    /** What was done, and the agent's verbatims that it goes back to. */
    record Reported(Action action, List<Verbatim> verbatims) {
        Reported {
            verbatims = List.copyOf(verbatims);
        }
    }

    /** The same with whether it has helped, where that is tested. */
    record News(Reported reported, Optional<Tested> tested) {}

    /** The newest first. */
    List<News> of(String agentId, int size) throws Refusal, IOException {
        return tested(reported(agentId, size));
    }

    List<News> tested(List<Reported> reported) throws Refusal, IOException {
        var news = new ArrayList<News>();
        for (Reported each : reported) {
            news.add(new News(each, recurrences.test(each.action())));
        }
        return news;
    }

    /** The newest first. */
    List<Reported> reported(String agentId, int size) throws Refusal, IOException {
        List<Action> actions = loop.actions().actions().stream()
                .filter(action -> NEWS.contains(action.getKind()))
                .limit(ACTIONS_MAX)
                .toList();
        return search.asked(Endpoint.FEED, index -> {
            var found = new ArrayList<Reported>();
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
                    found.add(new Reported(action, own));
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
}
