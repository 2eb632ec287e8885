package io.vigie.server.access;

/** Who asks, as far as can be told. */
public sealed interface Caller {
    /** Somebody who is known. */
    record Known(User user) implements Caller {}

    /** Somebody who did not say who he is. */
    record Nobody() implements Caller {}

    /**
     * Somebody who said it with something that does not hold.
     *
     * @param why as a sentence for him
     */
    record Refused(String why) implements Caller {}
}
