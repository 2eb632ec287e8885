package io.vigie.index;

/** The answer to a search with its duplicates grouped, or why there is none. */
public sealed interface GroupedOutcome permits GroupedResult, Refused {}
