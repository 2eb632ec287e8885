package io.vigie.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.vigie.understanding.LabelledText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** Reads texts that somebody labelled, from CSV or JSON Lines, and names every row that is left out. */
final class LabelledFile {
    /** Training holds every text in memory, taken apart. */
    static final int ROWS_MAX = 200_000;

    static final int TEXT_CHARS_MAX = 100_000;

    private static final int TOLD_MAX = 50;
    private static final int COLUMNS_TOLD_MAX = 20;
    private static final int HEADER_CHARS_MAX = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
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
        try (var in = new BufferedReader(
                new InputStreamReader(unpacked(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            skipByteOrderMark(in);
            if (name().endsWith(".csv") || name().endsWith(".tsv")) {
                readCsv(in);
            } else {
                readLines(in);
            }
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("cannot read " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (skipped > TOLD_MAX) {
            errors.println("vigie: " + file + ": " + (skipped - TOLD_MAX) + " more skipped rows are not shown");
        }
        if (rows.isEmpty()) {
            throw new CommandFailedException("no row of " + file + " is of use" + columnsTold());
        }
        return new Rows(List.copyOf(rows), skipped);
    }

    private String columnsTold() {
        if (columns.isEmpty()) {
            return "";
        }
        var told = columns.stream().limit(COLUMNS_TOLD_MAX).toList();
        return "; its columns are " + String.join(", ", told) + (told.size() < columns.size() ? ", ..." : "");
    }

    /** Spreadsheets write one. */
    private static void skipByteOrderMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
    }

    private void readLines(BufferedReader in) throws IOException {
        String line;
        for (long number = 1; (line = in.readLine()) != null && rows.size() < ROWS_MAX; number++) {
            if (!line.isBlank()) {
                addLine(line, number);
            }
        }
        tellWhatIsLeft(line != null);
    }

    private void addLine(String line, long number) {
        try {
            JsonNode node = json.readTree(line);
            if (node instanceof ObjectNode object) {
                object.properties().forEach(field -> addColumn(field.getKey(), field.getValue()));
                add(object, number);
            } else {
                skip(number, "not a JSON object");
            }
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            skip(number, "not JSON at column " + column + ": " + e.getOriginalMessage());
        }
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

    private void readCsv(BufferedReader in) throws IOException {
        in.mark(HEADER_CHARS_MAX);
        String header = in.readLine();
        if (header == null) {
            return;
        }
        in.reset();
        // One row that is not like the others must not end the file, as it would by the reader's own rules.
        var lenient = CsvReader.builder()
                .fieldSeparator(separator(header))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        long last = 1;
        try (var reader = lenient.ofNamedCsvRecord(in)) {
            for (NamedCsvRecord row : reader) {
                if (rows.size() == ROWS_MAX) {
                    tellWhatIsLeft(true);
                    return;
                }
                last = row.getStartingLineNumber();
                addRow(row);
            }
        } catch (CsvParseException e) {
            skip(last + 1, e.getMessage() + "; the rest of the file is not read");
        }
    }

    private void addRow(NamedCsvRecord row) {
        columns.addAll(row.getHeader());
        int wanted = row.getHeader().size();
        if (row.getFieldCount() != wanted) {
            skip(
                    row.getStartingLineNumber(),
                    "the row has " + row.getFieldCount() + " fields and the header " + wanted);
            return;
        }
        var object = json.createObjectNode();
        row.getFieldsAsMap().forEach(object::put);
        add(object, row.getStartingLineNumber());
    }

    private void add(ObjectNode row, long line) {
        try {
            String text = column(row, textColumn).asText();
            if (!column(row, textColumn).isTextual() || text.isBlank()) {
                throw new IllegalArgumentException("the text is missing or blank (column " + textColumn + ")");
            }
            if (text.length() > TEXT_CHARS_MAX) {
                throw new IllegalArgumentException(
                        "the text has " + text.length() + " characters; the most are " + TEXT_CHARS_MAX);
            }
            rows.add(new Row(line, labels.of(text, language(row), row)));
        } catch (IllegalArgumentException e) {
            skip(line, String.valueOf(e.getMessage()));
        }
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

    private void tellWhatIsLeft(boolean more) {
        if (more) {
            errors.println("vigie: " + file + ": only the first " + ROWS_MAX + " rows are read");
        }
    }

    private void skip(long line, String why) {
        if (skipped++ < TOLD_MAX) {
            errors.println("vigie: " + file + ":" + line + ": " + why);
        }
    }

    private static char separator(String header) {
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private InputStream unpacked(InputStream in) throws IOException {
        return String.valueOf(file.getFileName()).endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private String name() {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    }
}
