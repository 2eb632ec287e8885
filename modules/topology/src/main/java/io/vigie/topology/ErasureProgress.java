package io.vigie.topology;

import java.time.Instant;

/**
 * How far the erasure of a customer is; kept as text: numbers with blanks between them, and the id of the request last.
 *
 * @param erased how many of his verbatims got a tombstone
 * @param outstanding of how many of these the tombstone was not read back yet
 * @param complaints how many complaints are gone for good
 */
record ErasureProgress(String requestId, Instant requestedAt, long erased, long outstanding, long complaints) {
    static ErasureProgress of(String text) {
        String[] fields = text.split(" ", 5);
        return new ErasureProgress(
                fields[4],
                Instant.ofEpochMilli(Long.parseLong(fields[0])),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]));
    }

    String text() {
        return requestedAt.toEpochMilli() + " " + erased + " " + outstanding + " " + complaints + " " + requestId;
    }

    ErasureProgress erasedOne() {
        return new ErasureProgress(requestId, requestedAt, erased + 1, outstanding + 1, complaints);
    }

    ErasureProgress goneOne(boolean complaint) {
        return new ErasureProgress(requestId, requestedAt, erased, outstanding - 1, complaints + (complaint ? 1 : 0));
    }
}
