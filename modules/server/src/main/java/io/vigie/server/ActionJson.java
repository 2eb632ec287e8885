package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Question;
import io.vigie.events.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An action as clients write and read it. */
final class ActionJson {
    static final int VERBATIMS_MAX = 200;
    static final int NAME_LENGTH_MAX = 100;
    static final int TEXT_LENGTH_MAX = 10_000;

    private static final int ID_LENGTH_MAX = 200;
    private static final int TITLE_LENGTH_MAX = 300;
    private static final int WINDOW_DAYS = 28;
    private static final int WINDOW_DAYS_MAX = 366;
    /** How far ahead something can be said to take effect. */
    private static final Duration AHEAD_MAX = Duration.ofDays(366);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]+");
    private static final Pattern THEME = Pattern.compile("[a-z0-9_-]+\\.[a-z0-9_.-]+");

    private static final Set<String> MEMBERS = Set.of(
            "id",
            "kind",
            "offer",
            "theme",
            "question",
            "verbatims",
            "title",
            "text",
            "author",
            "owner",
            "effectiveAt",
            "windowDays");
    /** Written by the server; clients may send them back as they got them. */
    private static final Set<String> READ_ONLY = Set.of("at", "recurrence");

    private static final String EXAMPLE =
            "{\"kind\": \"answer\", \"question\": \"…\", \"text\": \"…\", \"author\": \"…\"}";

    private final JsonMembers body;
    private final QuestionDirectory questions;

    private ActionJson(JsonMembers body, QuestionDirectory questions) {
        this.body = body;
        this.questions = questions;
    }

    /**
     * Times are whole milliseconds, as they are kept.
     *
     * @param otherwise its id, when the body has none
     */
    static Action read(JsonNode body, String otherwise, QuestionDirectory questions, Instant now) throws Refusal {
        var members = JsonMembers.of(body, MEMBERS, READ_ONLY, EXAMPLE);
        return new ActionJson(members, questions).action(otherwise, now.truncatedTo(ChronoUnit.MILLIS));
    }

    private Action action(String otherwise, Instant now) throws Refusal {
        ActionKind kind = kind();
        Optional<Question> question = question(kind);
        Instant effectiveAt = body.time("effectiveAt")
                .map(time -> time.truncatedTo(ChronoUnit.MILLIS))
                .orElse(now);
        if (effectiveAt.isAfter(now.plus(AHEAD_MAX))) {
            throw JsonMembers.wrong("effectiveAt", "a time at most " + AHEAD_MAX.toDays() + " days ahead");
        }
        return Action.newBuilder()
                .setActionId(matching("id", ID, ID_LENGTH_MAX).orElse(otherwise))
                .setKind(kind)
                .setOfferId(offer(question))
                .setTheme(matching("theme", THEME, NAME_LENGTH_MAX).orElse(null))
                .setQuestionId(question.map(Question::getQuestionId).orElse(null))
                .setVerbatimIds(verbatims(kind))
                .setTitle(body.text("title", TITLE_LENGTH_MAX)
                        .or(() -> question.map(Question::getText))
                        .orElseThrow(
                                () -> JsonMembers.wrong("title", "a text of 1 to " + TITLE_LENGTH_MAX + " characters")))
                .setText(text(kind))
                .setAuthor(body.text("author", NAME_LENGTH_MAX)
                        .orElseThrow(() -> JsonMembers.wrong("author", "the name of who does this")))
                .setOwner(owner(kind))
                .setAt(now)
                .setEffectiveAt(effectiveAt)
                .setWindowDays(body.whole("windowDays", WINDOW_DAYS, 1, WINDOW_DAYS_MAX))
                .build();
    }

    private ActionKind kind() throws Refusal {
        String given = body.text("kind", NAME_LENGTH_MAX).orElse("");
        return kind(given)
                .orElseThrow(() -> JsonMembers.wrong(
                        "kind",
                        Arrays.stream(ActionKind.values())
                                .map(ActionJson::lower)
                                .collect(Collectors.joining(", "))));
    }

    static Optional<ActionKind> kind(String name) {
        return Arrays.stream(ActionKind.values())
                .filter(kind -> lower(kind).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private Optional<Question> question(ActionKind kind) throws Refusal {
        Optional<String> id = body.text("question", ID_LENGTH_MAX);
        if (id.isEmpty()) {
            if (kind == ActionKind.ANSWER || kind == ActionKind.OWNER || kind == ActionKind.TOLD) {
                throw JsonMembers.wrong("question", "the id of the question that this is about");
            }
            return Optional.empty();
        }
        return Optional.of(questions
                .question(id.get())
                .orElseThrow(() -> JsonMembers.refused(
                        "question", "no question has this id; GET /api/v1/offers/{id}/questions lists them")));
    }

    /** That of the question, when there is one. Whether the offer is declared is for the endpoint to see. */
    private String offer(Optional<Question> question) throws Refusal {
        Optional<String> given = body.text("offer", ID_LENGTH_MAX);
        if (question.isEmpty()) {
            return given.filter(offer -> !offer.equals(Topics.UNASSIGNED))
                    .orElseThrow(() -> JsonMembers.wrong("offer", "the id of the offer that this is about"));
        }
        String asked = question.get().getOfferId();
        if (given.isPresent() && !given.get().equals(asked)) {
            throw JsonMembers.refused("offer", "the question is about the offer " + asked);
        }
        return asked;
    }

    private List<String> verbatims(ActionKind kind) throws Refusal {
        List<String> ids = body.texts("verbatims", VERBATIMS_MAX, ID_LENGTH_MAX * 2);
        if (ids.isEmpty() && kind == ActionKind.DECISION) {
            throw JsonMembers.refused(
                    "verbatims", "a decision goes back to what customers said; link at least one verbatim");
        }
        if (ids.isEmpty() && kind == ActionKind.TOLD) {
            throw JsonMembers.refused("verbatims", "name the verbatims whose customers were told");
        }
        return ids;
    }

    private String text(ActionKind kind) throws Refusal {
        Optional<String> text = body.text("text", TEXT_LENGTH_MAX);
        if (text.isEmpty() && (kind == ActionKind.ANSWER || kind == ActionKind.COMMENT)) {
            throw JsonMembers.wrong("text", "what there is to say, in 1 to " + TEXT_LENGTH_MAX + " characters");
        }
        return text.orElse("");
    }

    private @Nullable String owner(ActionKind kind) throws Refusal {
        Optional<String> owner = body.text("owner", NAME_LENGTH_MAX);
        if (owner.isPresent() && kind != ActionKind.OWNER) {
            throw JsonMembers.refused("owner", "an owner is set by an action of kind owner");
        }
        return owner.orElse(null);
    }

    private Optional<String> matching(String name, Pattern pattern, int lengthMax) throws Refusal {
        Optional<String> given = body.text(name, lengthMax);
        if (given.isPresent() && !pattern.matcher(given.get()).matches()) {
            throw JsonMembers.wrong(name, "what matches " + pattern.pattern());
        }
        return given;
    }

    static void write(JsonGenerator out, Action action) throws IOException {
        out.writeStartObject();
        members(out, action);
        out.writeEndObject();
    }

    static void members(JsonGenerator out, Action action) throws IOException {
        out.writeStringField("id", action.getActionId());
        out.writeStringField("kind", lower(action.getKind()));
        out.writeStringField("offer", action.getOfferId());
        text(out, "theme", action.getTheme());
        text(out, "question", action.getQuestionId());
        texts(out, "verbatims", action.getVerbatimIds());
        out.writeStringField("title", action.getTitle());
        if (!action.getText().isEmpty()) {
            out.writeStringField("text", action.getText());
        }
        out.writeStringField("author", action.getAuthor());
        text(out, "owner", action.getOwner());
        Document.time(out, "at", action.getAt());
        Document.time(out, "effectiveAt", action.getEffectiveAt());
        out.writeNumberField("windowDays", action.getWindowDays());
    }

    static void text(JsonGenerator out, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get());
        }
    }

    static void texts(JsonGenerator out, String name, List<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    static String lower(ActionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
