package io.vigie.index;

import io.vigie.events.Verbatim;
import io.vigie.index.Similar.NearDuplicate;
import io.vigie.index.Similar.SimilarHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;

/**
 * Which verbatims are like one: those that share at least two of its significant words and {@value #SHARED_PERCENT_MIN} % of
 * them; all of a text that has but one.
 *
 * @param size most hits, from 0 to {@value Similar#SIZE_MAX}
 */
record SimilarQuestion(int size) implements Question<Similar> {
    static final int SHARED_PERCENT_MIN = 30;

    @Override
    public Similar answer(IndexSearcher searcher, Verbatim verbatim, Deadline deadline) throws IOException {
        var significant = SignificantWord.of(verbatim, searcher.getIndexReader());
        var comparison = new Comparison(significant, Sketch.of(SignificantWord.words(verbatim)));
        if (!significant.isEmpty()) {
            var found = searcher.search(
                    sharing(significant, verbatim),
                    new TopFieldCollectorManager(
                            HitOrder.of(Sort.RELEVANCE), Similar.CANDIDATES_MAX, null, Integer.MAX_VALUE));
            var documents = searcher.storedFields();
            for (int i = 0; i < found.scoreDocs.length && !deadline.shouldExit(); i++) {
                var hit = (FieldDoc) found.scoreDocs[i];
                comparison.add(VerbatimDocument.verbatim(documents, hit.doc), (float) hit.fields[0]);
            }
        }
        return comparison.similar();
    }

    /** Fewer say nothing: nearly any two texts share a word. */
    static int sharedMin(int words) {
        return Math.max(Math.min(words, 2), words * SHARED_PERCENT_MIN / 100);
    }

    private static Query sharing(List<SignificantWord> words, Verbatim self) {
        var query = new BooleanQuery.Builder().setMinimumNumberShouldMatch(sharedMin(words.size()));
        words.forEach(word -> query.add(word.query(), Occur.SHOULD));
        return query.add(new TermQuery(VerbatimDocument.id(self.getVerbatimId())), Occur.MUST_NOT)
                .build();
    }

    /** Sorts what was found into near-duplicates of the verbatim, hits, and near-duplicates of hits. */
    private final class Comparison {
        private final List<SignificantWord> significant;
        private final Sketch self;
        private final List<NearDuplicate> nearDuplicates = new ArrayList<>();
        private final List<Group> groups = new ArrayList<>();

        Comparison(List<SignificantWord> significant, Sketch self) {
            this.significant = significant;
            this.self = self;
        }

        void add(Verbatim verbatim, double score) {
            var words = SignificantWord.words(verbatim);
            var sketch = Sketch.of(words);
            if (sketch.isNearDuplicateOf(self)) {
                nearDuplicates.add(new NearDuplicate(verbatim, sketch.resemblance(self)));
                return;
            }
            var group = groups.stream()
                    .filter(known -> sketch.isNearDuplicateOf(known.sketch))
                    .findFirst();
            if (group.isPresent()) {
                group.get().duplicates.add(verbatim.getVerbatimId());
            } else if (groups.size() < size) {
                groups.add(new Group(verbatim, score, words, sketch, new ArrayList<>()));
            }
        }

        Similar similar() {
            nearDuplicates.sort(
                    Comparator.comparingDouble(NearDuplicate::resemblance).reversed());
            return new Similar(
                    significant.stream().map(SignificantWord::said).toList(),
                    nearDuplicates,
                    groups.stream().map(group -> group.hit(significant)).toList());
        }
    }

    private record Group(
            Verbatim verbatim, double score, List<TextAnalyzer.Word> words, Sketch sketch, List<String> duplicates) {
        SimilarHit hit(List<SignificantWord> significant) {
            var shared = significant.stream()
                    .filter(candidate -> words.stream().anyMatch(candidate::isSharedBy))
                    .map(SignificantWord::said)
                    .toList();
            var highlights = words.stream()
                    .filter(word -> significant.stream().anyMatch(candidate -> candidate.isSharedBy(word)))
                    .limit(Highlighter.HIGHLIGHTS_MAX)
                    .map(word -> new Highlight(word.start(), word.end()))
                    .toList();
            return new SimilarHit(verbatim, score, shared, highlights, duplicates);
        }
    }
}
