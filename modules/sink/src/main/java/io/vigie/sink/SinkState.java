package io.vigie.sink;

/** What the sink is doing, for health checks. */
public sealed interface SinkState {
    /** It reads what was written before it started. */
    record CatchingUp(long records) implements SinkState {}

    /** Everything written before its start is applied; it follows what arrives. */
    record Following() implements SinkState {}

    /** Writing failed; it went back to the last commit and tries again. Searches still answer. */
    record Recovering(String reason) implements SinkState {}

    /**
     * It cannot go on with the index it has, which answers as it is; {@code reason} says why. It waits for one that is
     * built anew.
     */
    record Stranded(String reason) implements SinkState {}

    /** It has ended; {@code reason} says why and what to do. */
    record Stopped(String reason) implements SinkState {}
}
