package io.vigie.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Sends one file, in batches of one kind of event each, and tells every line that was refused. */
final class FileImport {
    private static final int TOLD_MAX = 50;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final VigieClient client;
    private final Progress progress;
    private final PrintStream errors;
    private final ZoneId zone;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<EventBatch.Kind, EventBatch> batches = new EnumMap<>(EventBatch.Kind.class);
    private final String source;
    private final Instant modified;
    private long lines;
    private long refused;

    FileImport(Path file, VigieClient client, Progress progress, PrintStream errors, ZoneId zone) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailedException("cannot read " + file);
        }
        this.file = file;
        this.progress = progress;
        this.errors = errors;
        this.zone = zone;
        this.source =
                String.valueOf(file.getFileName()).replaceFirst("\\.gz$", "").replaceFirst("\\.[a-zA-Z]+$", "");
        this.modified = Files.getLastModifiedTime(file).toInstant();
        this.client = client;
    }

    /** What became of the lines of a file. */
    record Result(long accepted, long refused) {}

    Result run() throws IOException {
        long size = Math.max(1, Files.size(file));
        try (var counted = new Counted(Files.newInputStream(file));
                var in = new BufferedReader(new InputStreamReader(unpacked(counted), StandardCharsets.UTF_8))) {
            skipByteOrderMark(in);
            if (name().endsWith(".csv") || name().endsWith(".tsv")) {
                readCsv(in, counted, size);
            } else {
                readLines(in, counted, size);
            }
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
        }
        batches.values().forEach(EventBatch::send);
        progress.end(file, lines);
        if (refused > TOLD_MAX) {
            errors.println("vigie: " + file + ": " + (refused - TOLD_MAX) + " more refused lines are not shown");
        }
        long accepted =
                batches.values().stream().mapToLong(EventBatch::accepted).sum();
        return new Result(accepted, refused);
    }

    /** Spreadsheets write one. */
    private static void skipByteOrderMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
    }

    private void readLines(BufferedReader in, Counted counted, long size) throws IOException {
        String line;
        for (long number = 1; (line = in.readLine()) != null; number++) {
            if (!line.isBlank()) {
                lines++;
                addLine(line, number);
                progress.at(file, (double) counted.bytes / size, lines);
            }
        }
    }

    private void addLine(String line, long number) {
        try {
            JsonNode node = json.readTree(line);
            var kind = EventBatch.Kind.of(node);
            if (kind.isPresent()) {
                batch(kind.get()).add(number, line);
            } else {
                addPlain(columns(node), number);
            }
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            refuse(number, "not JSON at column " + column + ": " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            refuse(number, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> columns(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        var columns = new HashMap<String, String>();
        node.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                columns.put(field.getKey(), field.getValue().asText());
            }
        });
        if (!PlainVerbatim.hasText(columns.keySet())) {
            throw new IllegalArgumentException(
                    "neither an event (ticketId, callId or responseId is missing) nor a verbatim (text is missing)");
        }
        return columns;
    }

    private void readCsv(BufferedReader in, Counted counted, long size) throws IOException {
        in.mark(1 << 16);
        String header = in.readLine();
        if (header == null) {
            return;
        }
        in.reset();
        char separator = separator(header);
        // One row that is not like the others must not end the file, as it would by the reader's own rules.
        var lenient = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        try (var reader = lenient.ofNamedCsvRecord(in)) {
            for (NamedCsvRecord row : reader) {
                lines++;
                addRow(row);
                progress.at(file, (double) counted.bytes / size, lines);
            }
        } catch (CsvParseException e) {
            refuse(1 + lines, e.getMessage() + "; the rest of the file is not read");
        }
    }

    private void addRow(NamedCsvRecord row) {
        long number = row.getStartingLineNumber();
        int wanted = row.getHeader().size();
        if (row.getFieldCount() != wanted) {
            refuse(number, "the row has " + row.getFieldCount() + " fields and the header " + wanted);
            return;
        }
        try {
            addPlain(row.getFieldsAsMap(), number);
        } catch (IllegalArgumentException e) {
            refuse(number, String.valueOf(e.getMessage()));
        }
    }

    private void addPlain(Map<String, String> columns, long number) {
        var survey = new PlainVerbatim(columns).toSurvey(json, source, source + "-" + number, modified, zone);
        batch(EventBatch.Kind.SURVEYS).add(number, survey.toString());
    }

    private EventBatch batch(EventBatch.Kind kind) {
        return batches.computeIfAbsent(kind, _ -> new EventBatch(kind, client, this::refuse));
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

    private void refuse(long line, String why) {
        if (refused++ < TOLD_MAX) {
            errors.println("vigie: " + file + ":" + line + ": " + why);
        }
    }

    private InputStream unpacked(InputStream in) throws IOException {
        return String.valueOf(file.getFileName()).endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private String name() {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    }

    /** Counts what was read of the file itself, which is what tells how far we are. */
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            bytes += Math.max(0, read);
            return read;
        }
    }
}
