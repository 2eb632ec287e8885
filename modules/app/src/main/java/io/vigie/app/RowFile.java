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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A file of rows: CSV or TSV with a header, by its name, otherwise JSON Lines; also compressed (.gz). One bad row is told
 * and left out, and the others are read.
 */
final class RowFile {
    /** Takes the rows; an {@link IllegalArgumentException} says what is wrong with one, and refuses it. */
    interface Taker {
        /** A line that is JSON of some kind. */
        void line(String line, JsonNode json, long number);

        /** A row of a table. */
        void row(List<String> header, Map<String, String> columns, long number);

        /** A row that cannot be read. */
        void refuse(long number, String why);

        /**
         * Asked before each row.
         *
         * @param share how much of the file is read, in [0, 1]
         * @return false to read no more
         */
        boolean goesOn(double share);
    }

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int HEADER_CHARS_MAX = 1 << 16;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Taker taker;
    private final ObjectMapper json = new ObjectMapper();
    private long size;

    private RowFile(Path file, Taker taker) {
        this.file = file;
        this.taker = taker;
    }

    /**
     * Reads from the beginning until the taker has enough.
     *
     * @return whether everything was read
     * @throws CommandFailedException when the file cannot be read
     */
    static boolean read(Path file, Taker taker) {
        return new RowFile(file, taker).read();
    }

    private boolean read() {
        try (var counted = new Counted(Files.newInputStream(file));
                var in = new BufferedReader(new InputStreamReader(unpacked(counted), StandardCharsets.UTF_8))) {
            size = Math.max(1, Files.size(file));
            skipByteOrderMark(in);
            return isTable() ? readTable(in, counted) : readLines(in, counted);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("cannot read " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Spreadsheets write one. */
    private static void skipByteOrderMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
    }

    private boolean readLines(BufferedReader in, Counted counted) throws IOException {
        String line;
        for (long number = 1; (line = in.readLine()) != null; number++) {
            if (!line.isBlank()) {
                if (!taker.goesOn(counted.share(size))) {
                    return false;
                }
                take(line, number);
            }
        }
        return true;
    }

    private void take(String line, long number) {
        try {
            taker.line(line, json.readTree(line), number);
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            taker.refuse(number, "not JSON at column " + column + ": " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            taker.refuse(number, String.valueOf(e.getMessage()));
        }
    }

    private boolean readTable(BufferedReader in, Counted counted) throws IOException {
        in.mark(HEADER_CHARS_MAX);
        String header = in.readLine();
        if (header == null) {
            return true;
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
                last = row.getStartingLineNumber();
                if (!taker.goesOn(counted.share(size))) {
                    return false;
                }
                take(row);
            }
        } catch (CsvParseException e) {
            taker.refuse(last + 1, e.getMessage() + "; the rest of the file is not read");
        }
        return true;
    }

    private void take(NamedCsvRecord row) {
        long number = row.getStartingLineNumber();
        int wanted = row.getHeader().size();
        if (row.getFieldCount() != wanted) {
            taker.refuse(number, "the row has " + row.getFieldCount() + " fields and the header " + wanted);
            return;
        }
        try {
            taker.row(row.getHeader(), row.getFieldsAsMap(), number);
        } catch (IllegalArgumentException e) {
            taker.refuse(number, String.valueOf(e.getMessage()));
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
        return String.valueOf(file.getFileName()).endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in;
    }

    private boolean isTable() {
        String name =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return name.endsWith(".csv") || name.endsWith(".tsv");
    }

    /** Counts what was read of the file itself, which is what tells how far we are. */
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        double share(long size) {
            return Math.min(1, (double) bytes / size);
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
