package io.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Sees from outside when events become searchable. Some of the events are marked: they are about an offer of their own and
 * dated by their schedule, so one small search shows which of the marked ones still waited for are there by now.
 *
 * <p>Counting all events instead would not tell which one became visible: partitions overtake each other. What is seen is
 * late by up to {@link #EVERY} and by the search itself, never early.
 */
final class FreshnessProbe {
    static final String OFFER = "bench-probe";

    private static final Duration EVERY = Duration.ofMillis(20);
    private static final int PAGE = 100;
    private static final String ID = "probe-";

    private final VigieHttp http;
    private final String run;
    private final int measuredFrom;
    private final long[] dueNanos;
    private final Instant[] dues;
    private final boolean[] seen;
    private final Latencies latencies = new Latencies();
    private volatile int sent;
    private int oldest;
    private int polls;

    /** @param measuredFrom the first mark whose latency counts; those before are the warm-up */
    FreshnessProbe(VigieHttp http, String run, int marks, int measuredFrom) {
        this.http = http;
        this.run = run;
        this.measuredFrom = measuredFrom;
        dueNanos = new long[marks];
        dues = new Instant[marks];
        seen = new boolean[marks];
    }

    /** The id of the next marked event, which is sent right after this. Called by the sender's thread alone. */
    String mark(long due, Instant occurredAt) {
        int mark = sent;
        dueNanos[mark] = due;
        dues[mark] = occurredAt;
        sent = mark + 1;
        return run + ID + mark;
    }

    /** Looks every few milliseconds until all marked events were seen; fails when the last ones take too long. */
    void watch(Duration max) throws IOException {
        long deadline = System.nanoTime() + max.toNanos();
        while (oldest < seen.length) {
            long next = System.nanoTime() + EVERY.toNanos();
            if (next > deadline) {
                throw new IOException((seen.length - oldest) + " marked events were not seen within " + max);
            }
            int until = Math.min(sent, oldest + PAGE);
            if (until > oldest) {
                look(oldest, until);
            }
            Pause.untilNanos(next);
        }
    }

    /** The same searches for so long, with nothing new to see: what they cost. Follows {@link #watch}. */
    void lookInVain(Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() < deadline) {
            long next = System.nanoTime() + EVERY.toNanos();
            look(Math.max(0, seen.length - 8), seen.length);
            Pause.untilNanos(next);
        }
    }

    Latencies latencies() {
        return latencies;
    }

    int polls() {
        return polls;
    }

    private void look(int from, int until) throws IOException {
        JsonNode answer = http.search(Map.of(
                "q",
                "*:*",
                "offer",
                OFFER,
                "from",
                dues[from].toString(),
                "to",
                dues[until - 1].plusMillis(1).toString(),
                "sort",
                "newest",
                "size",
                Integer.toString(PAGE)));
        long now = System.nanoTime();
        polls++;
        for (JsonNode hit : answer.path("hits")) {
            String id = hit.path("eventId").asText();
            if (id.startsWith(run + ID)) {
                see(Integer.parseInt(id.substring(run.length() + ID.length())), now);
            }
        }
        while (oldest < seen.length && seen[oldest]) {
            oldest++;
        }
    }

    private void see(int mark, long now) {
        if (!seen[mark]) {
            seen[mark] = true;
            if (mark >= measuredFrom) {
                latencies.add(now - dueNanos[mark]);
            }
        }
    }
}
