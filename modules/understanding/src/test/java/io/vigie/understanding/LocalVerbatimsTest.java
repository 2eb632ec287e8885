package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Measures on real verbatims, which may not ship with the code: set {@code -Dvigie.data=FOLDER} to a folder of
 * {@code *.jsonl.gz} with {@code lang} and {@code text}. Skipped without it.
 */
final class LocalVerbatimsTest {
    private static final Path FOLDER = Path.of(System.getProperty("vigie.data", "../../../shared/data"));
    private static final int WORDS_MIN = 5;
    private static final int CUE_SAMPLE = 80;
    private static final int ENGINE_SAMPLE = 5;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private record Row(String file, String language, String text) {}

    private static List<Row> rows = List.of();

    @BeforeAll
    static void readRows() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "no verbatims in " + FOLDER + ": skipped");
        var read = new ArrayList<Row>();
        try (var files = Files.newDirectoryStream(FOLDER, "*.jsonl.gz")) {
            for (Path file : files) {
                read(file, read);
            }
        }
        rows = read;
        assumeTrue(!rows.isEmpty(), "no verbatims in " + FOLDER + ": skipped");
    }

    @Test
    void theLanguageIsRightNearlyAlways() {
        var detector = new LanguageDetector();
        int right = 0;
        int all = 0;
        int undetermined = 0;
        for (Row row : rows) {
            Tokens tokens = Tokenizer.tokenize(row.text());
            if (tokens.count() >= WORDS_MIN) {
                String language = detector.language(tokens, row.text(), null);
                all++;
                right += language.equals(row.language()) ? 1 : 0;
                undetermined += language.equals("und") ? 1 : 0;
            }
        }
        double accuracy = (double) right / all;
        System.out.printf("language: %.4f right of %d, %d undetermined%n", accuracy, all, undetermined);

        assertThat(accuracy).isGreaterThan(0.97);
    }

    @Test
    void realSentencesHaveTheSameWordsAsInLucene() {
        var lucene = new LuceneCues(Language.FRENCH);
        int different = 0;
        int all = 0;
        for (int i = 0; i < rows.size(); i += CUE_SAMPLE) {
            String text = rows.get(i).text();
            Tokens tokens = Tokenizer.words(text);
            var ours = new ArrayList<String>();
            for (int token = 0; token < tokens.count(); token++) {
                ours.add(tokens.start(token, false) + "-" + tokens.end(token) + ":" + tokens.word(token, true));
            }
            all++;
            if (!ours.equals(lucene.words(text))) {
                different++;
            }
        }
        System.out.printf("words: %d of %d texts differ from Lucene's%n", different, all);

        assertThat((double) different / all).isLessThan(0.01);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void realSentencesMatchTheSameCuesAsInLucene(Language language) throws IOException, CueSyntaxException {
        CueComparison both = CueComparison.of(language);
        int compared = 0;
        for (int i = 0; i < rows.size(); i += CUE_SAMPLE) {
            String text = rows.get(i).text();
            if (rows.get(i).language().equals(language.tag()) && isPlain(text)) {
                both.compare(text);
                compared++;
            }
        }
        System.out.printf("cues: %d matches in %d %s texts, the same%n", both.matches(), compared, language.tag());
    }

    @Test
    void understandingNeverThrows() {
        Engine engine = Engine.standard();
        int themed = 0;
        System.out.println("understanding of a sample: rerun with -Dseed=" + SEED);

        int read = 0;
        for (int i = new Random(SEED).nextInt(ENGINE_SAMPLE); i < rows.size(); i += ENGINE_SAMPLE) {
            themed +=
                    engine.understand(Utterance.of(rows.get(i).text())).themes().isEmpty() ? 0 : 1;
            read++;
        }

        System.out.printf("%d of %d texts have a theme%n", themed, read);
        assertThat(themed).isPositive();
    }

    /** Short enough not to be cut, and without the emoji whose joiners Lucene keeps. */
    private static boolean isPlain(String text) {
        return Tokenizer.words(text).sentences().size() == 1
                && text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    private static void read(Path file, List<Row> rows) throws IOException {
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(row(file, line));
            }
        }
    }

    private static Row row(Path file, String line) {
        return new Row(file.getFileName().toString(), value(line, "lang"), value(line, "text"));
    }

    /** A JSON string is a YAML string; reading the whole line as YAML would take minutes. */
    private static String value(String line, String key) {
        String name = "\"" + key + "\": ";
        int start = line.indexOf(name) + name.length();
        int end = start + 1;
        while (line.charAt(end) != '"') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        String written = line.substring(start, end + 1);
        return written.indexOf('\\') < 0
                ? written.substring(1, written.length() - 1)
                : new Yaml().load(written).toString();
    }
}
