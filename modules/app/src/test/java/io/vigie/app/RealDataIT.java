package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigie.events.OfferTheme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real exports of a contact center, as somebody would bring them in; the first lines of each, {@code -Dlines=N} for more. They
 * are not ours to give away, so they may be absent.
 */
final class RealDataIT {
    private static final Path DATA = Path.of(System.getProperty("vigie.data", "../../../shared/data/events"));
    private static final Duration SEEN_MAX = Duration.ofMinutes(2);
    private static final Map<String, String> FILES =
            Map.of("TICKET", "tickets.jsonl.gz", "CALL", "calls.jsonl.gz", "SURVEY", "surveys.jsonl.gz");
    /** Of each file; more tell nothing new, and take minutes. */
    private static final long LINES_MAX = Long.getLong("lines", 600);

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void whatIsFoundIsWhatCountingTheFilesGivesAndImportingThemAgainChangesNothing() throws IOException {
        assumeTrue(
                Files.isDirectory(DATA),
                "skipped: no real data in " + DATA.toAbsolutePath().normalize() + "; say where with -Dvigie.data=DIR");
        var counted = count();
        long all = sum(counted.kinds);
        try (var vigie = VigieProcess.up(directory.resolve("vigie"), "topics.partitions=4")
                .start()) {
            assertThat(vigie.command(
                                    "offers",
                                    "apply",
                                    DATA.resolve("offers.jsonl").toString())
                            .exit())
                    .isZero();

            long start = System.nanoTime();
            importAll(vigie, all);
            double importSeconds = (System.nanoTime() - start) / 1e9;
            await().atMost(SEEN_MAX).until(() -> vigie.http().total() >= all);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "RealDataIT: %d events, imported at %.0f a second, searchable at %.0f a second%n",
                    all,
                    all / importSeconds,
                    all / seconds);
            var found = found(vigie, counted);
            var themes = awaitThemes(vigie, all);
            importAll(vigie, all);
            awaitAllSeenAgain(vigie, all);
            var foundAgain = found(vigie, counted);
            var themesAgain = themes(vigie);
            vigie.stop();
            vigie.start();

            assertThat(found).isEqualTo(counted);
            assertThat(foundAgain).isEqualTo(counted);
            assertThat(themesAgain).isEqualTo(themes);
            assertThat(found(vigie, counted)).isEqualTo(counted);
            assertThat(themes(vigie)).isEqualTo(themes);
        }
    }

    /** How many verbatims there are of each kind and each offer. */
    private record Counts(Map<String, Long> kinds, Map<String, Long> offers) {}

    /** Counts the first lines of each file, and puts them beside each other to be imported. */
    private Counts count() throws IOException {
        var names = new HashMap<String, String>();
        for (String line : Files.readAllLines(DATA.resolve("offers.jsonl"))) {
            JsonNode offer = json.readTree(line);
            String id = offer.path("offerId").asText();
            names.merge(folded(offer.path("name").asText()), id, (_, _) -> Topics.UNASSIGNED);
            names.put(folded(id), id);
        }
        var counts = new Counts(new TreeMap<>(), new TreeMap<>());
        for (var file : FILES.entrySet()) {
            try (var in = new BufferedReader(new InputStreamReader(
                            new GZIPInputStream(Files.newInputStream(DATA.resolve(file.getValue()))),
                            StandardCharsets.UTF_8));
                    var out = new OutputStreamWriter(
                            new GZIPOutputStream(Files.newOutputStream(directory.resolve(file.getValue()))),
                            StandardCharsets.UTF_8)) {
                for (String line : in.lines().limit(LINES_MAX).toList()) {
                    out.write(line + "\n");
                    String offer =
                            names.getOrDefault(folded(parsed(line).path("offer").asText("")), Topics.UNASSIGNED);
                    counts.kinds.merge(file.getKey(), 1L, Long::sum);
                    counts.offers.merge(offer, 1L, Long::sum);
                }
            }
        }
        return counts;
    }

    private JsonNode parsed(String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private void importAll(VigieProcess vigie, long all) {
        var files = FILES.values().stream().map(name -> directory.resolve(name).toString());
        var words = Stream.concat(Stream.of("import"), files);
        assertThat(vigie.command(words.toArray(String[]::new)).out())
                .contains("in all: " + all + " accepted, 0 refused");
    }

    private static Counts found(VigieProcess vigie, Counts asked) {
        var found = new Counts(new TreeMap<>(), new TreeMap<>());
        asked.kinds.keySet().forEach(kind -> found.kinds.put(kind, vigie.http().total("kind", kind)));
        asked.offers
                .keySet()
                .forEach(offer -> found.offers.put(offer, vigie.http().total("offer", offer)));
        assertThat(vigie.http().total()).isEqualTo(sum(asked.kinds));
        return found;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The counts are written after the verbatims: they are whole once they are those of all verbatims. */
    private static Map<String, OfferTheme> awaitThemes(VigieProcess vigie, long all) {
        try (var schemas = vigie.schemas()) {
            var verbatims = TopicRecords.last(
                    vigie.bootstrapServers(), Topics.standard().verbatims(), schemas.decoder(Verbatim.class));
            assertThat(verbatims).hasSize((int) all);
            var expected = new ThemeCounts(verbatims.values());
            await().atMost(SEEN_MAX).untilAsserted(() -> expected.assertEqualTo(themes(vigie)));
        }
        return themes(vigie);
    }

    private static Map<String, OfferTheme> themes(VigieProcess vigie) {
        try (var schemas = vigie.schemas()) {
            return TopicRecords.last(
                    vigie.bootstrapServers(), Topics.standard().offerThemes(), schemas.decoder(OfferTheme.class));
        }
    }

    /** Every event of the second import has been seen, and left out. */
    private static void awaitAllSeenAgain(VigieProcess vigie, long all) {
        await().atMost(SEEN_MAX).until(() -> vigie.http().metric("vigie_events_duplicates_total", "") >= all);
    }
}
