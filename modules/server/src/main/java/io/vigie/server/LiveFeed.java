package io.vigie.server;

import io.vigie.index.ArrivalOutcome;
import io.vigie.index.Arrivals;
import io.vigie.index.Checkpoint;
import io.vigie.index.Refused;
import io.vigie.index.SearchRequest;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.EventStream.Event;
import io.vigie.server.EventStreams.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * What one client listens for. What waits for it is in the index, not in memory: it has a position in the topic and gets
 * what has become searchable behind that. So nothing comes twice and nothing is missed, whichever server it goes on with;
 * only who is too far behind is sent on with a gap.
 */
final class LiveFeed implements EventStreams.Feed {
    /** Some 600 KB of verbatims. */
    static final int BATCH_MAX = 200;

    private final Shared shared;
    private final SearchRequest request;
    private Checkpoint since;
    /** Whether it was told of a gap and has not caught up since; one gap after the other would say nothing more. */
    private boolean isBehind;

    private long missedSince;
    /** Where a client stands that has been told of everything missed. */
    private Checkpoint told;

    private Optional<Look> first;

    /**
     * What all feeds have together.
     *
     * @param looks so many look into the index at once
     * @param behindMax most matching verbatims that a client may be behind
     */
    record Shared(VerbatimIndex index, SearchEndpoint searches, LiveMetrics metrics, Semaphore looks, int behindMax) {}

    private record Look(List<Event> events, boolean more, Checkpoint next) {}

    /**
     * Has looked once, so that a query that cannot be answered is refused before anything is sent.
     *
     * @param start of the topic of the index, or of another one: then all that came meanwhile is missed
     */
    LiveFeed(Shared shared, SearchRequest request, Checkpoint start) throws Refusal, IOException {
        this.shared = shared;
        this.request = request;
        Checkpoint now = shared.index().searchable();
        boolean ours = start.topicId().equals(now.topicId());
        this.since = ours ? start : now;
        this.told = since;
        var look = look();
        this.first = Optional.of(ours ? look : afterAnotherTopic(look));
    }

    @Override
    public String position() {
        return LivePosition.encode(told);
    }

    @Override
    public Batch next() throws Refusal, IOException {
        var look = first.isPresent() ? first.get() : look();
        first = Optional.empty();
        since = look.next();
        if (missedSince == 0) {
            told = since;
        }
        return new Batch(look.events(), look.more());
    }

    private Look look() throws Refusal, IOException {
        return switch (arrived()) {
            case Arrivals arrivals when arrivals.total() > shared.behindMax() -> passedOver(arrivals);
            case Arrivals arrivals -> sent(arrivals);
            case Refused refused -> throw shared.searches().refusal(refused);
        };
    }

    private ArrivalOutcome arrived() throws IOException {
        shared.looks().acquireUninterruptibly();
        try {
            return shared.index().arrived(request, since, BATCH_MAX);
        } finally {
            shared.looks().release();
        }
    }

    private Look sent(Arrivals arrivals) {
        var events = new ArrayList<Event>();
        if (missedSince > 0) {
            events.add(passedOver(since, missedSince));
        }
        isBehind = false;
        missedSince = 0;
        int left = arrivals.arrived().size();
        for (var one : arrivals.arrived()) {
            left--;
            // The last id stands behind all that does not match too.
            String id = LivePosition.encode(left == 0 ? arrivals.next() : one.next());
            events.add(new Event(id, "verbatim", Document.compact(out -> SearchEndpoint.hit(out, one.hit()))));
        }
        shared.metrics().sent().increment(arrivals.arrived().size());
        return new Look(events, arrivals.more(), arrivals.next());
    }

    private Look passedOver(Arrivals arrivals) {
        shared.metrics().missed().increment((double) arrivals.total());
        if (isBehind) {
            missedSince += arrivals.total();
            return new Look(List.of(), false, arrivals.end());
        }
        isBehind = true;
        return new Look(List.of(passedOver(arrivals.end(), arrivals.total())), false, arrivals.end());
    }

    private Event passedOver(Checkpoint next, long missed) {
        String detail = "this client was more than " + shared.behindMax()
                + " verbatims behind; search with the same parameters for what was missed, this stream goes on with what"
                + " comes now";
        return gap(next, OptionalLong.of(missed), detail);
    }

    private Look afterAnotherTopic(Look look) {
        String detail =
                "the last event id is of a topic that no longer exists; search with the same parameters for what"
                        + " there is, this stream goes on with what comes now";
        var events = new ArrayList<Event>();
        events.add(gap(since, OptionalLong.empty(), detail));
        events.addAll(look.events());
        return new Look(events, look.more(), look.next());
    }

    private static Event gap(Checkpoint next, OptionalLong missed, String detail) {
        return new Event(LivePosition.encode(next), "gap", Document.compact(out -> {
            out.writeStartObject();
            if (missed.isPresent()) {
                out.writeNumberField("missed", missed.getAsLong());
            }
            out.writeStringField("detail", detail);
            out.writeEndObject();
        }));
    }
}
