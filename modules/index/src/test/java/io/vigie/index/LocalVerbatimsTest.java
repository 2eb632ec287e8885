package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Searches real verbatims, which may not ship with the code: set {@code -Dvigie.data=FOLDER} to a folder of
 * {@code *.jsonl.gz} with {@code lang} and {@code text}. Skipped without it.
 */
final class LocalVerbatimsTest {
    private static final Path FOLDER = Path.of(System.getProperty("vigie.data", "../../../shared/data"));
    private static final Pattern ROW = Pattern.compile("\"lang\": \"(\\w+)\".*\"text\": \"((?:[^\"\\\\]++|\\\\.)*+)\"");
    private static final Pattern PLAIN_WORD = Pattern.compile("(?<!\\S)[a-z]{2,}(?!\\S)");
    private static final Pattern WRITTEN = Pattern.compile("[^\\s\\h]+");
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}|\\p{Cf}");
    private static final int TEXTS_OF_A_FILE = 75;
    private static final int WORDS_OF_A_TEXT = 4;

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private record Row(String language, String text) {}

    private static List<Row> rows = List.of();
    private static final VerbatimIndex INDEX = open();

    @BeforeAll
    static void putRows() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "no verbatims in " + FOLDER + ": skipped");
        var read = new ArrayList<Row>();
        try (var files = Files.newDirectoryStream(FOLDER, "*.jsonl.gz")) {
            for (Path file : files) {
                read(file, read);
            }
        }
        rows = read;
        assumeTrue(!rows.isEmpty(), "no verbatims in " + FOLDER + ": skipped");
        for (int i = 0; i < rows.size(); i++) {
            put(Form.NFC, i);
            put(Form.NFD, i);
        }
        INDEX.refresh();
    }

    @AfterAll
    static void close() throws IOException {
        INDEX.close();
    }

    @Test
    void everyWordAsWrittenFindsItsTextInEveryNormalForm() throws IOException {
        var random = new Random(SEED);
        var lost = new ArrayList<String>();
        int searches = 0;
        for (int i = 0; i < rows.size(); i++) {
            var written = WRITTEN.matcher(rows.get(i).text()).results().toList();
            for (int n = 0; n < WORDS_OF_A_TEXT; n++) {
                String word = written.get(random.nextInt(written.size())).group();
                if (!word.contains("\"") && !TextAnalyzer.words(word).isEmpty()) {
                    for (var form : List.of(Form.NFC, Form.NFD)) {
                        var found = search('"' + word + "\" id:" + form + i);
                        searches++;
                        if (found.total() != 1
                                || found.hits().getFirst().highlights().isEmpty()) {
                            lost.add(word + " in " + form + " of " + rows.get(i).text());
                        }
                    }
                }
            }
        }
        System.out.printf("written words: %d searches, %d lost%n", searches, lost.size());

        assertThat(lost).as("-Dseed=%d", SEED).isEmpty();
    }

    /** A plain word is small letters between spaces; what else is marked must be that word in other dress. */
    @Test
    void aPlainWordIsMarkedWhereverItStandsAndNothingElseIs() throws IOException {
        var random = new Random(SEED);
        var wrong = new ArrayList<String>();
        int marks = 0;
        for (int i = 0; i < rows.size(); i++) {
            var plain = PLAIN_WORD.matcher(rows.get(i).text()).results().toList();
            if (plain.isEmpty()) {
                continue;
            }
            String word = plain.get(random.nextInt(plain.size())).group();
            for (var form : List.of(Form.NFC, Form.NFD)) {
                var hit = search('"' + word + "\" id:" + form + i).hits().getFirst();
                String text = hit.verbatim().getText();
                var marked = hit.highlights();
                marks += marked.size();
                boolean all = PLAIN_WORD
                        .matcher(text)
                        .results()
                        .filter(place -> place.group().equals(word))
                        .allMatch(place -> marked.contains(new Highlight(place.start(), place.end())));
                boolean only = marked.stream()
                        .map(place -> text.substring(place.start(), place.end()))
                        .allMatch(piece -> undressed(piece).equals(word));
                if (!all || !only) {
                    wrong.add(word + " in " + form + " of " + text + ": " + marked);
                }
            }
        }
        System.out.printf("plain words: %d marks%n", marks);

        assertThat(wrong).as("-Dseed=%d", SEED).isEmpty();
    }

    private static String undressed(String piece) {
        return MARKS.matcher(Normalizer.normalize(piece, Form.NFKD))
                .replaceAll("")
                .replaceAll("[.\\-]", "")
                .replaceAll("[œŒ]", "oe")
                .toLowerCase(Locale.ROOT);
    }

    private static VerbatimIndex open() {
        try {
            return VerbatimIndex.open(
                    new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC());
        } catch (IOException e) {
            throw new AssertionError("an index in memory must open", e);
        }
    }

    private static void put(Form form, int i) throws IOException {
        var row = rows.get(i);
        INDEX.put(draft(form.name() + i, Normalizer.normalize(row.text(), form))
                .setLanguage(row.language())
                .build());
    }

    private static SearchResult search(String query) throws IOException {
        return (SearchResult) INDEX.search(SearchRequest.of(query).withSize(1));
    }

    private static void read(Path file, List<Row> rows) throws IOException {
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            int taken = 0;
            for (String line = reader.readLine(); line != null && taken < TEXTS_OF_A_FILE; line = reader.readLine()) {
                var row = ROW.matcher(line);
                // Escapes of Unicode would need a JSON reader, which this module has not.
                if (row.find() && !row.group(2).contains("\\u") && !row.group(2).isBlank()) {
                    String text = row.group(2).replaceAll("\\\\[nrt]", "\n").replaceAll("\\\\(.)", "$1");
                    rows.add(new Row(row.group(1), text));
                    taken++;
                }
            }
        }
    }
}
