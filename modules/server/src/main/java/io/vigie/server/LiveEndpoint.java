package io.vigie.server;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.index.Checkpoint;
import io.vigie.index.SearchRequest;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/live}: every verbatim that matches, as it becomes searchable. */
final class LiveEndpoint implements AutoCloseable {
    /** Most clients at once. */
    static final int CLIENTS_MAX = 50;

    /** Most matching verbatims that a client may be behind: with more to read it would not be live again for long. */
    static final int BEHIND_MAX = 5_000;

    static final String LAST_EVENT_ID = "lastEventId";

    /** All live clients together take one processor at most, however many they are and whatever they look for. */
    private static final int LOOKS_AT_ONCE_MAX = 1;

    private static final Set<String> KNOWN = known();

    private final SearchEndpoint searches;
    private final ReadYourWrites writes;
    private final VerbatimIndex index;
    private final EventStreams streams;
    private final LiveFeed.Shared feeds;

    /** @param searches refuses for a live client what it refuses for a search */
    LiveEndpoint(VerbatimIndex index, SearchEndpoint searches, ReadYourWrites writes, MeterRegistry meters) {
        this.searches = searches;
        this.writes = writes;
        this.index = index;
        var news = new Signal();
        this.streams = new EventStreams(CLIENTS_MAX, news, EventStreams.BEAT_EVERY);
        this.feeds = new LiveFeed.Shared(
                index,
                searches,
                LiveMetrics.of(meters, streams::clients),
                new Semaphore(LOOKS_AT_ONCE_MAX, true),
                BEHIND_MAX);
        index.onChange(news::raise);
    }

    Document live(Context context) throws Refusal, IOException {
        return streams.serve(context, () -> open(context));
    }

    /** Ends all streams. */
    @Override
    public void close() {
        streams.close();
    }

    private LiveFeed open(Context context) throws Refusal, IOException {
        var wanted = searches.read(() -> wanted(context));
        // Before the wait, or what is waited for would not be sent but have come already.
        Checkpoint start = wanted.since().orElseGet(index::searchable);
        writes.await(wanted.after());
        return new LiveFeed(feeds, wanted.request(), start);
    }

    private record Wanted(SearchRequest request, List<String> after, Optional<Checkpoint> since) {}

    private Wanted wanted(Context context) throws Refusal {
        var parameters = Parameters.of(context.queryString(), KNOWN, "q");
        var search = SearchParameters.read(parameters);
        return new Wanted(search.request(), search.after(), since(context.header("Last-Event-ID"), parameters));
    }

    /** A browser that comes again sends the header, and the address of its first time: the header is the newer one. */
    private Optional<Checkpoint> since(@Nullable String header, Parameters parameters) throws Refusal {
        Optional<String> id = header == null || header.isBlank() ? parameters.one(LAST_EVENT_ID) : Optional.of(header);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var since = LivePosition.decode(id.get().strip(), index.searchable());
        if (since.isEmpty()) {
            throw Parameters.bad(
                    LAST_EVENT_ID,
                    id.get(),
                    "the id of an event of this stream; leave it out to begin with what comes now");
        }
        return since;
    }

    /** Whatever decides which verbatims there are; a stream has no pages and no order but that of arrival. */
    private static Set<String> known() {
        Set<String> known = new HashSet<>(SearchParameters.KNOWN);
        known.removeAll(Set.of("size", "cursor", "facets", "interval", "sort", "stats", "group"));
        known.add(LAST_EVENT_ID);
        return Set.copyOf(known);
    }
}
