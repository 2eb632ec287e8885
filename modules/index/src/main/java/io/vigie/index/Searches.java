package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;

/** Whatever is asked of the index is asked of one state of it, held as long as the answer takes. Any thread. */
final class Searches {
    private final Visible visible;
    private final Snapshots snapshots;
    private final Clock clock;
    private final Set<ResultStream> streams = ConcurrentHashMap.newKeySet();

    Searches(Visible visible, Snapshots snapshots, Clock clock) {
        this.visible = visible;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    SearchOutcome search(SearchRequest request) throws IOException {
        return paged(request, (state, deadline) -> Search.run(state, request, deadline));
    }

    GroupedOutcome grouped(SearchRequest request) throws IOException {
        return paged(request, (state, deadline) -> GroupedSearch.run(state, request, deadline));
    }

    private interface Paging<T> {
        T page(Search.State state, Deadline deadline) throws IOException;
    }

    private <T> T paged(SearchRequest request, Paging<T> paging) throws IOException {
        var ofCursor = request.cursor().flatMap(Cursor::decode).flatMap(cursor -> snapshots.acquire(cursor.snapshot()));
        var reader = ofCursor.isPresent() ? ofCursor.get() : visible.acquire().reader();
        try {
            var state = new Search.State(reader, ofCursor.isPresent(), Optional.of(snapshots));
            return paging.page(state, Deadline.ofSearch(clock));
        } finally {
            reader.decRef();
        }
    }

    ComparisonOutcome compare(SearchRequest first, SearchRequest second, int words) throws IOException {
        return held(reader -> ComparisonSearch.run(reader, first, second, words, Deadline.ofSearch(clock)));
    }

    Optional<Verbatim> find(String verbatimId) throws IOException {
        return held(reader -> {
            var searcher = new IndexSearcher(reader);
            var found = searcher.search(new TermQuery(VerbatimDocument.id(verbatimId)), 1).scoreDocs;
            return found.length == 0
                    ? Optional.empty()
                    : Optional.of(VerbatimDocument.verbatim(searcher.storedFields(), found[0].doc));
        });
    }

    <T> Lookup<T> ask(String verbatimId, Question<T> question) throws IOException {
        return held(reader -> Question.ask(reader, verbatimId, Deadline.ofSearch(clock), question));
    }

    private interface Reading<T> {
        T of(DirectoryReader reader) throws IOException;
    }

    private <T> T held(Reading<T> reading) throws IOException {
        var reader = visible.acquire().reader();
        try {
            return reading.of(reader);
        } finally {
            reader.decRef();
        }
    }

    ArrivalOutcome arrived(SearchRequest request, Checkpoint since, int max) throws IOException {
        var state = visible.acquire();
        try {
            var wanted = new ArrivalSearch(since, state.upTo(), max);
            return Search.arrived(state.reader(), request, wanted, Deadline.ofSearch(clock));
        } finally {
            state.reader().decRef();
        }
    }

    StreamOutcome stream(SearchRequest request) throws IOException {
        var reader = visible.acquire().reader();
        boolean open = false;
        try {
            var outcome = Search.stream(reader, request, clock);
            if (outcome instanceof ResultStream stream) {
                open = true;
                remember(stream);
            }
            return outcome;
        } finally {
            if (!open) {
                reader.decRef();
            }
        }
    }

    private void remember(ResultStream stream) {
        streams.removeIf(ResultStream::isClosed);
        streams.add(stream);
        // It may have been opened before an erasure and be remembered only after it.
        if (snapshots.isBeforeErasure(stream.state())) {
            stream.revoke();
        }
    }

    /** Nothing that is asked from now on, and nothing under way, gives what was erased; searches see it no more. */
    void hide(Erased erased) throws IOException {
        snapshots.erase(erased);
        for (var stream : streams) {
            if (!stream.isClosed() && erased.isShownBy(stream.state())) {
                stream.revoke();
            }
        }
    }
}
