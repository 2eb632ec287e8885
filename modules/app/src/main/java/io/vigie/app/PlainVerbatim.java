package io.vigie.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a file that is no event but just what somebody said, with what else its columns tell. It becomes a survey
 * response with one answer: exports of reviews and comments are that.
 */
final class PlainVerbatim {
    private static final List<String> TEXT_NAMES =
            List.of("text", "texte", "verbatim", "comment", "commentaire", "body");
    private static final Map<String, List<String>> NAMES = Map.of(
            "text", TEXT_NAMES,
            "id", List.of("id", "eventid"),
            "date", List.of("date", "occurredat", "timestamp", "created_at"),
            "offer", List.of("offer", "offre", "product", "produit"),
            "channel", List.of("channel", "canal"),
            "language", List.of("language", "lang", "langue"),
            "rating", List.of("rating", "csat", "stars", "note"),
            "nps", List.of("nps"),
            "customer", List.of("customerid", "customer", "client"));
    private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("d/M/yyyy", Locale.ROOT);

    private final Map<String, String> fields = new HashMap<>();

    /** @param columns names as the file has them, and their values; unknown names are left out */
    PlainVerbatim(Map<String, String> columns) {
        var values = new HashMap<String, String>();
        columns.forEach((name, value) -> {
            if (!value.isBlank()) {
                values.putIfAbsent(plain(name), value.strip());
            }
        });
        // Of several columns for the same thing the first name in our list wins.
        NAMES.forEach((field, names) -> names.stream()
                .filter(values::containsKey)
                .findFirst()
                .ifPresent(name -> fields.put(field, values.getOrDefault(name, ""))));
    }

    /** Whether a file with these column names can be read at all. */
    static boolean hasText(Iterable<String> names) {
        for (String name : names) {
            if (TEXT_NAMES.contains(plain(name))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The survey event in JSON.
     *
     * @param source names the system the event came from
     * @param fallbackId its id when the line has none: the same for the same line of the same file
     * @param fallbackTime when it was said when the line does not tell
     * @throws IllegalArgumentException when a field cannot be read
     */
    ObjectNode toSurvey(ObjectMapper json, String source, String fallbackId, Instant fallbackTime, ZoneId zone) {
        String text = fields.get("text");
        if (text == null) {
            throw new IllegalArgumentException("the text is missing or blank");
        }
        String id = fields.getOrDefault("id", fallbackId);
        var event = json.createObjectNode();
        event.put("eventId", id).put("source", source);
        event.put("occurredAt", time(fallbackTime, zone).toEpochMilli());
        event.put("channel", fields.getOrDefault("channel", "OTHER").toUpperCase(Locale.ROOT));
        optional(event, "customerId", "customer");
        optional(event, "offer", "offer");
        optional(event, "language", "language");
        event.put("surveyId", source).put("responseId", id);
        number("rating").ifPresent(rating -> event.put("csat", rating));
        number("nps").ifPresent(nps -> event.put("nps", nps));
        event.putArray("answers").addObject().put("questionId", "verbatim").put("text", text);
        return event;
    }

    private void optional(ObjectNode event, String name, String field) {
        String value = fields.get(field);
        if (value != null) {
            event.put(name, value);
        }
    }

    private Optional<Integer> number(String field) {
        String value = fields.get(field);
        if (value == null) {
            return Optional.empty();
        }
        try {
            double number = Double.parseDouble(value.replace(',', '.'));
            if (number == Math.rint(number)) {
                return Optional.of((int) number);
            }
        } catch (NumberFormatException e) {
            // Told below, as a broken number is.
        }
        throw new IllegalArgumentException(field + " is \"" + value + "\"; it is a whole number");
    }

    private Instant time(Instant fallback, ZoneId zone) {
        String value = fields.get("date");
        if (value == null) {
            return fallback;
        }
        try {
            if (value.matches("[0-9]{10,16}")) {
                return Instant.ofEpochMilli(Long.parseLong(value));
            }
            if (value.contains("/")) {
                return LocalDate.parse(value, FRENCH).atStartOfDay(zone).toInstant();
            }
            String iso = value.replace(' ', 'T');
            if (!iso.contains("T")) {
                return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
            }
            return iso.matches(".*(Z|[+-][0-9:]{2,6})")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "date is \"" + value + "\"; write 2026-03-31, 2026-03-31T14:05:00, 31/03/2026 or milliseconds", e);
        }
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
