package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Question;
import io.vigie.events.Topics;
import io.vigie.index.Count;
import io.vigie.server.Questions.State;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/offers/{id}/questions}, {@code /api/v1/questions} and {@code /api/v1/offers/{id}/sheet}. */
final class QuestionsEndpoint {
    private static final int BODY_BYTES_MAX = 16 * 1024;
    private static final int SIZE_DEFAULT = 50;
    private static final int SIZE_MAX = 500;
    private static final int NAME_LENGTH_MAX = 100;

    private static final Set<String> PARAMETERS = Set.of("state", "q", "size");

    private final Questions questions;
    private final OfferSheets sheets;
    private final OfferDirectory offers;
    private final SearchEndpoint search;
    private final ActionsEndpoint actions;
    private final InstantSource clock;

    /** @param search whose refusals and measures these are too */
    QuestionsEndpoint(
            Questions questions,
            OfferSheets sheets,
            OfferDirectory offers,
            SearchEndpoint search,
            ActionsEndpoint actions,
            InstantSource clock) {
        this.questions = questions;
        this.sheets = sheets;
        this.offers = offers;
        this.search = search;
        this.actions = actions;
        this.clock = clock;
    }

    Document list(String offerId, @Nullable String query) throws Refusal {
        requireOffer(offerId);
        Parameters parameters = search.read(() -> Parameters.of(query, PARAMETERS, ""));
        int size = search.read(() -> parameters.number("size", SIZE_DEFAULT, SIZE_MAX));
        Optional<String> words = search.read(() -> parameters.one("q"));
        State state = search.read(() -> state(parameters, words));
        List<QuestionJson> found = questions.of(offerId, state);
        List<QuestionJson> shown =
                words.map(text -> Questions.bestFirst(found, text)).orElse(found);
        Instant now = clock.instant();
        return Document.json(out -> {
            out.writeStartObject();
            out.writeNumberField("total", shown.size());
            out.writeArrayFieldStart("questions");
            for (QuestionJson question : shown.subList(0, Math.min(size, shown.size()))) {
                question.write(out, now);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** Who searches looks for an answer; who lists, for what has none. */
    private static State state(Parameters parameters, Optional<String> words) throws Refusal {
        Optional<String> given = parameters.one("state");
        if (given.isEmpty()) {
            return words.isPresent() ? State.ANSWERED : State.OPEN;
        }
        return Arrays.stream(State.values())
                .filter(state -> state.name().equals(given.get().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Parameters.bad("state", given.get(), "open, answered, all"));
    }

    Document one(String id) throws Refusal {
        QuestionJson question = questions.one(id);
        return Document.json(out -> question.write(out, clock.instant()));
    }

    /** Sets who owns a question. */
    Document putOwner(String id, Upload upload) throws Refusal, IOException {
        Question question = questions.one(id).question();
        upload.requireJson(false);
        upload.requireKnownEncoding();
        var body = JsonMembers.of(
                JsonItems.single(upload.read(BODY_BYTES_MAX)),
                Set.of("owner", "author"),
                Set.of(),
                "{\"owner\": \"…\", \"author\": \"…\"}");
        Optional<String> owner = body.text("owner", NAME_LENGTH_MAX);
        String author = body.text("author", NAME_LENGTH_MAX)
                .orElseThrow(() -> JsonMembers.wrong("author", "the name of who says so"));
        return actions.publish(
                Questions.ownership(UUID.randomUUID().toString(), question, owner, author, clock.instant()), 200);
    }

    /** What an agent needs to know of an offer. */
    Document sheet(String offerId) throws Refusal, IOException {
        OfferSheets.Sheet sheet = sheets.sheet(offerId);
        Instant now = clock.instant();
        return Document.json(out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("offer");
            OffersEndpoint.members(out, sheet.offer());
            out.writeEndObject();
            out.writeNumberField("openQuestions", sheet.open());
            out.writeNumberField("answeredQuestions", sheet.answered());
            out.writeArrayFieldStart("answers");
            for (QuestionJson each : sheet.answers()) {
                each.write(out, now);
            }
            out.writeEndArray();
            misunderstandings(out, sheet);
            out.writeEndObject();
        });
    }

    private static void misunderstandings(JsonGenerator out, OfferSheets.Sheet sheet) throws IOException {
        out.writeObjectFieldStart("misunderstandings");
        Document.time(out, "from", sheet.searched().from().orElseThrow());
        Document.time(out, "to", sheet.searched().to().orElseThrow());
        out.writeNumberField("complaints", sheet.complaints());
        out.writeArrayFieldStart("themes");
        for (Count theme : sheet.themes()) {
            out.writeStartObject();
            out.writeStringField("theme", theme.value());
            out.writeNumberField("count", theme.count());
            out.writeStringField("query", SearchAddress.of(sheet.searched(theme)));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void requireOffer(String id) throws Refusal {
        if (!id.equals(Topics.UNASSIGNED) && offers.offer(id).isEmpty()) {
            throw new Refusal(Fault.NOT_FOUND, "no offer has this id; GET /api/v1/offers lists them");
        }
    }
}
