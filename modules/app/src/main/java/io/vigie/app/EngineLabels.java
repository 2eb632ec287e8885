package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.understanding.Intent;
import io.vigie.understanding.LabelledText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads what the engine itself is judged by from the columns of a row that are there, and remembers which were. */
final class EngineLabels implements LabelledFile.Labels {
    static final String THEME = "theme";
    static final String INTENT = "intent";
    static final String POLARITY = "polarity";
    static final String CHURN = "churn";

    private static final String LEAVING = "leaving";
    private static final String NONE = "-";
    private static final Map<String, String> SIGNS =
            Map.of("-1", "-1", "0", "0", "1", "1", "negative", "-1", "neutral", "0", "positive", "1");
    private static final Map<String, Boolean> ANSWERS =
            Map.of("true", true, "1", true, "yes", true, LEAVING, true, "false", false, "0", false, "no", false);

    private final Map<String, Long> rows = new TreeMap<>();

    @Override
    public LabelledText of(String text, String language, JsonNode row) {
        var labels = new HashMap<String, Set<String>>();
        if (isThere(row, THEME)) {
            labels.put(THEME, themes(row));
        }
        if (isThere(row, INTENT)) {
            labels.put(INTENT, Set.of(intent(row.path(INTENT).asText())));
        }
        if (isThere(row, POLARITY)) {
            labels.put(POLARITY, Set.of(known(row, POLARITY, SIGNS)));
        }
        if (isThere(row, CHURN)) {
            labels.put(CHURN, known(row, CHURN, ANSWERS) ? Set.of(LEAVING) : Set.of());
        }
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("none of the columns theme, intent, polarity and churn is there");
        }
        labels.keySet().forEach(head -> rows.merge(head, 1L, Long::sum));
        return new LabelledText(text, language.isEmpty() ? null : language, labels);
    }

    /** How many rows were judged for a head. */
    long rows(String head) {
        return rows.getOrDefault(head, 0L);
    }

    private static boolean isThere(JsonNode row, String column) {
        return row.hasNonNull(column)
                && !(row.path(column).isTextual() && row.path(column).asText().isBlank());
    }

    /** Where a file has no arrays, commas stand between themes, and a dash for none. */
    private static Set<String> themes(JsonNode row) {
        if (row.path(THEME).isArray()) {
            return LabelledFile.labels(row, THEME);
        }
        return Arrays.stream(row.path(THEME).asText().split(",", -1))
                .map(String::strip)
                .filter(theme -> !theme.isEmpty() && !theme.equals(NONE))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String intent(String name) {
        return Arrays.stream(Intent.values())
                .map(Enum::name)
                .filter(name.strip().toUpperCase(Locale.ROOT)::equals)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "intent is \"" + name + "\"; it is one of " + Arrays.toString(Intent.values())));
    }

    private static <T> T known(JsonNode row, String column, Map<String, T> meanings) {
        String value = row.path(column).asText().strip().toLowerCase(Locale.ROOT);
        T meaning = meanings.get(value);
        if (meaning == null) {
            throw new IllegalArgumentException(
                    column + " is \"" + value + "\"; it is one of " + new TreeSet<>(meanings.keySet()));
        }
        return meaning;
    }
}
