package io.vigie.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members of a JSON object that a client sent. Whatever is wrong is refused by the member's name. */
final class JsonMembers {
    private final JsonNode body;

    private JsonMembers(JsonNode body) {
        this.body = body;
    }

    /**
     * Refuses what is no object, or has other members.
     *
     * @param ignored members that clients may send back as they got them
     * @param example how such an object looks
     */
    static JsonMembers of(JsonNode body, Set<String> known, Set<String> ignored, String example) throws Refusal {
        if (!body.isObject()) {
            throw new Refusal(Fault.BAD_JSON, "expected an object such as " + example);
        }
        for (var member : body.properties()) {
            if (!known.contains(member.getKey()) && !ignored.contains(member.getKey())) {
                String meant = NearestName.to(member.getKey(), known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("known are "
                                + String.join(", ", known.stream().sorted().toList()));
                throw new Refusal(Fault.BAD_JSON, "unknown member \"" + member.getKey() + "\"; " + meant);
            }
        }
        return new JsonMembers(body);
    }

    /** A text without the space around it; empty when it is missing, null or blank. */
    Optional<String> text(String name, int lengthMax) throws Refusal {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.asText().length() > lengthMax) {
            throw wrong(name, "a text of at most " + lengthMax + " characters");
        }
        return Optional.of(value.asText().strip()).filter(text -> !text.isEmpty());
    }

    /** Different texts, in their order; none when it is missing or null. */
    List<String> texts(String name, int max, int lengthMax) throws Refusal {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        String expected = "an array of at most " + max + " texts of at most " + lengthMax + " characters";
        if (!value.isArray() || value.size() > max) {
            throw wrong(name, expected);
        }
        var texts = new LinkedHashSet<String>();
        for (JsonNode each : value) {
            if (!each.isTextual() || each.asText().isBlank() || each.asText().length() > lengthMax) {
                throw wrong(name, expected);
            }
            texts.add(each.asText());
        }
        return List.copyOf(new ArrayList<>(texts));
    }

    Optional<Instant> time(String name) throws Refusal {
        Optional<String> given = text(name, 64);
        try {
            return given.map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw wrong(name, "a time such as 2026-03-01T09:30:00Z");
        }
    }

    int whole(String name, int otherwise, int min, int max) throws Refusal {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < min || value.asInt() > max) {
            throw wrong(name, "a whole number from " + min + " to " + max);
        }
        return value.asInt();
    }

    static Refusal wrong(String name, String expected) {
        return refused(name, name + " is missing or wrong; expected " + expected);
    }

    /** A member that is well formed and yet cannot be. */
    static Refusal refused(String name, String detail) {
        return new Refusal(
                Problem.of(Fault.BAD_PARAMETER, detail).with(out -> out.writeStringField("parameter", name)));
    }
}
