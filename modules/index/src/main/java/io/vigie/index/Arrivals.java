package io.vigie.index;

import java.util.List;

/**
 * The verbatims that became searchable since a position and match a request.
 *
 * @param arrived the first of them: those of one partition in its order, among partitions by the time when they were
 *     understood
 * @param total how many there are, beyond these too
 * @param next where to go on after these; behind everything searchable when these are all
 * @param end behind everything searchable, and never before the position that was asked from
 */
public record Arrivals(List<Arrived> arrived, long total, Checkpoint next, Checkpoint end) implements ArrivalOutcome {
    public Arrivals {
        arrived = List.copyOf(arrived);
    }

    /**
     * One of them.
     *
     * @param next where to go on after this one: behind it and all before it, and behind nothing else
     */
    public record Arrived(Hit hit, Checkpoint next) {}

    /** Whether there are more than these. */
    public boolean more() {
        return arrived.size() < total;
    }
}
