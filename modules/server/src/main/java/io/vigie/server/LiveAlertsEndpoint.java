package io.vigie.server;

import io.javalin.http.Context;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/v1/alerts/live}: what saved searches find, as it is found. */
final class LiveAlertsEndpoint implements AutoCloseable {
    /** Most clients at once. */
    static final int CLIENTS_MAX = 50;

    private static final int RETRY_SECONDS = 2;

    private static final Set<String> KNOWN = Set.of("search", LiveEndpoint.LAST_EVENT_ID);

    private final Alerting alerting;
    private final SearchEndpoint searches;
    private final VerbatimIndex index;
    private final EventStreams streams;
    private final InstantSource clock;

    LiveAlertsEndpoint(Alerting alerting, SearchEndpoint searches, VerbatimIndex index, InstantSource clock) {
        this.alerting = alerting;
        this.searches = searches;
        this.index = index;
        this.clock = clock;
        var news = new Signal();
        this.streams = new EventStreams(CLIENTS_MAX, news, EventStreams.BEAT_EVERY);
        alerting.alerts().onAlert(news::raise);
        index.onChange(news::raise);
    }

    Document live(Context context) throws Refusal, IOException {
        return streams.serve(context, () -> open(context));
    }

    private AlertFeed open(Context context) throws Refusal {
        if (!alerting.alerts().caughtUp()) {
            throw new Refusal(Problem.of(Fault.UNAVAILABLE, "the alerts of before are being read; try again")
                    .retryAfter(RETRY_SECONDS));
        }
        AlertLog log = alerting.alerts().log();
        var wanted = searches.read(() -> wanted(context));
        for (String id : wanted.searches()) {
            if (alerting.searches().search(id).isEmpty()) {
                throw new Refusal(
                        Fault.NOT_FOUND, "no saved search has the id " + id + "; GET /api/v1/searches lists them");
            }
        }
        return new AlertFeed(
                log, index::find, wanted.searches(), clock, wanted.place().orElseGet(log::next));
    }

    private record Wanted(Set<String> searches, Optional<Long> place) {}

    private static Wanted wanted(Context context) throws Refusal {
        var parameters = Parameters.of(context.queryString(), KNOWN, "");
        String header = context.header("Last-Event-ID");
        Optional<String> id = header == null || header.isBlank()
                ? parameters.one(LiveEndpoint.LAST_EVENT_ID)
                : Optional.of(header.strip());
        return new Wanted(
                new LinkedHashSet<>(parameters.many("search")),
                id.isPresent() ? Optional.of(place(id.get())) : Optional.empty());
    }

    private static long place(String id) throws Refusal {
        try {
            long place = Long.parseLong(id);
            if (place >= 0) {
                return place;
            }
        } catch (NumberFormatException _) {
            // Answered below, as a negative one is.
        }
        throw Parameters.bad(
                LiveEndpoint.LAST_EVENT_ID,
                id,
                "the id of an event of this stream; leave it out to begin with what comes now");
    }

    /** Ends all streams. */
    @Override
    public void close() {
        streams.close();
    }
}
