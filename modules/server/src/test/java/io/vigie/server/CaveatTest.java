package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.json;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Intent;
import io.vigie.index.Checkpoint;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that lost a part on the disk answers from the rest of it, and no answer looks whole. */
class CaveatTest {
    private static final String CAVEAT = "the index was found to be damaged and is built anew";

    @TempDir
    Path directory;

    @Test
    void everyAnswerOverAllVerbatimsSaysWhatIsMissing() throws IOException, ServerException {
        fill();
        damage();

        try (var running = new RunningServer(directory)) {
            String search = running.get("/api/v1/search").body();
            String grouped = running.get("/api/v1/search?group=similar").body();
            String comparison = running.get("/api/v1/compare?from=2026-03-01&compare=previous")
                    .body();
            var lines = running.get("/api/v1/export?format=jsonl");
            var csv = running.get("/api/v1/export?format=csv");

            String caveat = json(running.get("/api/v1/search")).path("caveat").asText();
            assertThat(caveat).startsWith(CAVEAT).endsWith("and not the 1 verbatims of its damaged part");
            assertThat(new String[] {search, grouped, comparison})
                    .allSatisfy(answer -> assertThat(answer).contains("\"caveat\":\"" + caveat));
            assertThat(lines.headers().firstValue(ExportEndpoint.CAVEAT)).contains(caveat);
            assertThat(csv.headers().firstValue(ExportEndpoint.CAVEAT)).contains(caveat);
            var last = new ObjectMapper().readTree(lines.body().lines().toList().getLast());
            assertThat(last.path("exported").asInt()).isEqualTo(1);
            assertThat(last.path("caveat").asText()).isEqualTo(caveat);
            assertThat(csv.body()).contains("#exported").doesNotContain("damaged");
        }
    }

    @Test
    void aSoundIndexSaysNothing() throws IOException, ServerException {
        fill();

        try (var running = new RunningServer(directory)) {
            var export = running.get("/api/v1/export?format=jsonl");

            assertThat(running.get("/api/v1/compare?from=2026-03-01&compare=previous")
                            .body())
                    .doesNotContain("caveat");
            assertThat(export.headers().firstValue(ExportEndpoint.CAVEAT)).isEmpty();
            assertThat(export.body()).doesNotContain("caveat");
        }
    }

    /** Two segments of one verbatim each. */
    private void fill() throws IOException {
        try (var index = VerbatimIndex.open(directory, new SimpleMeterRegistry(), Clock.systemUTC())) {
            index.put(verbatim("a", "panne", "fibre-pro", Intent.COMPLAINT, NOW));
            index.commit(new Checkpoint("topic", Map.of(0, 1L)));
            index.put(verbatim("b", "facture", "fibre-pro", Intent.COMPLAINT, NOW.minusSeconds(60)));
            index.commit(new Checkpoint("topic", Map.of(0, 2L)));
        }
    }

    private void damage() throws IOException {
        try (var files = Files.list(directory)) {
            Path first = files.filter(file -> file.toString().endsWith(".cfs"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(first);
            bytes[bytes.length / 2] ^= 1;
            Files.write(first, bytes);
        }
    }
}
