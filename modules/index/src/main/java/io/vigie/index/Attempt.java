package io.vigie.index;

import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.util.function.Function;
import org.apache.lucene.index.ExitableDirectoryReader;
import org.apache.lucene.search.IndexSearcher;

/** A part of a search that ends with an answer, or with what its user can do about it. */
interface Attempt<T> {
    T run() throws IOException, QueryRefused;

    /** What the attempt may throw for its user becomes an answer. */
    static <T> T answered(Attempt<T> attempt, Function<Refused, T> refused) throws IOException {
        try {
            return attempt.run();
        } catch (QueryRefused e) {
            return refused.apply(e.refused());
        } catch (IndexSearcher.TooManyClauses e) {
            return refused.apply(Refused.of(
                    Reason.TOO_COMPLEX, "the query stands for too many words of the index; search for fewer words"));
        } catch (ExitableDirectoryReader.ExitingReaderException e) {
            return refused.apply(Search.tooSlow());
        }
    }
}
