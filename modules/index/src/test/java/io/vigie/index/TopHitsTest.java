package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TopHitsTest {
    private static final int DOCUMENTS = 300;

    /** Few different scores and times: most places are decided by the next key. */
    @RepeatedTest(20)
    void thePagesAreThoseOfLucenesOwnSort() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        try (var directory = new ByteBuffersDirectory()) {
            fill(directory, random);
            try (var reader = DirectoryReader.open(directory)) {
                var searcher = new IndexSearcher(reader);
                Query query = random.nextBoolean() ? MatchAllDocsQuery.INSTANCE : new TermQuery(new Term("text", "a"));
                var sort = random.nextBoolean() ? Sort.RELEVANCE : Sort.NEWEST;
                var expected = searcher.search(
                        query, new TopFieldCollectorManager(HitOrder.of(sort), DOCUMENTS, null, Integer.MAX_VALUE));
                var ranking = new Ranking(sort, reader.leaves());
                var documents = new ArrayList<Integer>();
                Optional<Cursor> after = Optional.empty();

                while (true) {
                    var top = new TopHits(ranking, 1 + random.nextInt(40), after);
                    searcher.search(query, Search.once(top));
                    assertThat(top.total()).as("seed %s", seed).isEqualTo(expected.totalHits.value());
                    if (top.hits().isEmpty()) {
                        break;
                    }
                    top.hits().forEach(place -> documents.add(place.document));
                    FieldDoc last = ranking.hit(top.hits().getLast());
                    after = Cursor.decode(HitOrder.cursor(1, 2, sort, last).encode());
                }

                assertThat(documents)
                        .as("seed %s", seed)
                        .containsExactly(Arrays.stream(expected.scoreDocs)
                                .map(hit -> hit.doc)
                                .toArray(Integer[]::new));
            }
        }
    }

    @Test
    void withoutHitsEverythingIsCounted() throws IOException {
        try (var directory = new ByteBuffersDirectory()) {
            fill(directory, new Random(7));
            try (var reader = DirectoryReader.open(directory)) {
                var top = new TopHits(new Ranking(Sort.RELEVANCE, reader.leaves()), 0, Optional.empty());

                new IndexSearcher(reader).search(MatchAllDocsQuery.INSTANCE, Search.once(top));

                assertThat(top.total()).isEqualTo(DOCUMENTS);
                assertThat(top.hits()).isEmpty();
            }
        }
    }

    private static void fill(ByteBuffersDirectory directory, Random random) throws IOException {
        try (var writer = new IndexWriter(directory, new IndexWriterConfig().setMaxBufferedDocs(50))) {
            for (int i = 0; i < DOCUMENTS; i++) {
                var document = new Document();
                var words = "a ".repeat(random.nextInt(3)) + "b ".repeat(random.nextInt(3));
                document.add(new TextField("text", words, Field.Store.NO));
                document.add(new NumericDocValuesField(VerbatimDocument.OCCURRED_AT, random.nextInt(4)));
                document.add(new SortedDocValuesField(VerbatimDocument.ID, new BytesRef("id" + random.nextInt() + i)));
                writer.addDocument(document);
            }
        }
    }
}
