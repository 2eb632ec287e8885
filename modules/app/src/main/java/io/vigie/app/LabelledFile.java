package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.understanding.LabelledText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads texts that somebody labelled, from CSV or JSON Lines, and names every row that is left out. */
final class LabelledFile implements RowFile.Taker {
    /** Training holds every text in memory, taken apart. */
    static final int ROWS_MAX = 200_000;

    static final int TEXT_CHARS_MAX = 100_000;

    private static final int TOLD_MAX = 50;
    private static final int COLUMNS_TOLD_MAX = 20;
    private static final List<String> LANGUAGE_COLUMNS = List.of("language", "lang", "langue");

    private final Path file;
    private final String textColumn;
    private final Labels labels;
    private final PrintStream errors;
    private final ObjectMapper json = new ObjectMapper();
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private long skipped;

    /** Finds the labels of a row; an {@link IllegalArgumentException} says what is wrong with them. */
    interface Labels {
        LabelledText of(String text, String language, JsonNode row);
    }

    /** One usable row. */
    record Row(long line, LabelledText text) {}

    /**
     * What a file holds.
     *
     * @param skipped how many rows were left out, and named
     */
    record Rows(List<Row> rows, long skipped) {
        List<LabelledText> texts() {
            return rows.stream().map(Row::text).toList();
        }
    }

    LabelledFile(Path file, String textColumn, Labels labels, PrintStream errors) {
        this.file = file;
        this.textColumn = textColumn;
        this.labels = labels;
        this.errors = errors;
    }

    /** @throws CommandFailedException when the file cannot be read or no row of it is of use */
    Rows read() {
        if (!RowFile.read(file, this)) {
            errors.println("vigie: " + file + ": only the first " + ROWS_MAX + " rows are read");
        }
        if (skipped > TOLD_MAX) {
            errors.println("vigie: " + file + ": " + (skipped - TOLD_MAX) + " more skipped rows are not shown");
        }
        if (rows.isEmpty()) {
            throw new CommandFailedException("no row of " + file + " is of use" + columnsTold());
        }
        return new Rows(List.copyOf(rows), skipped);
    }

    @Override
    public void line(String line, JsonNode node, long number) {
        if (!(node instanceof ObjectNode object)) {
            throw new IllegalArgumentException("not a JSON object");
        }
        object.properties().forEach(field -> addColumn(field.getKey(), field.getValue()));
        add(object, number);
    }

    @Override
    public void row(List<String> header, Map<String, String> fields, long number) {
        columns.addAll(header);
        var object = json.createObjectNode();
        fields.forEach(object::put);
        add(object, number);
    }

    @Override
    public void refuse(long line, String why) {
        if (skipped++ < TOLD_MAX) {
            errors.println("vigie: " + file + ":" + line + ": " + why);
        }
    }

    @Override
    public boolean goesOn(double share) {
        return rows.size() < ROWS_MAX;
    }

    private String columnsTold() {
        if (columns.isEmpty()) {
            return "";
        }
        var told = columns.stream().limit(COLUMNS_TOLD_MAX).toList();
        return "; its columns are " + String.join(", ", told) + (told.size() < columns.size() ? ", ..." : "");
    }

    /** Columns that hold columns are told with theirs, as an option would name them. */
    private void addColumn(String name, JsonNode value) {
        if (columns.size() > COLUMNS_TOLD_MAX) {
            return;
        }
        if (value.isObject()) {
            value.properties().forEach(field -> addColumn(name + "." + field.getKey(), field.getValue()));
        } else {
            columns.add(name);
        }
    }

    private void add(ObjectNode row, long line) {
        String text = column(row, textColumn).asText();
        if (!column(row, textColumn).isTextual() || text.isBlank()) {
            throw new IllegalArgumentException("the text is missing or blank (column " + textColumn + ")");
        }
        if (text.length() > TEXT_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "the text has " + text.length() + " characters; the most are " + TEXT_CHARS_MAX);
        }
        rows.add(new Row(line, labels.of(text, language(row), row)));
    }

    private static String language(JsonNode row) {
        return LANGUAGE_COLUMNS.stream()
                .map(name -> row.path(name).asText())
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }

    /** What stands in a column; dots lead into nested objects where no column has the whole name. */
    static JsonNode column(JsonNode row, String name) {
        if (row.has(name)) {
            return row.path(name);
        }
        JsonNode at = row;
        for (String part : name.split("\\.", -1)) {
            at = at.path(part);
        }
        return at;
    }

    /**
     * The labels in a column: one value, or an array of any number.
     *
     * @throws IllegalArgumentException when there is none, or it is something else
     */
    static Set<String> labels(JsonNode row, String column) {
        JsonNode value = column(row, column);
        var labels = new TreeSet<String>();
        if (value.isArray()) {
            value.forEach(one -> labels.add(label(one, column)));
        } else {
            labels.add(label(value, column));
        }
        return labels;
    }

    private static String label(JsonNode value, String column) {
        String label = value.asText().strip();
        if (value.isMissingNode() || value.isNull() || (value.isValueNode() && label.isEmpty())) {
            throw new IllegalArgumentException("the label is missing (column " + column + ")");
        }
        if (!value.isValueNode()) {
            throw new IllegalArgumentException(
                    "the label is neither text nor number nor an array of them (column " + column + ")");
        }
        return label;
    }
}
