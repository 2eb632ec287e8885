package io.vigie.index;

import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that was built beside another one takes its place. */
class SuccessorTest {
    private static final Checkpoint BEFORE = new Checkpoint("topic", Map.of(0, 9L));
    private static final Checkpoint AFTER = new Checkpoint("topic", Map.of(0, 7L));

    @TempDir
    private Path root;

    private Path path;

    @BeforeEach
    void place() {
        path = root.resolve("index");
    }

    @Test
    void searchesSeeTheFormerIndexUntilTheNextRefreshAndThenItIsDeleted() throws IOException {
        try (var index = written(path, "former", BEFORE)) {
            written(NextIndex.of(path), "later", AFTER).close();
            index.put(verbatim("lost", "panne"));

            index.replaceBy(NextIndex.of(path));
            boolean former = index.find("former").isPresent();
            boolean later = index.find("later").isPresent();
            var checkpoint = index.checkpoint();
            boolean tidied = index.tidy();
            index.put(verbatim("new", "panne"));
            index.refresh();

            assertThat(former).isTrue();
            assertThat(later).isFalse();
            assertThat(tidied).isFalse();
            assertThat(checkpoint).isEqualTo(AFTER);
            assertThat(OnDisk.contents(index)).containsOnlyKeys("later", "new");
            index.commit(BEFORE);
        }
        assertThat(OnDisk.names(root)).containsExactly("index");
        try (var again = OnDisk.open(path)) {
            assertThat(again.checkpoint()).isEqualTo(BEFORE);
            assertThat(OnDisk.contents(again)).containsOnlyKeys("later", "new");
        }
    }

    @Test
    void pagesAndExportsOfTheFormerIndexGoOn() throws IOException {
        try (var index = written(path, "a", BEFORE)) {
            index.put(verbatim("b", "panne"));
            index.refresh();
            written(NextIndex.of(path), "later", AFTER).close();
            var request = SearchRequest.of("panne").withSize(1);
            String cursor = ((SearchResult) index.search(request)).cursor().orElseThrow();
            try (var export = (ResultStream) index.stream(SearchRequest.of("panne"))) {
                index.replaceBy(NextIndex.of(path));
                index.refresh();

                assertThat(export.next()).isTrue();
                assertThat(export.next()).isTrue();
                assertThat(((SearchResult) index.search(request.withCursor(cursor))).total())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void aSuccessorThatIsNotThereLeavesTheIndexAsItWas() throws IOException {
        try (var index = written(path, "former", BEFORE)) {
            assertThatThrownBy(() -> index.replaceBy(NextIndex.of(path))).isInstanceOf(IOException.class);
            index.rollback();
            index.put(verbatim("new", "panne"));
            index.refresh();

            assertThat(OnDisk.contents(index)).containsOnlyKeys("former", "new");
        }
        assertThat(OnDisk.names(root)).containsExactly("index");
    }

    @Test
    void anExchangeThatWasCutOffBetweenItsMovesIsEndedByTheNextStart() throws IOException {
        written(path, "former", BEFORE).close();
        written(NextIndex.of(path), "later", AFTER).close();
        Files.move(path, root.resolve("index.old-20260101T000000.000Z"));

        try (var index = OnDisk.open(path)) {
            assertThat(OnDisk.contents(index)).containsOnlyKeys("later");
            assertThat(NextIndex.isRequested(path)).isFalse();
            assertThat(HeldIndex.old(path)).hasSize(1);
        }
    }

    @Test
    void anIndexOfAnotherFormatMakesRoomForOneThatIsBuiltAnew() throws IOException {
        try (var disk = FSDirectory.open(path);
                var other = new IndexWriter(disk, new IndexWriterConfig(new KeywordAnalyzer()))) {
            other.setLiveCommitData(Map.of("format", "1").entrySet());
            other.commit();
        }

        try (var index = OnDisk.open(path, OnDamage.REBUILD)) {
            assertThat(index.checkpoint()).isEqualTo(Checkpoint.NONE);
            assertThat(HeldIndex.old(path)).hasSize(1);
        }
    }

    @Test
    void anIndexBehindALinkIsSucceededWhereItPoints() throws IOException {
        var elsewhere = Files.createDirectories(root.resolve("disk/real"));
        Files.createSymbolicLink(path, elsewhere);
        try (var index = written(path, "former", BEFORE)) {
            assertThat(NextIndex.of(path)).isEqualTo(elsewhere.toRealPath().resolveSibling("real.next"));
            written(NextIndex.of(path), "later", AFTER).close();

            index.replaceBy(NextIndex.of(path));
            index.refresh();

            assertThat(OnDisk.contents(index)).containsOnlyKeys("later");
        }
        assertThat(path).isSymbolicLink();
        assertThat(OnDisk.names(root.resolve("disk"))).containsExactly("real");
    }

    private static VerbatimIndex written(Path place, String id, Checkpoint checkpoint) throws IOException {
        var index = OnDisk.open(place);
        index.put(verbatim(id, "panne"));
        index.commit(checkpoint);
        index.refresh();
        return index;
    }
}
