package io.vigie.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Topics;
import io.vigie.server.RecurrenceCheck.Tested;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/actions}: what was answered, decided and done about what customers said. */
final class ActionsEndpoint {
    private static final int BODY_BYTES_MAX = 256 * 1024;
    private static final int KEY_LENGTH_MAX = 200;
    private static final int SIZE_DEFAULT = 50;
    private static final int SIZE_MAX = 200;
    private static final int MISSING_NAMED_MAX = 5;
    private static final Set<String> PARAMETERS = Set.of("offer", "theme", "question", "kind", "verbatim", "size");

    private final ClosedLoop loop;
    private final OfferDirectory offers;
    private final SearchEndpoint search;
    private final RecurrenceCheck recurrences;
    private final Settling settling;
    private final InstantSource clock;

    /** @param search whose places, refusals and measures these are too */
    ActionsEndpoint(
            ClosedLoop loop,
            OfferDirectory offers,
            SearchEndpoint search,
            RecurrenceCheck recurrences,
            Duration acknowledgeMax,
            InstantSource clock) {
        this.loop = loop;
        this.offers = offers;
        this.search = search;
        this.recurrences = recurrences;
        this.settling = new Settling(acknowledgeMax, loop.actions()::awaits);
        this.clock = clock;
    }

    Document list(@Nullable String query) throws Refusal {
        Parameters parameters = search.read(() -> Parameters.of(query, PARAMETERS, ""));
        int size = search.read(() -> parameters.number("size", SIZE_DEFAULT, SIZE_MAX));
        Predicate<Action> wanted = search.read(() -> filter(parameters));
        List<Action> found = loop.actions().actions().stream().filter(wanted).toList();
        return Document.json(out -> {
            out.writeStartObject();
            out.writeNumberField("total", found.size());
            out.writeArrayFieldStart("actions");
            for (Action action : found.subList(0, Math.min(size, found.size()))) {
                ActionJson.write(out, action);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static Predicate<Action> filter(Parameters parameters) throws Refusal {
        Optional<String> kind = parameters.one("kind");
        Optional<ActionKind> known = kind.flatMap(ActionJson::kind);
        if (kind.isPresent() && known.isEmpty()) {
            throw Parameters.bad("kind", kind.get(), "answer, decision, measure, comment, owner, told");
        }
        Optional<String> offer = parameters.one("offer");
        Optional<String> theme = parameters.one("theme");
        Optional<String> question = parameters.one("question");
        Optional<String> verbatim = parameters.one("verbatim");
        return action -> known.map(action.getKind()::equals).orElse(true)
                && offer.map(action.getOfferId()::equals).orElse(true)
                && (theme.isEmpty() || theme.equals(action.getTheme()))
                && (question.isEmpty() || question.equals(action.getQuestionId()))
                && verbatim.map(action.getVerbatimIds()::contains).orElse(true);
    }

    /** One action, and when it is about a theme, whether it has helped. */
    Document one(String id) throws Refusal, IOException {
        Action action = loop.actions()
                .action(id)
                .orElseThrow(
                        () -> new Refusal(Fault.NOT_FOUND, "no action has this id; GET /api/v1/actions lists them"));
        Optional<Tested> tested = recurrences.test(action);
        return Document.json(out -> {
            out.writeStartObject();
            ActionJson.members(out, action);
            if (tested.isPresent()) {
                RecurrenceCheck.write(out, "recurrence", tested.get());
            }
            out.writeEndObject();
        });
    }

    /** @param key of the header Idempotency-Key: the same key is the same action, however often it is sent */
    Document create(@Nullable String key, Upload upload) throws Refusal, IOException {
        upload.requireJson(false);
        upload.requireKnownEncoding();
        var body = JsonItems.single(upload.read(BODY_BYTES_MAX));
        return publish(read(body, key), 201);
    }

    /** As {@link #create(String, Upload)}, of a body with an id of its own, so that a form sent twice is one action. */
    void create(JsonNode body) throws Refusal, IOException {
        publish(read(body, null), 201);
    }

    /** @param key as in {@link #create} */
    Action read(JsonNode body, @Nullable String key) throws Refusal {
        return ActionJson.read(body, id(key), loop.questions(), clock.instant());
    }

    static String id(@Nullable String key) throws Refusal {
        if (key == null || key.isBlank()) {
            return UUID.randomUUID().toString();
        }
        if (key.length() > KEY_LENGTH_MAX) {
            throw new Refusal(
                    Fault.BAD_REQUEST, "the header Idempotency-Key is longer than " + KEY_LENGTH_MAX + " characters");
        }
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** @param status of the answer, when it was not there before */
    Document publish(Action action, int status) throws Refusal, IOException {
        Published published = published(action);
        return Document.json(published.isNew() ? status : 200, out -> ActionJson.write(out, published.action()));
    }

    /** An action, and whether it was not there before. */
    record Published(Action action, boolean isNew) {}

    /** Publishes an action once all that it names is found; the same one again is the one that is there. */
    Published published(Action action) throws Refusal, IOException {
        Optional<Action> former = loop.actions().action(action.getActionId());
        if (former.isPresent()) {
            return new Published(same(former.get(), action), false);
        }
        requireOffer(action);
        requireVerbatims(action);
        settling.settle("action", loop.sink().send(action));
        return new Published(action, true);
    }

    private static Action same(Action former, Action action) throws Refusal {
        if (!saysTheSame(former, action)) {
            throw new Refusal(
                    Fault.CONFLICT,
                    "another action has the id " + former.getActionId()
                            + "; an action is never changed, publish a new one with an id of its own");
        }
        return former;
    }

    /** Apart from when it was said. Without a time of its own an action takes effect then. */
    private static boolean saysTheSame(Action former, Action action) {
        boolean whenSaid = action.getEffectiveAt().equals(action.getAt());
        return Action.getClassSchema().getFields().stream()
                .filter(field -> !field.name().equals("at"))
                .filter(field -> !whenSaid || !field.name().equals("effectiveAt"))
                .allMatch(field -> Objects.equals(former.get(field.pos()), action.get(field.pos())));
    }

    private void requireOffer(Action action) throws Refusal {
        boolean known = action.getOfferId().equals(Topics.UNASSIGNED)
                || offers.offer(action.getOfferId()).isPresent();
        if (!known) {
            throw JsonMembers.refused(
                    "offer", "no offer has the id " + action.getOfferId() + "; GET /api/v1/offers lists them");
        }
    }

    private void requireVerbatims(Action action) throws Refusal, IOException {
        if (action.getVerbatimIds().isEmpty()) {
            return;
        }
        List<String> missing = search.asked(Endpoint.ACTIONS, index -> {
            var unknown = new ArrayList<String>();
            for (String id : action.getVerbatimIds()) {
                if (index.find(id).isEmpty()) {
                    unknown.add(id);
                }
            }
            return unknown;
        });
        if (!missing.isEmpty()) {
            String named = String.join(", ", missing.subList(0, Math.min(MISSING_NAMED_MAX, missing.size())));
            throw JsonMembers.refused(
                    "verbatims",
                    missing.size() + " of " + action.getVerbatimIds().size()
                            + " verbatims are not in the index (erased, or not indexed yet): " + named);
        }
    }
}
