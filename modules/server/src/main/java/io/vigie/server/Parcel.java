package io.vigie.server;

import io.vigie.events.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Alerts of one saved search that are delivered together: how many, and the first of them. One owner. */
final class Parcel {
    /** Most verbatims of one delivery; the count tells of the others. */
    static final int SHOWN_MAX = 10;

    private final long first;
    private final List<Alert> shown = new ArrayList<>();
    private long last;
    private long count;
    private Instant matchedFrom = Instant.MAX;
    private Instant matchedTo = Instant.MIN;

    Parcel(long first) {
        this.first = first;
        this.last = first;
    }

    void add(long offset, Alert alert) {
        last = offset;
        count++;
        matchedFrom = alert.getMatchedAt().isBefore(matchedFrom) ? alert.getMatchedAt() : matchedFrom;
        matchedTo = alert.getMatchedAt().isAfter(matchedTo) ? alert.getMatchedAt() : matchedTo;
        if (shown.size() < SHOWN_MAX) {
            shown.add(alert);
        }
    }

    /** Offset of its first alert, or before. */
    long first() {
        return first;
    }

    /** Offset of its last alert. */
    long last() {
        return last;
    }

    long count() {
        return count;
    }

    /** When its earliest alert was found. */
    Instant matchedFrom() {
        return matchedFrom;
    }

    /** When its latest alert was found. */
    Instant matchedTo() {
        return matchedTo;
    }

    List<Alert> shown() {
        return List.copyOf(shown);
    }
}
