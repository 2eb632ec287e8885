package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Action;
import io.vigie.events.Offer;
import io.vigie.events.Question;
import io.vigie.events.QuestionAnswer;
import io.vigie.events.QuestionState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question as clients read it. What was done about it is taken from the actions, which are known as soon as they are
 * published; the ledger follows within seconds.
 *
 * @param answer the newest
 * @param offerOwner who answers for its offer
 */
record QuestionJson(
        Question question, Optional<Action> answer, Optional<Action> ownership, Optional<String> offerOwner) {
    static QuestionJson of(Question question, ActionDirectory actions, OfferDirectory offers) {
        return new QuestionJson(
                question,
                actions.answerTo(question.getQuestionId()),
                actions.ownerOf(question.getQuestionId()),
                offers.offer(question.getOfferId()).flatMap(Offer::getOwner));
    }

    boolean answered() {
        return answer.isPresent() || question.getState() == QuestionState.ANSWERED;
    }

    /** Who is to answer: who was named for it, or else the owner of its offer. */
    Optional<String> owner() {
        Optional<String> named = ownership.isPresent() ? ownership.get().getOwner() : question.getOwner();
        return named.or(() -> offerOwner);
    }

    /** When it was answered, as far as it was. */
    Optional<Instant> answeredAt() {
        return answer.map(Action::getAt).or(() -> question.getAnswer().map(QuestionAnswer::getAt));
    }

    /** How many askers are to be told; none of a question without an answer. */
    long toTellTotal() {
        if (!answered()) {
            return 0;
        }
        return heard() ? question.getToTellTotal() : question.getVerbatims();
    }

    /** Verbatims of those, as far as they are named. */
    List<String> toTell() {
        if (!answered()) {
            return List.of();
        }
        return heard() ? question.getToTell() : question.getVerbatimIds();
    }

    /** The ledger has heard of the answer; until then everybody who asked is to be told. */
    private boolean heard() {
        return question.getState() == QuestionState.ANSWERED;
    }

    void write(JsonGenerator out, Instant now) throws IOException {
        out.writeStartObject();
        members(out, now);
        out.writeEndObject();
    }

    void members(JsonGenerator out, Instant now) throws IOException {
        out.writeStringField("id", question.getQuestionId());
        out.writeStringField("offer", question.getOfferId());
        out.writeStringField("question", question.getText());
        ActionJson.texts(out, "terms", question.getTerms());
        out.writeStringField("state", answered() ? "answered" : "open");
        Document.time(out, "firstAskedAt", question.getFirstAskedAt());
        Document.time(out, "lastAskedAt", question.getLastAskedAt());
        Instant until = answeredAt().orElse(now);
        out.writeNumberField(
                "ageDays",
                Math.max(0, Duration.between(question.getFirstAskedAt(), until).toDays()));
        out.writeNumberField("customers", question.getCustomers());
        out.writeNumberField("verbatims", question.getVerbatims());
        ActionJson.texts(out, "verbatimIds", question.getVerbatimIds());
        ActionJson.text(out, "owner", owner());
        out.writeNumberField("vagueAnswers", question.getVagueAnswers());
        if (question.getLastVagueAnswerAt().isPresent()) {
            Document.time(
                    out, "lastVagueAnswerAt", question.getLastVagueAnswerAt().get());
        }
        if (answered()) {
            answer(out);
        }
    }

    private void answer(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("answer");
        if (answer.isPresent()) {
            out.writeStringField("action", answer.get().getActionId());
            out.writeStringField("text", answer.get().getText());
            out.writeStringField("author", answer.get().getAuthor());
            Document.time(out, "at", answer.get().getAt());
        } else if (question.getAnswer().isPresent()) {
            QuestionAnswer known = question.getAnswer().get();
            out.writeStringField("action", known.getActionId());
            out.writeStringField("author", known.getAuthor());
            Document.time(out, "at", known.getAt());
        }
        out.writeEndObject();
        out.writeNumberField("askedAgain", question.getAskedAgain());
        out.writeObjectFieldStart("toTell");
        out.writeNumberField("total", toTellTotal());
        ActionJson.texts(out, "verbatimIds", toTell());
        out.writeEndObject();
    }
}
