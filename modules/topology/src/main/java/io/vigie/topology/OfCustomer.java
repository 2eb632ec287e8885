package io.vigie.topology;

import java.time.Instant;

/**
 * What {@link Erasing} must know, under the key of its customer, in the order of a partition. Travels as text through a
 * topic of the stream's own: a letter and fields with blanks between them, the id last, since it may hold blanks.
 */
sealed interface OfCustomer {
    /**
     * There is a verbatim of the customer.
     *
     * @param saidAt when it was said
     * @param receivedAt when it was understood
     */
    record Spoken(String verbatimId, Instant saidAt, Instant receivedAt, boolean complaint) implements OfCustomer {}

    /** A verbatim of the customer is gone, and everything that is counted of it. */
    record Gone(String verbatimId) implements OfCustomer {}

    /** He is to be erased. */
    record Request(String requestId, Instant requestedAt) implements OfCustomer {}

    default String text() {
        return switch (this) {
            case Spoken(String id, Instant saidAt, Instant receivedAt, boolean complaint) ->
                "+ " + saidAt.toEpochMilli() + " " + receivedAt.toEpochMilli() + " " + (complaint ? "c" : "-") + " "
                        + id;
            case Gone(String id) -> "- " + id;
            case Request(String id, Instant at) -> "x " + at.toEpochMilli() + " " + id;
        };
    }

    /** Reads what {@link #text} wrote; throws when it is something else, which only a fault of ours can write. */
    static OfCustomer of(String text) {
        return switch (text.charAt(0)) {
            case '+' -> {
                String[] fields = text.split(" ", 5);
                yield new Spoken(fields[4], time(fields[1]), time(fields[2]), fields[3].equals("c"));
            }
            case '-' -> new Gone(text.substring(2));
            case 'x' -> {
                String[] fields = text.split(" ", 3);
                yield new Request(fields[2], time(fields[1]));
            }
            default -> throw new IllegalArgumentException("not of a customer: begins with " + text.charAt(0));
        };
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
