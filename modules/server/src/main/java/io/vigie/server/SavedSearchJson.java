package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Digest;
import io.vigie.events.SavedSearch;
import io.vigie.index.Dimension;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A saved search as clients write and read it. What is searched for has the parameters of a search, and their rules. */
final class SavedSearchJson {
    private static final int NAME_LENGTH_MAX = 200;
    private static final long THROTTLE_SECONDS_MAX = Duration.ofDays(30).toSeconds();
    private static final int COUNT_MAX = 1_000_000;

    /** Written by the server; clients may send them back as they got them. */
    private static final Set<String> READ_ONLY = Set.of("id", "owner", "since", "createdAt", "updatedAt");

    private static final Set<String> MEMBERS =
            Set.of("name", "search", "active", "digest", "throttleSeconds", "minimumCount", "mutedUntil", "webhook");
    private static final Set<String> SEARCH = searchParameters();

    private final JsonNode body;

    private SavedSearchJson(JsonNode body) {
        this.body = body;
    }

    /**
     * A search as it was sent.
     *
     * @param former what it was, when it is changed; its id, its owner and times stay
     * @param owner of a new one, when he is known
     */
    static SavedSearch read(JsonNode body, String id, Optional<SavedSearch> former, Optional<String> owner, Instant now)
            throws Refusal {
        if (!body.isObject()) {
            throw new Refusal(
                    Fault.BAD_JSON, "expected an object such as {\"name\": \"…\", \"search\": {\"q\": \"…\"}}");
        }
        return new SavedSearchJson(body).saved(id, former, owner, now);
    }

    private SavedSearch saved(String id, Optional<SavedSearch> former, Optional<String> owner, Instant now)
            throws Refusal {
        requireKnown(body, MEMBERS, READ_ONLY);
        if (body.hasNonNull("id") && !body.get("id").asText().equals(id)) {
            throw new Refusal(Fault.BAD_JSON, "id in the body differs from the one in the address");
        }
        boolean active = flag("active", true);
        var request = SearchParameters.read(parameters()).request();
        return SavedSearch.newBuilder()
                .setSearchId(id)
                .setName(name())
                .setQuery(request.query())
                .setFilters(SavedSearches.filters(request))
                .setFrom(request.from().orElse(null))
                .setTo(request.to().orElse(null))
                .setZone(request.zone().getId())
                .setActive(active)
                .setSince(former.filter(SavedSearch::getActive)
                        .map(SavedSearch::getSince)
                        .orElse(now))
                .setDigest(digest())
                .setThrottleSeconds(whole("throttleSeconds", 0, 0, THROTTLE_SECONDS_MAX))
                .setMinimumCount((int) whole("minimumCount", 1, 1, COUNT_MAX))
                .setMutedUntil(time("mutedUntil").orElse(null))
                .setWebhook(text("webhook").orElse(null))
                .setOwner(former.isPresent() ? former.get().getOwner().orElse(null) : owner.orElse(null))
                .setCreatedAt(former.map(SavedSearch::getCreatedAt).orElse(now))
                .setUpdatedAt(now)
                .build();
    }

    private static void requireKnown(JsonNode object, Set<String> known, Set<String> ignored) throws Refusal {
        for (var member : object.properties()) {
            if (!known.contains(member.getKey()) && !ignored.contains(member.getKey())) {
                String meant = NearestName.to(member.getKey(), known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("known are "
                                + String.join(", ", known.stream().sorted().toList()));
                throw new Refusal(Fault.BAD_JSON, "unknown member \"" + member.getKey() + "\"; " + meant);
            }
        }
    }

    private Parameters parameters() throws Refusal {
        JsonNode search = body.path("search");
        if (!search.isObject()) {
            throw wrong("search", "an object such as {\"q\": \"panne\", \"offer\": [\"fibre-pro\"]}");
        }
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (var member : search.properties()) {
            given.put(member.getKey(), values(member.getKey(), member.getValue()));
        }
        return Parameters.of(given, SEARCH, "q");
    }

    private static List<String> values(String name, JsonNode value) throws Refusal {
        if (value.isNull()) {
            return List.of();
        }
        var values = new ArrayList<String>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (!each.isValueNode() || each.isNull()) {
                throw wrong("search." + name, "a text or an array of texts");
            }
            values.add(each.asText());
        }
        return List.copyOf(values);
    }

    private String name() throws Refusal {
        return name(text("name").orElse(""));
    }

    /** The same under another name. Field by field: Avro's own copy trusts no classes. */
    static SavedSearch renamed(SavedSearch former, String name, Instant now) throws Refusal {
        var renamed = new SavedSearch();
        for (var field : former.getSchema().getFields()) {
            renamed.put(field.pos(), former.get(field.pos()));
        }
        renamed.put("name", name(name));
        renamed.put("updatedAt", now);
        return renamed;
    }

    /** A name as it may be; refused otherwise. */
    static String name(String given) throws Refusal {
        String name = given.strip();
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
            throw wrong("name", "a text of 1 to " + NAME_LENGTH_MAX + " characters");
        }
        return name;
    }

    private Optional<String> text(String name) throws Refusal {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(name, "a text");
        }
        return Optional.of(value.asText().strip()).filter(text -> !text.isEmpty());
    }

    private boolean flag(String name, boolean otherwise) throws Refusal {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.asBoolean(otherwise);
    }

    private long whole(String name, long otherwise, long min, long max) throws Refusal {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < min || value.asLong() > max) {
            throw wrong(name, "a whole number from " + min + " to " + max);
        }
        return value.asLong();
    }

    private Digest digest() throws Refusal {
        String given = text("digest").orElse(Digest.IMMEDIATE.name());
        return Arrays.stream(Digest.values())
                .filter(digest -> digest.name().equals(given.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "digest",
                        Arrays.stream(Digest.values())
                                .map(SavedSearchJson::lower)
                                .collect(Collectors.joining(", "))));
    }

    private Optional<Instant> time(String name) throws Refusal {
        Optional<String> given = text(name);
        try {
            return given.map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw wrong(name, "a time such as 2026-03-01T09:30:00Z");
        }
    }

    private static Refusal wrong(String name, String expected) {
        return new Refusal(Problem.of(Fault.BAD_PARAMETER, name + " is missing or wrong; expected " + expected)
                .with(out -> out.writeStringField("parameter", name)));
    }

    static void write(JsonGenerator out, SavedSearch search) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", search.getSearchId());
        out.writeStringField("name", search.getName());
        out.writeObjectFieldStart("search");
        searched(out, search);
        out.writeEndObject();
        out.writeBooleanField("active", search.getActive());
        out.writeStringField("digest", lower(search.getDigest()));
        out.writeNumberField("throttleSeconds", search.getThrottleSeconds());
        out.writeNumberField("minimumCount", search.getMinimumCount());
        if (search.getMutedUntil().isPresent()) {
            Document.time(out, "mutedUntil", search.getMutedUntil().get());
        }
        if (search.getWebhook().isPresent()) {
            out.writeStringField("webhook", search.getWebhook().get());
        }
        if (search.getOwner().isPresent()) {
            out.writeStringField("owner", search.getOwner().get());
        }
        Document.time(out, "since", search.getSince());
        Document.time(out, "createdAt", search.getCreatedAt());
        Document.time(out, "updatedAt", search.getUpdatedAt());
        out.writeEndObject();
    }

    private static void searched(JsonGenerator out, SavedSearch search) throws IOException {
        out.writeStringField("q", search.getQuery());
        for (Dimension dimension : Dimension.values()) {
            List<String> values = search.getFilters().getOrDefault(dimension.parameter(), List.of());
            if (!values.isEmpty()) {
                out.writeArrayFieldStart(dimension.parameter());
                for (String value : values) {
                    out.writeString(value);
                }
                out.writeEndArray();
            }
        }
        if (search.getFrom().isPresent()) {
            Document.time(out, "from", search.getFrom().get());
        }
        if (search.getTo().isPresent()) {
            Document.time(out, "to", search.getTo().get());
        }
        out.writeStringField("zone", search.getZone());
    }

    private static String lower(Digest digest) {
        return digest.name().toLowerCase(Locale.ROOT);
    }

    private static Set<String> searchParameters() {
        Set<String> names = new HashSet<>(Set.of("q", "from", "to", "zone"));
        Arrays.stream(Dimension.values()).map(Dimension::parameter).forEach(names::add);
        return Set.copyOf(names);
    }
}
