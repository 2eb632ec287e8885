package io.vigie.events.serde;

/** What became of the bytes of one record. */
public sealed interface Decoding<T> {
    /** They were read. */
    record Decoded<T>(T value) implements Decoding<T> {}

    /**
     * They cannot be read, now or later.
     *
     * @param reason one of a small fixed set of labels, fit for a metric
     * @param detail what was found and what was expected
     */
    record Undecodable<T>(String reason, String detail) implements Decoding<T> {}
}
