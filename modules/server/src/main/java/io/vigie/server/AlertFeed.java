package io.vigie.server;

import io.vigie.events.Alert;
import io.vigie.events.Verbatim;
import io.vigie.server.EventStream.Event;
import io.vigie.server.EventStreams.Batch;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The alerts that one client listens for. It has a place in the topic of alerts, so nothing comes twice and nothing is missed,
 * whichever server it goes on with; only who is further behind than the log reaches is told so, and gets what it holds.
 */
final class AlertFeed implements EventStreams.Feed {
    static final int BATCH_MAX = 100;
    /** An alert can be read before this server's index shows its verbatim; one that is not shown after that is erased. */
    static final Duration SHOWN_MAX = Duration.ofSeconds(5);

    private final AlertLog log;
    private final Words words;
    private final Set<String> searches;
    private final InstantSource clock;
    private long place;

    /**
     * Stands at a place of the topic.
     *
     * @param searches whose alerts are wanted; all when there is none
     */
    AlertFeed(AlertLog log, Words words, Set<String> searches, InstantSource clock, long place) {
        this.log = log;
        this.words = words;
        this.searches = Set.copyOf(searches);
        this.clock = clock;
        this.place = place;
    }

    /** What was said, as far as it is searchable. */
    interface Words {
        Optional<Verbatim> of(String verbatimId) throws Refusal, IOException;
    }

    @Override
    public String position() {
        return Long.toString(place);
    }

    @Override
    public Batch next() throws Refusal, IOException {
        if (!log.reachesBackTo(place)) {
            place = log.first();
            return new Batch(List.of(gap()), true);
        }
        long end = log.next();
        var found = log.from(place, searches, BATCH_MAX);
        var events = new ArrayList<Event>();
        for (var placed : found) {
            var verbatim = words.of(placed.alert().getVerbatimId());
            if (verbatim.isEmpty() && maybeShownSoon(placed.alert())) {
                return new Batch(events, false);
            }
            place = placed.offset() + 1;
            events.add(event(placed.alert(), verbatim));
        }
        if (found.size() < BATCH_MAX) {
            place = Math.max(place, end);
        }
        return new Batch(events, found.size() == BATCH_MAX);
    }

    private boolean maybeShownSoon(Alert alert) {
        return clock.instant().isBefore(alert.getMatchedAt().plus(SHOWN_MAX));
    }

    private Event event(Alert alert, Optional<Verbatim> verbatim) {
        return new Event(position(), "alert", Document.compact(out -> {
            out.writeStartObject();
            out.writeStringField("searchId", alert.getSearchId());
            SearchesEndpoint.alertMembers(out, alert, verbatim);
            out.writeEndObject();
        }));
    }

    private Event gap() {
        return new Event(position(), "gap", Document.compact(out -> {
            out.writeStartObject();
            out.writeStringField(
                    "detail",
                    "there were more alerts than are kept for those who come again; the oldest of those follow");
            out.writeEndObject();
        }));
    }
}
