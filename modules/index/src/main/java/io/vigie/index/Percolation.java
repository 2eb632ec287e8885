package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Which searches find which new verbatims: the verbatims of a batch become a small index in memory, and every search is
 * run over it as over the real one. At some hundred searches that costs less than a matcher that picks the searches that
 * may match each verbatim, and it cannot understand a query in another way than a search does.
 *
 * <p>It finds what {@link VerbatimIndex#search} finds of the same verbatims, with two exceptions, which both find more: a
 * word with {@code ~} stands for at most {@value QueryBuilder#FUZZY_WORDS_MAX} words of an index, and of a large index that
 * may leave one out; and a query that a search refuses because it stands for too many words of the index is answered here.
 */
public final class Percolation {
    /** Most verbatims of one batch. */
    public static final int BATCH_MAX = 1_000;

    private Percolation() {}

    /**
     * What became of each search.
     *
     * @param found the verbatims that a search finds, in the order of the batch; searches that find none are left out
     * @param refused searches that cannot be run
     */
    public record Matches(Map<String, List<Verbatim>> found, Map<String, Refused> refused) {
        public Matches {
            found = Map.copyOf(found);
            refused = Map.copyOf(refused);
        }
    }

    /**
     * Runs all searches over a batch.
     *
     * @param batch each with an id of its own, at most {@value #BATCH_MAX}
     * @param searches by any name; only what they search for matters
     * @param now what relative dates are counted from
     */
    public static Matches match(List<Verbatim> batch, Map<String, SearchRequest> searches, Instant now)
            throws IOException {
        if (batch.size() > BATCH_MAX) {
            throw new IllegalArgumentException("a batch of " + batch.size() + " verbatims; allowed: " + BATCH_MAX);
        }
        var found = new HashMap<String, List<Verbatim>>();
        var refused = new HashMap<String, Refused>();
        if (batch.isEmpty() || searches.isEmpty()) {
            return new Matches(found, refused);
        }
        try (var directory = new ByteBuffersDirectory();
                var writer = writer(directory)) {
            for (var verbatim : batch) {
                writer.addDocument(VerbatimDocument.of(verbatim));
            }
            try (var reader = DirectoryReader.open(writer)) {
                for (var search : searches.entrySet()) {
                    var hits = new Hits(batch);
                    // Without a deadline: the batch is the bound, and a search cut short would lose what it had to
                    // find.
                    var no = Search.collect(reader, search.getValue(), () -> false, now, hits);
                    no.ifPresent(reason -> refused.put(search.getKey(), reason));
                    if (no.isEmpty() && !hits.verbatims.isEmpty()) {
                        found.put(search.getKey(), List.copyOf(hits.verbatims));
                    }
                }
            }
        }
        return new Matches(found, refused);
    }

    /** Documents keep the order in which they were added: one thread writes, and nothing is merged. */
    private static IndexWriter writer(ByteBuffersDirectory directory) throws IOException {
        return new IndexWriter(
                directory,
                new IndexWriterConfig(TextAnalyzer.FRENCH)
                        .setSimilarity(Search.SIMILARITY)
                        .setMergePolicy(NoMergePolicy.INSTANCE)
                        .setUseCompoundFile(false)
                        .setCommitOnClose(false));
    }

    private static final class Hits extends SimpleCollector {
        private final List<Verbatim> batch;
        private final List<Verbatim> verbatims = new ArrayList<>();
        private int docBase;

        Hits(List<Verbatim> batch) {
            this.batch = batch;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) {
            docBase = context.docBase;
        }

        @Override
        public void collect(int document) {
            verbatims.add(batch.get(docBase + document));
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
