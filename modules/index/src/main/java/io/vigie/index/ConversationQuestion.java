package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/** Which verbatims are of the same conversation. */
final class ConversationQuestion implements Question<Conversation> {
    @Override
    public Conversation answer(IndexSearcher searcher, Verbatim verbatim, Deadline deadline) throws IOException {
        var after = side(searcher, verbatim, false);
        var before = side(searcher, verbatim, true);
        var verbatims = new ArrayList<>(read(searcher, before.scoreDocs, deadline));
        Collections.reverse(verbatims);
        verbatims.add(verbatim);
        verbatims.addAll(read(searcher, after.scoreDocs, deadline));
        return new Conversation(after.totalHits.value(), verbatims);
    }

    /** The nearest on one side; its total is that of both sides and the verbatim itself. */
    private static TopFieldDocs side(IndexSearcher searcher, Verbatim verbatim, boolean backwards) throws IOException {
        var order = new org.apache.lucene.search.Sort(
                new SortField(VerbatimDocument.OCCURRED_AT, SortField.Type.LONG, backwards),
                new SortField(VerbatimDocument.ID, SortField.Type.STRING, backwards));
        var values = new Object[] {
            CalendarBuckets.millis(verbatim.getOccurredAt()), VerbatimDocument.keyword(verbatim.getVerbatimId())
        };
        // No document has this number, so the one that ties in both values, the verbatim itself, is left out.
        var start = new FieldDoc(Integer.MAX_VALUE, Float.NaN, values);
        return searcher.search(
                new TermQuery(VerbatimDocument.conversation(verbatim)),
                new TopFieldCollectorManager(order, Conversation.SIDE_MAX, start, Integer.MAX_VALUE));
    }

    private static List<Verbatim> read(IndexSearcher searcher, ScoreDoc[] hits, Deadline deadline) throws IOException {
        var documents = searcher.storedFields();
        var verbatims = new ArrayList<Verbatim>();
        for (int i = 0; i < hits.length && !deadline.shouldExit(); i++) {
            verbatims.add(VerbatimDocument.verbatim(documents, hits[i].doc));
        }
        return verbatims;
    }
}
