package io.vigie.index;

/** Two searches held against each other, or why not. */
public sealed interface ComparisonOutcome permits Comparison, Refused {}
