package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.index.FailingDirectory.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerbatimIndexTest {
    private static final Checkpoint FIRST = new Checkpoint("topic-a", Map.of(0, 7L, 1, 9L));

    private static final List<Fault> FAULTS = List.of(Fault.CREATE, Fault.SYNC, Fault.RENAME);

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aVerbatimIsFoundOnlyAfterARefresh() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", "remboursement lent"));

            assertThat(ids(index, "remboursement")).isEmpty();
            assertThat(index.refresh()).isTrue();
            assertThat(index.refresh()).isFalse();
            assertThat(ids(index, "remboursement")).containsExactly("a");
        }
    }

    @Test
    void aVerbatimComesBackAsItWasPut() throws IOException {
        var put = draft("a", "La box redémarre 😀 sans cesse")
                .setNps(3)
                .setPreferredChannel(Channel.SMS)
                .setRedactions(Map.of("EMAIL", 2))
                .setThemes(Verbatims.themes("network.outage"))
                .build();
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(put);
            index.refresh();

            assertThat(index.find("a")).contains(put);
            assertThat(index.find("b")).isEmpty();
            assertThat(result(index, SearchRequest.of("box")).hits().getFirst().verbatim())
                    .isEqualTo(put);
        }
    }

    @Test
    void aVerbatimWithTheSameIdReplacesTheOlderOne() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", "ancien"));
            index.put(verbatim("a", "nouveau"));
            index.refresh();

            assertThat(index.documents()).isEqualTo(1);
            assertThat(ids(index, "nouveau")).containsExactly("a");
            assertThat(ids(index, "ancien")).isEmpty();
        }
    }

    @Test
    void aTombstoneRemovesItsVerbatim() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", "panne"));
            index.put(verbatim("b", "panne"));
            index.delete("a");
            index.refresh();

            assertThat(ids(index, "panne")).containsExactly("b");
        }
    }

    @Test
    void aNewIndexHasReadNothing() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            assertThat(index.checkpoint()).isEqualTo(Checkpoint.NONE);
            assertThat(index.documents()).isZero();
            assertThat(result(index, SearchRequest.of("")).total()).isZero();
        }
    }

    @Test
    void aCheckpointIsKeptAlsoWhenNothingElseChanged() throws IOException {
        var disk = new CrashingDirectory();
        var index = open(disk);
        index.put(verbatim("a", "panne"));
        index.commit(FIRST);
        index.commit(FIRST.advancedTo(1, 12));

        try (var reopened = open(disk.crash())) {
            assertThat(reopened.checkpoint()).isEqualTo(new Checkpoint("topic-a", Map.of(0, 7L, 1, 12L)));
            assertThat(reopened.documents()).isEqualTo(1);
        }
        index.close();
    }

    @Test
    void closingCommitsNothing(@TempDir Path directory) throws IOException {
        try (var index = VerbatimIndex.open(directory, meters, Clock.systemUTC())) {
            index.put(verbatim("a", "panne"));
            index.commit(FIRST);
            index.put(verbatim("b", "panne"));
            index.refresh();
        }

        try (var reopened = VerbatimIndex.open(directory, meters, Clock.systemUTC())) {
            assertThat(ids(reopened, "panne")).containsExactly("a");
            assertThat(reopened.checkpoint()).isEqualTo(FIRST);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFailedCommitIsRolledBackToTheOneBefore(Fault fault) throws IOException {
        var disk = new FailingDirectory();
        try (var index = open(disk)) {
            index.put(verbatim("a", "panne"));
            index.commit(FIRST);
            index.put(verbatim("b", "panne"));
            index.delete("a");
            disk.failOnceIn(fault);

            assertThatThrownBy(() -> index.commit(FIRST.advancedTo(0, 8))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> index.commit(FIRST.advancedTo(0, 8))).hasMessageContaining("not rolled back");
            index.rollback();

            assertThat(ids(index, "panne")).containsExactly("a");
            assertThat(index.checkpoint()).isEqualTo(FIRST);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "CREATE")
    void aFailedRefreshIsRolledBackAndWritingGoesOn(Fault fault) throws IOException {
        var disk = new FailingDirectory();
        try (var index = open(disk)) {
            index.put(verbatim("a", "panne"));
            index.commit(FIRST);
            index.put(verbatim("b", "panne"));
            disk.failOnceIn(fault);

            assertThatThrownBy(index::refresh).isInstanceOf(IOException.class);
            assertThat(result(index, SearchRequest.of("")).total()).isZero();
            index.rollback();
            index.put(verbatim("b", "panne"));
            index.commit(FIRST.advancedTo(0, 8));
            index.refresh();

            assertThat(ids(index, "panne")).containsExactlyInAnyOrder("a", "b");
        }
    }

    /** Any step may meet a failing disk; after the rollback the index is exactly at the last commit that succeeded. */
    @RepeatedTest(20)
    void afterAnyFailureARollbackIsExact() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var disk = new FailingDirectory();
        var committed = new TreeMap<String, String>();
        var written = new TreeMap<String, String>();
        var checkpoint = Checkpoint.NONE;
        try (var index = open(disk)) {
            for (int step = 0; step < 300; step++) {
                var next = new Checkpoint("topic-a", Map.of(0, (long) step));
                String id = "id" + random.nextInt(20);
                if (random.nextInt(15) == 0) {
                    disk.failOnceIn(FAULTS.get(random.nextInt(FAULTS.size())));
                }
                try {
                    switch (random.nextInt(8)) {
                        case 0 -> {
                            index.delete(id);
                            written.remove(id);
                        }
                        case 1 -> index.refresh();
                        case 2 -> {
                            index.commit(next);
                            committed = new TreeMap<>(written);
                            checkpoint = next;
                        }
                        default -> {
                            index.put(verbatim(id, "mot " + step));
                            written.put(id, "mot " + step);
                        }
                    }
                } catch (IOException e) {
                    disk.failOnceIn(Fault.NONE);
                    index.rollback();
                    written = new TreeMap<>(committed);
                    assertThat(contents(index)).as("rerun with -Dseed=%d", seed).isEqualTo(committed);
                    assertThat(index.checkpoint())
                            .as("rerun with -Dseed=%d", seed)
                            .isEqualTo(checkpoint);
                }
            }
            disk.failOnceIn(Fault.NONE);
            // A merge of another thread may have met the last fault, so only the last commit is certain.
            index.rollback();
            assertThat(contents(index)).as("rerun with -Dseed=%d", seed).isEqualTo(committed);
        }
    }

    /** After any puts, deletes, refreshes, commits, rollbacks and crashes the index holds what was last committed. */
    @RepeatedTest(20)
    void aCrashLosesOnlyWhatWasNotCommitted() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var disk = new CrashingDirectory();
        var committed = new TreeMap<String, String>();
        long position = 0;
        for (int life = 0; life < 5; life++) {
            var index = open(disk);
            assertThat(contents(index)).as("rerun with -Dseed=%d", seed).isEqualTo(committed);
            assertThat(index.checkpoint().nextOffset(0))
                    .as("rerun with -Dseed=%d", seed)
                    .isEqualTo(position);
            var model = new TreeMap<>(committed);
            var visible = new TreeMap<>(committed);
            for (int step = 0; step < 60; step++) {
                String id = "id" + random.nextInt(20);
                switch (random.nextInt(9)) {
                    case 0 -> {
                        index.delete(id);
                        model.remove(id);
                    }
                    case 1 -> {
                        index.refresh();
                        visible = new TreeMap<>(model);
                    }
                    case 2 -> {
                        position++;
                        index.commit(new Checkpoint("topic-a", Map.of(0, position)));
                        committed = new TreeMap<>(model);
                    }
                    case 3 -> {
                        index.rollback();
                        model = new TreeMap<>(committed);
                        visible = new TreeMap<>(committed);
                    }
                    default -> {
                        index.put(verbatim(id, "mot " + step));
                        model.put(id, "mot " + step);
                    }
                }
                assertThat(contents(index)).as("rerun with -Dseed=%d", seed).isEqualTo(visible);
            }
            disk = disk.crash();
            index.close();
        }
    }

    @Test
    void aSecondWriterIsToldThatTheIndexIsInUse(@TempDir Path directory) throws IOException {
        try (var index = VerbatimIndex.open(directory, meters, Clock.systemUTC())) {
            assertThat(index.documents()).isZero();
            assertThatThrownBy(() -> VerbatimIndex.open(directory, meters, Clock.systemUTC()))
                    .isInstanceOf(IndexUnusableException.class)
                    .hasMessageContaining("is in use")
                    .hasMessageContaining(directory.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments_1", "_0.cfs", "_0.si"})
    void aDamagedIndexSaysWhatToDelete(String file, @TempDir Path directory) throws IOException {
        try (var index = VerbatimIndex.open(directory, meters, Clock.systemUTC())) {
            index.put(verbatim("a", "panne"));
            index.commit(FIRST);
        }
        var damaged = directory.resolve(file);
        Files.write(damaged, new byte[] {1, 2, 3});

        assertThatThrownBy(() -> VerbatimIndex.open(directory, meters, Clock.systemUTC()))
                .isInstanceOf(IndexUnusableException.class)
                .hasMessageContaining("delete the directory " + directory + " to build it anew from Kafka");
    }

    @Test
    void aMissingFileSaysWhatToDelete(@TempDir Path directory) throws IOException {
        try (var index = VerbatimIndex.open(directory, meters, Clock.systemUTC())) {
            index.put(verbatim("a", "panne"));
            index.commit(FIRST);
        }
        Files.delete(directory.resolve("_0.cfs"));

        assertThatThrownBy(() -> VerbatimIndex.open(directory, meters, Clock.systemUTC()))
                .isInstanceOf(IndexUnusableException.class)
                .hasMessageContaining("delete the directory");
    }

    @Test
    void anIndexOfAnotherFormatIsRefusedAndLeftAsItIs(@TempDir Path directory) throws IOException {
        try (var disk = FSDirectory.open(directory);
                var other = new IndexWriter(disk, new IndexWriterConfig(new KeywordAnalyzer()))) {
            other.setLiveCommitData(Map.of("format", "0").entrySet());
            other.commit();
        }
        List<Path> before = files(directory);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> VerbatimIndex.open(directory, meters, Clock.systemUTC()))
                    .isInstanceOf(IndexUnusableException.class)
                    .hasMessageContaining("has format 0 and this version reads format " + VerbatimDocument.FORMAT)
                    .hasMessageContaining("delete the directory " + directory + " to build it anew from Kafka");
        }
        assertThat(files(directory)).isEqualTo(before);
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("index"), "no directory");

        assertThatThrownBy(() -> VerbatimIndex.open(file, meters, Clock.systemUTC()))
                .isInstanceOf(IndexUnusableException.class)
                .hasMessageContaining("is not a directory");
    }

    @Test
    void aKeywordTooLongForLuceneIsCut() throws IOException {
        String longOffer = "é".repeat(20_000);
        String longId = "i".repeat(40_000);
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(draft(longId, "panne").setOfferId(longOffer).build());
            index.refresh();

            var found = result(
                    index,
                    SearchRequest.of("").withFilter(Dimension.OFFER, longOffer).withFacets(Set.of(Dimension.OFFER)));
            assertThat(found.total()).isEqualTo(1);
            assertThat(found.facets()
                            .getOrDefault(Dimension.OFFER, List.of())
                            .getFirst()
                            .value())
                    .isEqualTo("é".repeat(16_383));
            assertThat(index.find(longId)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u0000",
                "a\u0000b",
                "\ud83d",
                "\udc00 panne",
                "\u202epanne\u202c",
                "👩‍👩‍👧 panne",
                "<script>alert(1)</script>",
                "=cmd|'/c calc'!A0",
                "﷽ﷺ",
                "\t-1+1@"
            })
    void anyTextIsIndexedAndSearched(String text) throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", text));
            index.refresh();

            assertThat(result(index, SearchRequest.of("")).total()).isEqualTo(1);
            assertThat(index.search(SearchRequest.of(text))).isNotNull();
        }
    }

    @Test
    void metersTellWhatSearchesSeeUntilTheIndexIsClosed() throws IOException {
        try (var index = open(new ByteBuffersDirectory())) {
            index.put(verbatim("a", "panne"));
            index.refresh();
            index.commit(FIRST);

            assertThat(meters.get("vigie.index.documents").gauge().value()).isEqualTo(1);
            assertThat(meters.get("vigie.index.segments").gauge().value()).isEqualTo(1);
            assertThat(meters.get("vigie.index.bytes").gauge().value()).isPositive();
            assertThat(meters.get("vigie.index.commit").timer().count()).isEqualTo(1);
            assertThat(meters.get("vigie.index.refresh").timer().count()).isEqualTo(1);
        }
        assertThat(meters.find("vigie.index.documents").gauge()).isNull();
    }

    private VerbatimIndex open(Directory directory) throws IOException {
        return VerbatimIndex.open(directory, "memory", meters, Clock.systemUTC());
    }

    private static SearchResult result(VerbatimIndex index, SearchRequest request) throws IOException {
        return (SearchResult) index.search(request);
    }

    private static List<String> ids(VerbatimIndex index, String query) throws IOException {
        return result(index, SearchRequest.of(query)).hits().stream()
                .map(hit -> hit.verbatim().getVerbatimId())
                .toList();
    }

    private static Map<String, String> contents(VerbatimIndex index) throws IOException {
        var found = new TreeMap<String, String>();
        result(index, SearchRequest.of("").withSize(100))
                .hits()
                .forEach(hit ->
                        found.put(hit.verbatim().getVerbatimId(), hit.verbatim().getText()));
        return found;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith("write.lock")).sorted().toList();
        }
    }
}
