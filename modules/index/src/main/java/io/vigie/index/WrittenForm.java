package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/** How people write a word, or two, that the index knows without accents and capitals. */
final class WrittenForm {
    /** Verbatims that are asked. */
    static final int VERBATIMS_MAX = 5;

    private final IndexSearcher searcher;

    WrittenForm(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    /** As some verbatims of a side mostly write it; as it is indexed when none of them says. */
    String of(String word, FixedBitSet side) throws IOException {
        var spellings = new HashMap<String, Integer>();
        var verbatims = MultiTerms.getTermPostingsEnum(
                searcher.getIndexReader(), VerbatimDocument.TEXT, new BytesRef(word), PostingsEnum.NONE);
        var documents = searcher.storedFields();
        int asked = 0;
        while (verbatims != null && asked < VERBATIMS_MAX && verbatims.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            if (side.get(verbatims.docID())) {
                add(word, VerbatimDocument.verbatim(documents, verbatims.docID()), spellings);
                asked++;
            }
        }
        return mostly(spellings, word);
    }

    /** As some verbatims mostly write a pair; as it is indexed when none of them says. */
    String of(WordPair pair, List<Integer> verbatims) throws IOException {
        var spellings = new HashMap<String, Integer>();
        var documents = searcher.storedFields();
        for (int document : verbatims) {
            var written = WordPair.of(VerbatimDocument.verbatim(documents, document));
            if (written.containsKey(pair)) {
                spellings.merge(written.getOrDefault(pair, ""), 1, Integer::sum);
            }
        }
        return mostly(spellings, pair.plain());
    }

    /** Small letters come after capitals, and accents after both. */
    private static String mostly(Map<String, Integer> spellings, String otherwise) {
        return spellings.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(otherwise);
    }

    private static void add(String word, Verbatim verbatim, Map<String, Integer> spellings) {
        for (var each : SignificantWord.words(verbatim)) {
            if (each.text().equals(word)) {
                String written = verbatim.getText().substring(each.start(), each.end());
                spellings.merge(Normalizer.normalize(written, Normalizer.Form.NFC), 1, Integer::sum);
            }
        }
    }
}
