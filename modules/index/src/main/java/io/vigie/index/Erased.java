package io.vigie.index;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;

/** Which verbatims were erased since searches last saw something new. Owned by the sink's thread. */
final class Erased {
    /** Most that are remembered one by one; of more, every state of the index is taken to show one. */
    private static final int IDS_MAX = 256;

    private final Set<String> ids = new HashSet<>();
    private boolean tooMany;

    void add(String verbatimId) {
        if (ids.size() < IDS_MAX) {
            ids.add(verbatimId);
        } else {
            tooMany = true;
        }
    }

    boolean any() {
        return tooMany || !ids.isEmpty();
    }

    void clear() {
        ids.clear();
        tooMany = false;
    }

    /** Whether a search of that state might find any of them. */
    boolean isShownBy(DirectoryReader state) throws IOException {
        if (tooMany) {
            return true;
        }
        for (var leaf : state.leaves()) {
            for (String id : ids) {
                if (isLive(leaf.reader(), id)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLive(LeafReader segment, String id) throws IOException {
        var documents = segment.postings(VerbatimDocument.id(id), PostingsEnum.NONE);
        var live = segment.getLiveDocs();
        while (documents != null && documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            if (live == null || live.get(documents.docID())) {
                return true;
            }
        }
        return false;
    }
}
