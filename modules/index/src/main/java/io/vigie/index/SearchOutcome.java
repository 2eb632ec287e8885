package io.vigie.index;

/** An answer, or why there is none. */
public sealed interface SearchOutcome permits SearchResult, Refused {}
