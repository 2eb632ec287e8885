package io.vigie.server;

import io.vigie.events.DeadLetter;
import java.time.Instant;

/**
 * A dead letter, without what its record says.
 *
 * @param letter why, and where the record was
 * @param producedAt when the record was produced
 * @param partition where its copy lies in the topic of dead letters
 * @param offset as {@code partition}
 * @param sentBack whether the record was sent back to its topic since
 */
public record BuriedRecord(DeadLetter letter, Instant producedAt, int partition, long offset, boolean sentBack) {
    /** As the command {@code vigie dead-letters show} takes it. */
    public String place() {
        return partition + "-" + offset;
    }
}
