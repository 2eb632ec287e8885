package io.vigie.index;

/** A whole result to read, or why there is none. */
public sealed interface StreamOutcome permits ResultStream, Refused {}
