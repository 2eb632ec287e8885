package io.vigie.index;

/**
 * What was asked about one verbatim, or why there is no answer.
 *
 * @param <T> of an answer
 */
public sealed interface Lookup<T> {
    /** The answer. */
    record Found<T>(T answer) implements Lookup<T> {}

    /** No visible verbatim has this id: it was erased, is not indexed yet, or never was. */
    record Missing<T>() implements Lookup<T> {}

    /** The answer took too long. */
    record Failed<T>(Refused refused) implements Lookup<T> {}
}
