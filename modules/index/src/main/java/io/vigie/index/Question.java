package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;

/**
 * A question about one verbatim, asked of one state of the index and within the time of a search.
 *
 * @param <T> of an answer
 */
interface Question<T> {
    /** May give half an answer once the deadline is over; it is thrown away. */
    T answer(IndexSearcher searcher, Verbatim verbatim, Deadline deadline) throws IOException;

    static <T> Lookup<T> ask(DirectoryReader reader, String verbatimId, Deadline deadline, Question<T> question)
            throws IOException {
        try {
            var searcher = Search.searcher(reader, deadline);
            var found = searcher.search(new TermQuery(VerbatimDocument.id(verbatimId)), 1).scoreDocs;
            if (found.length == 0) {
                return searcher.timedOut() ? tooSlow() : new Lookup.Missing<>();
            }
            var verbatim = VerbatimDocument.verbatim(searcher.storedFields(), found[0].doc);
            T answer = question.answer(searcher, verbatim, deadline);
            return searcher.timedOut() || deadline.shouldExit() ? tooSlow() : new Lookup.Found<>(answer);
        } catch (ExitableDirectoryReader.ExitingReaderException e) {
            return tooSlow();
        }
    }

    private static <T> Lookup<T> tooSlow() {
        return new Lookup.Failed<>(Refused.of(
                Refused.Reason.TOO_SLOW,
                "the answer took longer than " + Deadline.SEARCH_TIME_MAX.toMillis() + " ms; try again later"));
    }
}
